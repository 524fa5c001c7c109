"""Signs and words that are not the language's: what was meant, where that is plain, and what to say."""

from __future__ import annotations

import re

from careplan.diagnostics import Diagnostic, Edit, Fix, error, warning
from careplan.language.nodes import Token
from careplan.language.tables import tables
from careplan.source import Source

PROBLEMS = frozenset(("NEAR", "OPEN", "WORD", "STRAY"))
"""The kinds of tokens that need mending."""
NEAR_OPERATORS = {
    "≥": ">=",
    "≤": "<=",
    "=>": ">=",
    "=<": "<=",
    "=": "is",
    "==": "is",
    "!=": "is not",
    "≠": "is not",
}


class Mender:
    """Mends the tokens of one file; see `Scan` for `marred` and `unsure`."""

    def __init__(self, source: Source, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.diagnostics = diagnostics
        self.marred: set[int] = set()
        self.unsure: set[int] = set()

    def mend(self, token: Token, number: int) -> Token | None:
        """The token that was meant in sentence `number`, or None where nothing can be made of it."""
        if token.kind == "WORD":
            marks = re.search(r"[^\w-]", token.text)
            plain = re.sub(r"[^\w-]", "", token.text).lower().replace("_", "-").strip("-")
            if marks and re.fullmatch(tables().patterns["NAME"], plain):
                return self._marked(token, plain, marks.group(), number)
            if re.fullmatch(tables().patterns["NAME"], plain):
                self.diagnostics.append(_unplain(self.source, token, plain))
                return Token("NAME", plain, token.start, token.end)
        self.marred.add(number)
        if token.kind == "NEAR":
            return self._operator(token, number)
        if token.kind == "OPEN":
            self._say("unclosed-quote", "a text begins here, and its closing quote is missing", token,
                      'close the text on the same line: `"…"`')  # fmt: skip
            self.unsure.add(number)
            return Token("STRING", token.text + '"', token.start, token.end)
        self._say("stray-character", f"`{token.text}` has no meaning here", token, _stray_help(token))
        if token.text == "." or self.source.text[token.end : token.end + 1] not in (
            " ",
            "\t",
            "\r",
            "\n",
            "",
        ):
            self.unsure.add(number)
        return None

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

    def _marked(self, token: Token, plain: str, mark: str, number: int) -> Token:
        """A word with a sign in its middle, which is read without it."""
        self.marred.add(number)
        message = f"`{token.text}` has a `{mark}` in its middle"
        self._say("stray-character", message, token, f"did you mean `{plain}`?")
        return Token("NAME", plain, token.start, token.end)

    def _operator(self, token: Token, number: int) -> Token | None:
        plain = NEAR_OPERATORS[token.text]
        self._say(
            "unknown-sign",
            f"`{token.text}` is not a sign of the language",
            token,
            f"write `{plain}`",
            f" {plain} ",
        )
        if plain == "is not":
            self.unsure.add(number)
            return None
        return Token("OPERATOR" if plain in ("<=", ">=") else "NAME", plain, token.start, token.end)

    def _say(self, name: str, message: str, token: Token, help_: str, new: str | None = None) -> None:
        span = self.source.span(token.start, token.end)
        title = f"write `{new.strip()}`" if new else "take it out"
        fix = None if new is None else Fix(title, (Edit(span, new),))
        self.diagnostics.append(error(name, message, span, help=help_, fix=fix))


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


def _stray_help(token: Token) -> str:
    text = token.text
    if token.kind == "WORD":
        return "names are written in the plain letters a to z, digits and single hyphens"
    if text == ":":
        return "no colon is needed: a block is a header line and the lines after it"
    if text in "{}[];":
        return "blocks need no brackets and lines no semicolons"
    if text in "'`\u2018\u2019":
        return 'texts stand in straight double quotes: `"Group therapy"`'
    if text == "/":
        return "for a choice write `or`; for a rate write `per`; a name takes hyphens"
    if text == "-":
        return "a range is written with `to`: `6 to 12`; a name takes single hyphens between its words"
    return "take it out; texts that people read stand in quotes, remarks after `#`"
