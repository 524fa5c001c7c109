"""Signs whose meaning shows only in what stands around them: dates, dashes of a timetable, open ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from careplan.language.nodes import Token
from careplan.pattern import Pattern

_DATE = Pattern(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4}")
_LETTERS = Pattern(r"(?i)(?<![\w/])(m|tu|t|w|th|r|f|sa|su)(/(m|tu|t|w|th|r|f|sa|su))+(?![\w/])")
_NAMED = Pattern(r"(?i)(?<![\w/])[a-z]{3,9}(/[a-z]{3,9})+(?![\w/])")
_CHOICE = Pattern(r"(?i)([a-z][a-z-]*)((?:/[a-z][a-z-]*)+)")
_DAYS = {"m": "mon", "t": "tue", "tu": "tue", "w": "wed", "th": "thu", "r": "thu", "f": "fri", "sa": "sat",
         "su": "sun"}  # fmt: skip
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = frozenset("author approved approach setting note staff brand".split())


class Told(NamedTuple):
    """What to say of a sign."""

    name: str
    message: str
    help: str


def told_apart(text: str, token: Token, before: Sequence[Token]) -> Told | None:
    """What `/`, `.` or `@` is in its place; None where it is nothing in particular."""
    if token.text == "@":
        return Told("unknown-sign", "`@` is not a sign of the language", "write `at`, such as `at 18:00`")
    start = text.rfind("\n", 0, token.start) + 1
    end = text.find("\n", token.end)
    line = text[start : end if end >= 0 else len(text)]
    at = token.start - start
    lead = before[0].text if before else ""
    if token.text in "/." and (date := _around(_DATE, line, at)):
        return Told("unknown-date", f"`{date[0]}` is not how a plan writes a date",
                    "write year-month-day, such as `2026-01-31`")  # fmt: skip
    if token.text == "." and lead in _TEXTS:
        words = before[:2] if lead == "approved" else before[:1]
        said = line[words[-1].end - start :].strip()[:80]
        leads = " ".join(word.text for word in words)
        return Told("text-without-quotes", "this text stands without its quotes",
                    f'write `{leads} "{said}"`')  # fmt: skip
    if token.text == "/":
        return _slash(line, at, lead, before)
    return None


def _slash(line: str, at: int, lead: str, before: Sequence[Token]) -> Told | None:
    if letters := _around(_LETTERS, line, at) or _around(_NAMED, line, at):
        parts = letters[0].lower().split("/")
        days = [_DAYS.get(part) or next((d for d in _WEEK if part.startswith(d)), "") for part in parts]
        if all(days):
            return Told(
                "unknown-sign", f"`{letters[0]}` is a list with slashes", f"write `{', '.join(days)}`"
            )
    if choice := _around(_CHOICE, line, at):
        parts = choice[0].lower().split("/")
        if sorted(parts) == ["no", "yes"]:
            return Told("unknown-sign", f"`{choice[0]}` is a choice with a slash", "write `yes or no`")
        if lead in ("fact", "measure"):
            return Told("unknown-sign", f"`{choice[0]}` is a choice with a slash",
                        f"write `one of {', '.join(parts)}`")  # fmt: skip
        if lead in ("delivery", "format"):
            return Told(
                "unknown-sign", f"`{choice[0]}` is a choice with a slash", f"write `{' or '.join(parts)}`"
            )
        if lead == "drug":
            return Told("unknown-sign", f"`{choice[0]}` is a name with a slash",
                        "a combined drug has one name, such as `buprenorphine-naloxone`")  # fmt: skip
    if before and before[-1].kind == "NUMBER" and re.match(r"/\d+(\.\d+)? ?m?c?g\b", line[at:]):
        return Told("unknown-sign", "a dose of a combined drug is given as two numbers",
                    f"write the dose of its first ingredient: `{before[-1].text} mg`")  # fmt: skip
    return None


def _around(pattern: Pattern, line: str, at: int) -> re.Match[str] | None:
    """The match of `pattern` that covers the place `at`."""
    return next((match for match in pattern.finditer(line) if match.start() <= at < match.end()), None)


def or_more(text: str, token: Token, before: Sequence[Token]) -> str:
    """What to write for `18+`, where the sign stands right after a number; "" where it is no such sign."""
    ends = not text[token.end : token.end + 1].strip() or text[token.end] == ","
    if not before or before[-1].kind != "NUMBER" or before[-1].end != token.start or not ends:
        return ""
    number, lead = before[-1].text, before[0].text
    if lead == "lasts":
        return f"write `at least {number} …`"
    if any(word.text in ("when", "if", "while", "reach", "until") for word in before):
        return f"write `>= {number}`"
    return f"say both ends, such as `{number} to …`"
