"""Signs and words that are not the language's: what was meant, where that is plain, and what to say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from careplan.diagnostics import Diagnostic, Edit, Fix, error, warning
from careplan.language.nodes import Token
from careplan.language.signs import or_more, told_apart
from careplan.language.tables import tables
from careplan.pattern import Pattern
from careplan.source import Source

PROBLEMS = frozenset(("NEAR", "OPEN", "WORD", "POINT", "LONG", "STRAY"))
"""The kinds of tokens that need mending."""
ENOUGH = 50
"""After so many stray signs in one sentence, the others are passed over."""
NEAR_OPERATORS = {
    "≥": ">=",
    "⩾": ">=",
    "≧": ">=",
    "≤": "<=",
    "⩽": "<=",
    "≦": "<=",
    "=>": ">=",
    "=<": "<=",
    "> =": ">=",
    "< =": "<=",
    "=": "is",
    "==": "is",
    "!=": "is not",
    "≠": "is not",
    "<>": "is not",
    "&": "and",
    "&&": "and",
    "+": "and",
    "|": "or",
    "||": "or",
}
_LOOK_ALIKES = str.maketrans("аеорсхуіѕјоανιıł", "aeopcxyisjoaviil")
"""Letters of other alphabets that look like those from a to z."""
_PERIODS = {"d": "day", "day": "day", "w": "week", "wk": "week", "week": "week"}
_TIME = frozenset("min mins minutes hour hours day days week weeks mg mcg g ml units".split())
_DOSE_UNITS = frozenset("mg mcg g ml units".split())
_DAYS = Pattern(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*")


class Mender:
    """Mends the tokens of one file; see `Scan` for `marred` and `unsure`."""

    def __init__(self, source: Source, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.diagnostics = diagnostics
        self.marred: set[int] = set()
        self.unsure: set[int] = set()
        self.signs = (-1, 0)  # a sentence, and how many stray signs it had so far

    def mend(self, token: Token, number: int, before: Sequence[Token]) -> list[Token]:
        """The tokens that were meant in sentence `number`, after `before`; none if that is unclear."""
        if token.kind == "WORD":
            return self._word(token, number)
        if token.kind == "LONG" and before and before[0].text == "code":
            return [token._replace(kind="NUMBER")]
        self.marred.add(number)
        if token.kind == "STRAY":
            self.signs = (number, self.signs[1] + 1) if number == self.signs[0] else (number, 1)
            if self.signs[1] > ENOUGH:
                return []
        if token.kind == "NEAR":
            return self._operator(token, number, before)
        if token.kind == "OPEN":
            self._say("unclosed-quote", "a text begins here, and its closing quote is missing", token,
                      'close the text on the same line: `"…"`')  # fmt: skip
            self.unsure.add(number)
            return [Token("STRING", token.text + '"', token.start, token.end)]
        if token.kind in ("POINT", "LONG"):
            return self._number(token, number, before)
        return self._sign(token, number, before)

    def stray_comma(self, comma: Token, following: Token, number: int) -> None:
        """Report a comma at the end of a sentence, before the line that `following` begins."""
        self.marred.add(number)
        self.unsure.add(number)
        self._say(
            "stray-comma",
            f"this line ends with a comma, and the next begins with `{following.text}`",
            comma,
            "take the comma out, or complete the list",
            "",
        )

    # ---- words

    def _word(self, token: Token, number: int) -> list[Token]:
        name = re.compile(tables().patterns["NAME"])
        text = re.sub(r"['’]s$", "", token.text)
        marks = re.search(r"[^\w-]", token.text)
        plain = re.sub(r"[^\w-]", "", text).lower().replace("_", "-").strip("-")
        plain = re.sub(r"-{2,}", "-", plain)
        if name.fullmatch(plain):
            if marks:
                return [self._marked(token, plain, marks.group(), number)]
            self.diagnostics.append(_unplain(self.source, token, plain))
            return [Token("NAME", plain, token.start, token.end)]
        self.marred.add(number)
        if token.text in ("µg", "μg"):
            self._say("other-wording", f"a plan says `mcg` for `{token.text}`", token, "write `mcg`", "mcg")
            return [Token("NAME", "mcg", token.start, token.end)]
        return self._foreign(token, plain)

    def _foreign(self, token: Token, plain: str) -> list[Token]:
        """A word with letters that names cannot have."""
        name = re.compile(tables().patterns["NAME"])
        parts = unicodedata.normalize("NFKD", plain.translate(_LOOK_ALIKES))
        mended = "".join(char for char in parts if not unicodedata.combining(char))
        if fraction := re.search("[¼½¾⅓⅔]", token.text):
            self._say("number-form", f"`{fraction[0]}` is a fraction", token,
                      "write it with a point, such as `1.5`, or in minutes: `90 min`")  # fmt: skip
            return []
        foreign = "".join(
            dict.fromkeys(char for char in token.text.lower() if char.isalnum() and char > "\x7f")
        )
        message = f"`{token.text}` has letters that a name cannot have: `{foreign}`"
        help_ = "names and words are in the plain letters a to z; a title in quotes may have any letters"
        if re.search("[âÃÂ]", token.text):
            help_ = "this looks like a text that was opened in a wrong encoding: save it anew as UTF-8"
        if name.fullmatch(mended):
            self._say("foreign-letter", message, token, f"{help_}: write `{mended}`", mended)
            return [Token("NAME", mended, token.start, token.end)]
        self._say("foreign-letter", message, token, help_)
        return []

    def _marked(self, token: Token, plain: str, mark: str, number: int) -> Token:
        """A word with a sign in its middle, which is read without it."""
        self.marred.add(number)
        message = f"`{token.text}` has a `{mark}` in its middle"
        help_ = f"did you mean `{plain}`?"
        if re.fullmatch(r"(is|are|was)n['’]t", token.text):
            help_ = "write `is not`"
            self.unsure.add(number)
        self._say("stray-character", message, token, help_)
        return Token("NAME", plain, token.start, token.end)

    # ---- numbers and signs

    def _number(self, token: Token, number: int, before: Sequence[Token]) -> list[Token]:
        self.unsure.add(number)
        word = re.compile(r"\S*").match(self.source.text, before[-1].start) if before else None
        if token.kind == "POINT" and word and before[-1].end == token.start:
            message, help_ = (
                f"`{word[0]}` has a point in its middle",
                "a name has letters, digits and hyphens",
            )
            if before[0].text == "version":
                message, help_ = f"`{word[0]}` is no version", f"write `version {word[0].lstrip('vV')}`"
            self._say("stray-character", message, token, help_)
        elif token.kind == "POINT":
            message = f"`{token.text}` begins with a point, which is easily overlooked"
            self._say("number-form", message, token, f"write `0{token.text}`")
        else:
            message = f"a number of {len(token.text)} digits is none that a plan needs"
            self._say("number-form", message, token, "check the number")
        return [Token("NUMBER", "0", token.start, token.end)]

    def _operator(self, token: Token, number: int, before: Sequence[Token]) -> list[Token]:
        plain = NEAR_OPERATORS[token.text]
        if token.text == "+" and (said := or_more(self.source.text, token, before)):
            self.unsure.add(number)
            self._say("number-form", f"`{before[-1].text}+` leaves the other end open", token, said)
            return []
        self._say(
            "unknown-sign",
            f"`{token.text}` is not a sign of the language",
            token,
            f"write `{plain}`",
            _spaced(self.source.text, token, plain),
        )
        if plain in ("<=", ">="):
            return [Token("OPERATOR", plain, token.start, token.end)]
        return [Token("NAME", word, token.start, token.end) for word in plain.split()]

    def _sign(self, token: Token, number: int, before: Sequence[Token]) -> list[Token]:
        if (said := told_apart(self.source.text, token, before)) is not None:
            self.unsure.add(number)
            self._say(said.name, said.message, token, said.help)
            return []
        following = re.compile(r"[ \t]*([^\s,]{1,40})?").match(self.source.text, token.end)
        after = (following[1] or "") if following else ""
        last = before[-1] if before else None
        if token.text == "-" and last and (new := _range(last, after)):
            return [self._range_sign(token, last, after, new)]
        if (
            token.text == "/"
            and last
            and (period := _PERIODS.get(re.sub(r"\W.*", "", after).lower().rstrip("s")))
        ):
            self._say(
                "unknown-sign", "`/` is not a sign of the language", token, self._rate(token, last, period)
            )
            return [Token("NAME", "per", token.start, token.end)]
        ends = not after or after[0] == "#"
        removable = token.text in ":;{}[]" or (token.text == "." and ends)
        message = f"`{token.text}` has no meaning here"
        if token.text in ("…", "..."):
            message = f"`{token.text}` leaves something out, and a plan has to say it"
        self._say("stray-character", message, token, _stray_help(token), "" if removable else None)
        if (token.text == "." and not ends) or self.source.text[token.end : token.end + 1].strip():
            self.unsure.add(number)
        return []

    def _rate(self, token: Token, last: Token, period: str) -> str:
        """What to write for `3x/week` or `16 mg/day`."""
        if last.text in _DOSE_UNITS:
            return "write `daily`" if period == "day" else "write `weekly`"
        number = re.search(r"(\d+)[ \t]*x?[ \t]*$", self.source.text[max(0, token.start - 20) : token.start])
        return f"write `{number[1]} per {period}`" if number else f"write `per {period}`, in words"

    def _range_sign(self, token: Token, last: Token, after: str, new: str) -> Token:
        sign = self.source.text[token.start]
        said = f"{last.text} {sign} {after}"
        span = self.source.span(token.start, token.end)
        self.diagnostics.append(
            error(
                "range-with-hyphen",
                f"`{said}` is a range written with a {'hyphen' if sign == '-' else 'dash'}",
                span,
                help=f"write `{new}`",
                fix=Fix("write `to`", (Edit(span, _spaced(self.source.text, token, "to")),)),
            )
        )
        return Token("NAME", "to", token.start, token.end)

    def _say(self, name: str, message: str, token: Token, help_: str, new: str | None = None) -> None:
        span = self.source.span(token.start, token.end)
        title = f"write `{new.strip()}`" if new else "take it out"
        fix = None if new is None else Fix(title, (Edit(span, new),))
        self.diagnostics.append(error(name, message, span, help=help_, fix=fix))


def _spaced(text: str, token: Token, word: str) -> str:
    """The word, with a blank on each side where there is none."""
    left = "" if text[token.start - 1 : token.start].isspace() else " "
    right = "" if text[token.end : token.end + 1].isspace() else " "
    return f"{left}{word}{right}"


def _range(last: Token, after: str) -> str:
    """The range that `last - after` was meant to be, or ""."""
    numbers = (last.kind == "NUMBER" or last.text in _TIME) and after[:1].isdigit()
    times = last.kind == "TIME" and after[:1].isdigit()
    days = _DAYS.fullmatch(last.text) and _DAYS.match(after)
    return f"{last.text} to {after}" if numbers or days or times else ""


def _unplain(source: Source, token: Token, plain: str) -> Diagnostic:
    """A word that is understood, though it is not written as words are."""
    span = source.span(token.start, token.end)
    name, what = "letter-case", "capital letters"
    if token.text.lower() == token.text:
        name, what = (
            ("underscore", "an underscore") if "_" in token.text else ("stray-hyphen", "a stray hyphen")
        )
    return warning(
        name,
        f"`{token.text}` is written with {what}",
        span,
        help=f"words and names are in lower case, joined by single hyphens: `{plain}`",
        fix=Fix(f"write `{plain}`", (Edit(span, plain),)),
    )


_SIGN_HELP = (
    (":", "no colon is needed: a block is a header line and the lines after it"),
    ("{}[]", "no brackets are needed: a block is a header line and the lines after it"),
    (";", "no semicolon is needed: each sentence has a line of its own"),
    ("'`´\u2018\u2019", 'texts stand in straight double quotes: `"Group therapy"`'),
    ("/", "for a choice write `or`; for a rate write `per`; between the items of a list write a comma"),
    ("-", "a range is written with `to`: `6 to 12`; a name takes single hyphens between its words"),
    ("…", "write out what was left out"),
    ("*", "take it out: a plan has no bold or slanted words"),
    (".", "take it out: a sentence ends with its line"),
)


def _stray_help(token: Token) -> str:
    if token.text == "...":
        return "write out what was left out"
    if token.text.isnumeric() and not token.text.isascii():
        return "write numbers with the digits 0 to 9"
    for signs, help_ in _SIGN_HELP:
        if token.text in signs:
            return help_
    return "take it out; texts that people read stand in quotes, remarks after `#`"
