"""From text to sentences: tokens, the comments between them, and which lines belong together."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from careplan.diagnostics import Diagnostic
from careplan.language.cleaning import clean
from careplan.language.mending import PROBLEMS, Mender
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
    """The sentences of a text, its comments, and what was wrong.

    Of the sentences (by number), those that are `marred` were reported already, and of those that are
    `unsure` nobody can tell what was meant.
    """

    sentences: list[list[Token]]
    comments: list[Comment]
    diagnostics: list[Diagnostic]
    marred: set[int]
    unsure: set[int]


_ORDER = ("DATE", "TIME", "VERSION", "CODE", "NUMBER", "STRING")


@cache
def _scanner() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern for every token, and the kinds of its groups."""
    patterns = tables().patterns
    groups = [
        ("NAME", patterns["NAME"] + r"(?![\w-]|[:;.!?'’*&][A-Za-z])"),
        ("NEWLINE", r"\n"),
        ("COMMENT", r"#[^\n]*"),
    ]
    groups += [("LONG", r"[0-9]{16,}"), ("POINT", r"\.[0-9]+")]
    groups += [(kind, f"(?a:{patterns[kind]})") for kind in _ORDER]  # digits are 0 to 9
    groups += [
        ("NEAR", r"[<>] =|=>|=<|<>|==?|!=|[≥≤≠⩾⩽≧≦]|&&?|\|\|?|\+"),
        ("OPERATOR", patterns["OPERATOR"]),
        ("_COMMA", ","),
        ("SIGN", r"[()%]"),
    ]
    groups += [
        ("OPEN", r'"[^"\n]*'),
        ("WORD", r"[^\W\d_](?:[\w-]|[:;.!?'’*&](?=[^\W\d_]))*"),
        ("STRAY", r"\.\.\.|[^\w\s\x00-\x7f]+|[^ \t\n]"),
    ]
    return re.compile("[ \t]*(?:" + "|".join(f"({p})" for _, p in groups) + ")"), (
        "",
        *(k for k, _ in groups),
    )


def scan(source: Source, leads: frozenset[str]) -> Scan:
    """The sentences of `source`; `leads` are the words that can begin a line."""
    text, diagnostics = clean(source)
    text = text.rstrip(" \t")  # so that every blank has something after it: the pattern needs it
    pattern, kinds = _scanner()
    sentences: list[list[Token]] = []
    comments: list[Comment] = []
    mender = Mender(source, diagnostics)
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
            if not (
                open_sentence and current and _continues(mender, current, token, leads, len(sentences) - 1)
            ):
                current = []
                sentences.append(current)
        if kind not in PROBLEMS:
            current.append(token)
        else:
            current += mender.mend(token, len(sentences) - 1, current)
    return Scan(sentences, comments, diagnostics, mender.marred, mender.unsure)


def _continues(
    mender: Mender, current: list[Token], token: Token, leads: frozenset[str], number: int
) -> bool:
    """Whether a line that begins with `token` runs on from the sentence before it."""
    if token.text in ("and", "or"):
        return True
    if current[-1].kind != "_COMMA":
        return False
    if token.text not in leads:
        return True
    mender.stray_comma(current.pop(), token, number)
    return False
