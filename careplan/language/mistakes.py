"""Mistakes in a sentence that deserve their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careplan.diagnostics import Diagnostic, Edit, Fix, error
from careplan.language.engine import DEPTH
from careplan.language.expectations import begun_condition, shown
from careplan.language.nodes import Token
from careplan.language.tables import END
from careplan.pattern import Pattern
from careplan.source import Source

_HYPHEN = Pattern(r"(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)|(?P<first>[a-z]+)-(?P<last>[a-z]+)")
WEEKDAYS = frozenset(
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday".split()
)


def hyphen_range(source: Source, tokens: Sequence[Token], at: int) -> tuple[list[Token], Diagnostic] | None:
    """`6-12` or `mon-fri` where a range was meant: the tokens of `6 to 12`, and what to say."""
    if at >= len(tokens) or not _range_parts(tokens[at]):
        return None
    mended: list[Token] = list(tokens[:at])
    edits = []
    for token in tokens[at:]:
        parts = _range_parts(token)
        mended += parts or [token]
        if parts:
            new = " ".join(part.text for part in parts)
            edits.append(Edit(source.span(token.start, token.end), new))
    first = source.text[tokens[at].start : tokens[at].end]
    return mended, error(
        "range-with-hyphen",
        f"`{first}` is a range written with a {'hyphen' if '-' in first else 'dash'}",
        edits[0].span,
        help=f"write `{edits[0].text}`",
        fix=Fix(f"write `{edits[0].text}`", tuple(edits)),
    )


def _range_parts(token: Token) -> list[Token]:
    """The three tokens of a range that is written as one word; none if `token` is no such word."""
    match = _HYPHEN.fullmatch(token.text)
    if match is None or (match["first"] and not WEEKDAYS.issuperset((match["first"], match["last"]))):
        return []
    kind = "NUMBER" if match["low"] else "NAME"
    low, high = match["low"] or match["first"], match["high"] or match["last"]
    middle = token.start + len(low)
    return [
        Token(kind, low, token.start, middle),
        Token("NAME", "to", middle, middle + 1),
        Token(kind, high, middle + 1, token.end),
    ]


def unpaired_half(
    source: Source, tokens: Sequence[Token], at: int, choices: set[str], keywords: list[str]
) -> Diagnostic | None:
    """Half of a pair: a parenthesis, or a value without a comparison."""
    texts = [token.text for token in tokens[:at]]
    if "RPAR" in choices and at >= len(tokens):
        opening = len(texts) - 1 - texts[::-1].index("(")
        span = source.span(tokens[opening].start, tokens[opening].end)
        return error("incomplete-line", "this parenthesis is never closed", span, help="close it with `)`")
    if at < len(tokens) and tokens[at].text == ")" and texts.count("(") == texts.count(")"):
        span = source.span(tokens[at].start, tokens[at].end)
        return error(
            "cannot-read", "this parenthesis was never opened", span, help="take it out, or open it with `(`"
        )
    if (
        choices
        and {"times", "time"}.issuperset(keywords)
        and len(keywords) == len(choices)
        and at > 1
        and begun_condition(tokens, at) >= 0
    ):
        value, name = tokens[at - 1], tokens[at - 2]
        return error(
            "cannot-read",
            f"a comparison is missing between `{shown(name)}` and `{shown(value)}`",
            source.span(value.start, value.end),
            help=f"write `{shown(name)} is {value.text}`, or `<`, `<=`, `>` or `>=` in place of `is`",
        )
    return None


def too_deep(source: Source, token: Token) -> Diagnostic:
    """A sentence that nests beyond what the reader takes."""
    return error(
        "condition-too-large",
        f"this condition stands in more than {DEPTH // 2} parentheses or `not`s, one inside the other",
        source.span(token.start, token.end),
        help="say it with fewer",
    )


_CLAUSES = ("if", "while", "when", "after")
LINE_BLOCKS = frozenset(
    "plan source event therapy support formulary medication phase outcome goal fact measure".split()
)
"""The blocks that have a name."""


def special_mistake(
    source: Source, tokens: Sequence[Token], at: int, choices: set[str], keywords: list[str]
) -> Diagnostic | None:
    """A time, a comma, a count or the like that is not as it should be; None for any other mistake."""
    token = tokens[at]
    span = source.span(token.start, token.end)
    text = token.text
    if token.kind == "NUMBER" and "TIME" in choices:
        return error(
            "time-of-day",
            f"`{text}` is not a time of day",
            span,
            help="write hours and minutes, such as `18:00`",
        )
    clause = next((t.text for t in reversed(tokens[:at]) if t.text in _CLAUSES), "")
    if clause and text in ("in", "on", "at", "for", "within") and END in choices and text not in keywords:
        return error(
            "condition-not-last",
            f"`{text} …` stands after the condition that begins with `{clause}`",
            span,
            help=f"put `{text} …` before `{clause}`: the condition comes last",
        )
    if clause and token.kind == "_COMMA":
        return error(
            "cannot-read",
            "the parts of a condition are not joined by a comma",
            span,
            here="`and` or `or`?",
            help="join them with `and` where both must be so, with `or` where one is enough",
        )
    if at == 1 and token.kind == "STRING" and choices == {"NAME"} and tokens[0].text in LINE_BLOCKS:
        lead, name = tokens[0].text, re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "name"
        return error(
            "cannot-read",
            f"this `{lead}` header has a title, and no name before it",
            span,
            here="the name is missing before this",
            help=f"write, for example, `{lead} {name} {shown(token)}`",
        )
    if text == "is" and "OPERATOR" in choices:
        return error(
            "cannot-read",
            f"`{shown(tokens[at - 1])}` is a count, and a count is compared",
            span,
            here="`is` does not fit a count",
            help="write `>=` for at least, `<=` for at most, `>` for more than or `<` for less than",
        )
    return None
