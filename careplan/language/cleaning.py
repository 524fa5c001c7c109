"""The marks that pasted text brings along: curly quotes, odd spaces, long dashes, merge markers.

Each is reported once and read as what was meant. The cleaned text is as long as the original, so that
offsets stay true (a zero-width character is moved to the end of its line, as a space).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Edit, Fix, error, note, warning
from careplan.source import Source

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_WIDE = "".join(chr(c) for c in range(0xFF01, 0xFF5F) if c != 0xFF02) + "\u3001"
_SUSPECT = re.compile(f"[{_SPACES}{_ZERO_WIDTH}{_QUOTES}{_DASHES}{re.escape(_WIDE)}]")
_MARKER = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)

_KINDS = (
    (_SPACES, "non-breaking-space", "a space that does not break, as web pages use it"),
    (_ZERO_WIDTH, "invisible-character", "an invisible character"),
    (_QUOTES, "curly-quote", "a curly quote"),
    (_DASHES, "long-dash", "a long dash"),
    (_WIDE, "full-width-character", "a full-width character"),
)


def clean(source: Source) -> tuple[str, list[Diagnostic]]:
    """The text with such marks replaced, and a diagnostic for every line that has them."""
    text = source.text
    found: list[Diagnostic] = []
    if "\r" in text:
        found += _line_ends(source)
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if text.startswith("\ufeff"):
        found.append(_byte_order_mark(source))
        text = " " + text[1:]
    if "\t" in text:
        found += _tabs(source)
    if _SUSPECT.search(text):
        lines = text.split("\n")
        offset = 0  # `source` may end its lines otherwise, but has as many characters
        for number, line in enumerate(lines):
            if _SUSPECT.search(line):
                lines[number], diagnostics = _clean_line(source, line, offset)
                found += diagnostics
            offset += len(line) + 1
        text = "\n".join(lines)
    if _MARKER.search(text):
        text, diagnostics = _without_conflicts(source, text)
        found += diagnostics
    return text, found


def _line_ends(source: Source) -> Iterator[Diagnostic]:
    at = source.text.index("\r")
    lone = source.text[at : at + 2] != "\r\n"
    what = "old Macintosh line ends (CR)" if lone else "Windows line ends (CRLF)"
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
    lines = [n for n, line in enumerate(source.text.split("\n"), 1) if "\t" in line]
    at = source.text.index("\t")
    count = "1 line has a tab" if len(lines) == 1 else f"{len(lines)} lines have tabs"
    yield note(
        "tab",
        f"{count} in place of spaces",
        source.span(at, at + 1),
        help="tabs are read as spaces; `careplan fmt` writes spaces",
    )


def _clean_line(source: Source, line: str, offset: int) -> tuple[str, list[Diagnostic]]:
    """The line with its marks replaced outside of texts and comments, and one diagnostic for each kind."""
    out: list[str] = []
    seen: dict[str, tuple[str, list[Edit]]] = {}
    closing = ""
    for column, char in enumerate(line):
        if not closing and char == "#":
            out.append(line[column:])
            break
        if char == '"' and closing in ("", '"'):
            closing = "" if closing else '"'
        elif char in _QUOTES and closing != '"':
            closing = "" if closing else "curly"
            _see(seen, source, char, offset + column, '"')
            char = '"'
        elif _SUSPECT.match(char) and not closing:
            new = _replacement(char)
            _see(seen, source, char, offset + column, new)
            char = new
        out.append(char)
    cleaned = "".join(out)
    cleaned += " " * (len(line) - len(cleaned))
    return cleaned, [_report(name, what, edits) for name, (what, edits) in seen.items()]


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


def _report(name: str, what: str, edits: list[Edit]) -> Diagnostic:
    times = f", {len(edits)} times" if len(edits) > 1 else ""
    return warning(
        name,
        f"{what} stands in this line{times}",
        edits[0].span,
        help="it was read as what was meant; `careplan fmt` writes it plainly",
        fix=Fix("write it plainly", tuple(edits)),
    )


def _without_conflicts(source: Source, text: str) -> tuple[str, list[Diagnostic]]:
    """The text without merge markers; of each conflict, the first version is read."""
    lines = text.split("\n")
    found: list[Diagnostic] = []
    inside = False
    dropping = False
    for number, line in enumerate(lines):
        marker = line[:7] if _MARKER.match(line) else ""
        if marker == "<<<<<<<" or (marker and not inside):
            found.append(_conflict(source, sum(map(len, lines[:number])) + number))
            inside, dropping = marker == "<<<<<<<", False
        elif marker:
            dropping = marker != ">>>>>>>"
            inside = dropping
        if marker or dropping:
            lines[number] = " " * len(line)
    return "\n".join(lines), found


def _conflict(source: Source, start: int) -> Diagnostic:
    return error(
        "merge-marker",
        "a merge was left unfinished here",
        source.span(start, start + 7),
        here="a mark that git leaves between two versions",
        help="keep the lines that you want and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
    )
