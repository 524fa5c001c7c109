"""From text to sentences: tokens, the comments between them, and which lines belong together."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Edit, Fix, error, warning
from careplan.language.cleaning import clean
from careplan.language.nodes import Token
from careplan.language.tables import tables
from careplan.source import Source


class Comment(NamedTuple):
    """A comment with its `#`; `alone` where nothing stands before it on its line."""

    text: str
    start: int
    end: int
    alone: bool


class Scan(NamedTuple):
    """The sentences of a text, its comments, what was wrong, and which sentences (by number) are marred."""

    sentences: list[list[Token]]
    comments: list[Comment]
    diagnostics: list[Diagnostic]
    marred: set[int]


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
_ORDER = ("DATE", "TIME", "VERSION", "CODE", "NUMBER", "STRING")


@cache
def _scanner() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern for every token, and the kinds of its groups."""
    patterns = tables().patterns
    groups = [("NAME", patterns["NAME"] + r"(?![A-Za-z0-9_])"), ("NEWLINE", r"\n"), ("COMMENT", r"#[^\n]*")]
    groups += [(kind, patterns[kind]) for kind in _ORDER]
    groups += [
        ("NEAR", r"=>|=<|==?|!=|[≥≤≠]"),
        ("OPERATOR", patterns["OPERATOR"]),
        ("_COMMA", ","),
        ("SIGN", r"[()%]"),
    ]
    groups += [("OPEN", r'"[^"\n]*'), ("WORD", r"[^\W\d_][\w-]*"), ("STRAY", r"[^ \t\n]")]
    return re.compile("[ \t]*(?:" + "|".join(f"({p})" for _, p in groups) + ")"), (
        "",
        *(k for k, _ in groups),
    )


def scan(source: Source, leads: frozenset[str]) -> Scan:
    """The sentences of `source`; `leads` are the words that can begin a line."""
    text, diagnostics = clean(source)
    pattern, kinds = _scanner()
    sentences: list[list[Token]] = []
    comments: list[Comment] = []
    marred: set[int] = set()
    current: list[Token] = []
    open_sentence = False  # may the next line continue the last sentence?
    fresh = True  # nothing but blanks on this line so far
    line_has_comment = False
    make = Token
    for match in pattern.finditer(text):
        index = match.lastindex
        kind = kinds[index]  # type: ignore[index]
        if kind == "NEWLINE":
            if fresh:
                if not line_has_comment:
                    open_sentence = False
            elif current:
                open_sentence = True
            fresh, line_has_comment = True, False
            continue
        start, end = match.span(index)  # type: ignore[arg-type]
        if kind == "COMMENT":
            comments.append(Comment(text[start:end].rstrip(), start, end, fresh))
            line_has_comment = True
            continue
        token = make(kind, text[start:end], start, end)
        if fresh:
            fresh = False
            if not (open_sentence and current and _continues(source, current, token, leads, diagnostics)):
                current = []
                sentences.append(current)
        if kind in _PROBLEMS:
            token = _mend(source, token, diagnostics, marred, len(sentences) - 1)  # type: ignore[assignment]
            if token is None:
                continue
        current.append(token)
    return Scan(sentences, comments, diagnostics, marred)


_PROBLEMS = frozenset(("NEAR", "OPEN", "WORD", "STRAY"))


def _continues(
    source: Source, current: list[Token], token: Token, leads: frozenset[str], diagnostics: list[Diagnostic]
) -> bool:
    """Whether a line that begins with `token` runs on from the sentence before it."""
    if token.text in ("and", "or"):
        return True
    comma = current[-1]
    if comma.kind != "_COMMA":
        return False
    if token.text not in leads:
        return True
    current.pop()
    diagnostics.append(
        error(
            "stray-comma",
            f"this line ends with a comma, and the next begins with `{token.text}`",
            source.span(comma.start, comma.end),
            here="nothing follows in this sentence",
            help="take the comma out, or complete the list",
            fix=Fix("take the comma out", (Edit(source.span(comma.start, comma.end), ""),)),
        )
    )
    return False


def _mend(
    source: Source, token: Token, diagnostics: list[Diagnostic], marred: set[int], number: int
) -> Token | None:
    """The token that was meant, or None where nothing can be made of it; says what was wrong."""
    span = source.span(token.start, token.end)
    if token.kind == "WORD":
        plain = token.text.lower().replace("_", "-").strip("-")
        if re.fullmatch(tables().patterns["NAME"], plain):
            diagnostics.append(_unplain(source, token, plain))
            return Token("NAME", plain, token.start, token.end)
    if token.kind == "NEAR":
        plain = NEAR_OPERATORS[token.text]
        diagnostics.append(
            error(
                "unknown-sign",
                f"`{token.text}` is not a sign of the language",
                span,
                help=f"write `{plain}`",
                fix=Fix(f"write `{plain}`", (Edit(span, f" {plain} "),)),
            )
        )
        marred.add(number)
        kind = "OPERATOR" if plain in ("<=", ">=") else "NAME"
        return Token(kind, plain, token.start, token.end) if plain != "is not" else None
    marred.add(number)
    if token.kind == "OPEN":
        diagnostics.append(
            error(
                "unclosed-quote",
                "a text begins here, and its closing quote is missing",
                span,
                help='close the text on the same line: `"…"`',
            )
        )
        return Token("STRING", token.text + '"', token.start, token.end)
    diagnostics.append(
        error(
            "stray-character",
            f"`{token.text}` has no meaning here",
            span,
            help=_stray_help(token.text),
        )
    )
    return None


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


def _stray_help(text: str) -> str:
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
