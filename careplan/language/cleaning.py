"""The marks that pasted text brings along: curly quotes, odd spaces, long dashes, bullets, merge markers.

Each is reported once and read as what was meant. The cleaned text is as long as the original, so that
offsets stay true (a zero-width character is moved to the end of its line, as a space).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Edit, Fix, note, warning
from careplan.language.layout import MAY_HAVE, MERGE, MERGE_MARKS, without_conflicts, without_marks
from careplan.pattern import Pattern
from careplan.source import Source

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_ZERO_WIDTH = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u034f\u180e\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069"
)
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_SINGLE = "'`\u00b4\u2018\u2019\u201a\u201b\u2039\u203a\u2032"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F) if c != 0xFF02) + "\u3001"
_SUSPECT = Pattern(f"[{_SPACES}{_ZERO_WIDTH}{_QUOTES}{_DASHES}{re.escape(_WIDE)}]")
_LINE = Pattern(f"[{_SPACES}{_ZERO_WIDTH}{_QUOTES}{_SINGLE}{_DASHES}{re.escape(_WIDE)}]")
_OPENS = Pattern(
    rf"(?:^|(?<=[\s,]))[{_SINGLE}](?=\w)[^\"{_QUOTES}\n]{{0,300}}?[^\s\"{_QUOTES}][{_SINGLE}](?=[\s,]|$)"
)
"""A text in single quotes: one at its beginning, one at its end, and no double quote between."""

_KINDS = (
    (_SPACES, "non-breaking-space", "a space of another kind, as web pages and word processors use it,"),
    (_ZERO_WIDTH, "invisible-character", "a character that cannot be seen"),
    (_QUOTES, "curly-quote", "a curly quote"),
    (_SINGLE, "single-quote", "a single quote"),
    (_DASHES, "long-dash", "a long dash"),
    (_WIDE, "full-width-character", "a character of double width"),
)


def clean(source: Source) -> tuple[str, list[Diagnostic]]:
    """The text with such marks replaced, and a diagnostic for every line that has them."""
    text = source.text
    found: list[Diagnostic] = []
    if "\r" in text or any(char in text for char in _BREAKS):
        found += _line_ends(source)
        text = text.replace("\r\n", " \n").replace("\r", "\n")
        text = re.sub(f"[{_BREAKS}]", "\n", text)
    if text.startswith("\ufeff"):
        found.append(_byte_order_mark(source))
        text = " " + text[1:]
    if "\t" in text:
        found += _tabs(source)
    if any(mark in text for mark in MERGE_MARKS) and MERGE.search(text):
        lines = text.split("\n")
        found += without_conflicts(source, lines)
        text = "\n".join(lines)
    if MAY_HAVE.search(text):
        lines = text.split("\n")
        found += without_marks(source, lines)
        text = "\n".join(lines)
    if not (text.isascii() and "'" not in text and "`" not in text) and _LINE.search(text):
        text = _clean_lines(source, text, found)
    return text, found


def _clean_lines(source: Source, text: str, found: list[Diagnostic]) -> str:
    lines = text.split("\n")
    offset = 0  # `source` may end its lines otherwise, but has as many characters
    for number, line in enumerate(lines):
        if _LINE.search(line):
            lines[number], diagnostics = _clean_line(source, line, offset)
            found += diagnostics
        offset += len(line) + 1
    return "\n".join(lines)


def _line_ends(source: Source) -> Iterator[Diagnostic]:
    match = re.search(f"[\r{_BREAKS}]", source.text)
    assert match is not None
    at = match.start()
    if source.text[at] != "\r":
        what = "line breaks of a word processor"
    elif source.text[at : at + 2] == "\r\n":
        what = "Windows line ends (CRLF)"
    else:
        what = "old Macintosh line ends (CR)"
    yield note(
        "line-ends",
        f"this file has {what}",
        source.span(at, at + 1),
        help="nothing is wrong with them; `careplan fmt` writes plain line ends",
    )


def _byte_order_mark(source: Source) -> Diagnostic:
    return note(
        "byte-order-mark",
        "this file begins with a byte order mark, which some editors add",
        source.span(0, 1),
        help="it does no harm; `careplan fmt` takes it out",
    )


def _tabs(source: Source) -> Iterator[Diagnostic]:
    count = sum("\t" in line for line in source.text.split("\n"))
    at = source.text.index("\t")
    yield note(
        "tab",
        ("1 line has a tab" if count == 1 else f"{count} lines have tabs") + " in place of spaces",
        source.span(at, at + 1),
        help="tabs are read as spaces; `careplan fmt` writes spaces",
    )


def _clean_line(source: Source, line: str, offset: int) -> tuple[str, list[Diagnostic]]:
    """The line with its marks replaced outside of texts and comments, and one diagnostic for each kind."""
    out: list[str] = []
    seen: dict[str, tuple[str, list[Edit]]] = {}
    closing = ""  # the kind of the quote that is open
    last_straight = line.rfind('"')
    last_curly = max(line.rfind(char) for char in _QUOTES)
    singles = _single_quotes(line)
    for column, char in enumerate(line):
        new = char
        if not closing and char == "#":
            out.append(line[column:])
            break
        if char == '"' and closing in ("", '"'):
            closing = "" if closing else '"'
            if closing and column == last_straight and column < last_curly:
                closing = "mixed"  # the text begins with a straight quote, and ends with a curly one
        elif char in _QUOTES and (closing in ("", "curly") or (closing == "mixed" and column == last_curly)):
            closing = "" if closing else "curly"
            new = '"'
        elif closing in ("", "single") and column in singles:
            closing = "" if closing else "single"
            new = '"'
        elif not closing and _SUSPECT.match(char) and not _joins_signs(line, column):
            new = _replacement(char)
        if new != char:
            _see(seen, source, char, offset + column, new)
        out.append(new)
    cleaned = "".join(out)
    cleaned += " " * (len(line) - len(cleaned))
    return cleaned, [_report(name, what, edits) for name, (what, edits) in seen.items()]


def _single_quotes(line: str) -> set[int]:
    """The columns of single quotes around texts."""
    if not any(char in line for char in _SINGLE):
        return set()
    return {column for match in _OPENS.finditer(line) for column in (match.start(), match.end() - 1)}


def _joins_signs(line: str, column: int) -> bool:
    """Whether an invisible character is a part of a sign, as in many emoji."""
    return (
        line[column] == "\u200d"
        and column > 0
        and unicodedata.category(line[column - 1]) in ("So", "Mn", "Sk")
    )


def _replacement(char: str) -> str:
    if char in _SPACES:
        return " "
    if char in _ZERO_WIDTH:
        return ""
    if char in _DASHES:
        return "-"
    return "," if char == "\u3001" else chr(ord(char) - 0xFEE0)


def _see(seen: dict[str, tuple[str, list[Edit]]], source: Source, char: str, at: int, new: str) -> None:
    for characters, name, what in _KINDS:
        if char in characters:
            seen.setdefault(name, (what, []))[1].append(Edit(source.span(at, at + 1), new))
            return


def _report(name: str, what: str, edits: list[Edit]) -> Diagnostic:
    times = f", {len(edits)} times" if len(edits) > 1 else ""
    return warning(
        name,
        f"{what} stands in this line{times}",
        edits[0].span,
        help="it was read as what was meant; `careplan fmt` writes it plainly",
        fix=Fix("write it plainly", tuple(edits)),
    )
