"""A line of a file with marks under a part of it: tabs, wide characters and long lines included."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from careplan.source import Source, Span

TAB = 4
"""Columns to a tab stop."""


class Excerpt(NamedTuple):
    """A line as it is shown, and where its marks stand: `at` and `width` in columns."""

    line: str
    at: int
    width: int


class _Cell(NamedTuple):
    text: str
    width: int


def excerpt(source: Source, span: Span, width: int) -> Excerpt:
    """The line of `span`, cut around the marks to at most about `width` columns (from 20)."""
    line = source.line_text(span.line)
    first = min(span.column - 1, len(line))
    length = max(0, min(span.end - span.start, len(line) - first))
    cells = _cells(line)
    while cells and cells[-1].text.isspace() and len(cells) > first + length:
        cells.pop()
    before, marked, after = cells[:first], cells[first : first + length], cells[first + length :]
    before, marked, after = _cut(before, marked, after, max(20, width))
    shown = "".join(cell.text for cell in (*before, *marked, *after))
    return Excerpt(shown, _columns(before), max(1, _columns(marked)))


def shown(text: str) -> str:
    """The text with tabs as spaces and control characters made visible."""
    return "".join(cell.text for cell in _cells(text))


def _cells(line: str) -> list[_Cell]:
    cells: list[_Cell] = []
    column = 0
    for char in line:
        cell = _tab(column) if char == "\t" else _cell(char)
        cells.append(cell)
        column += cell.width
    return cells


def _tab(column: int) -> _Cell:
    width = TAB - column % TAB
    return _Cell(" " * width, width)


def _cell(char: str) -> _Cell:
    if " " <= char <= "~":
        return _Cell(char, 1)
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return _Cell(char, 0)  # it is drawn over the character before it
    if category == "Zs":
        return _Cell(" ", 1)
    if category == "Cf":
        return _Cell("·", 1)  # an invisible character, or one that turns the direction of writing
    if category.startswith("C"):
        return _Cell("\ufffd", 1)
    return _Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def _columns(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _cut(
    before: list[_Cell], marked: list[_Cell], after: list[_Cell], width: int
) -> tuple[list[_Cell], list[_Cell], list[_Cell]]:
    """The three parts, shortened with `…` to `width` columns together, the marked one least."""
    if _columns(before) + _columns(marked) + _columns(after) <= width:
        return before, marked, after
    marked = _head(marked, max(width * 2 // 3, width - 24))
    room = width - _columns(marked)
    tail = min(_columns(after), room // 2)
    before = _tail(before, room - tail)
    return before, marked, _head(after, width - _columns(marked) - _columns(before))


def _head(cells: list[_Cell], width: int) -> list[_Cell]:
    if _columns(cells) <= width:
        return cells
    return [*_fitting(cells, width - 1), _Cell("…", 1)]


def _tail(cells: list[_Cell], width: int) -> list[_Cell]:
    if _columns(cells) <= width:
        return cells
    return [_Cell("…", 1), *reversed(_fitting(cells[::-1], width - 1))]


def _fitting(cells: list[_Cell], width: int) -> list[_Cell]:
    kept: list[_Cell] = []
    for cell in cells:
        width -= cell.width
        if width < 0:
            break
        kept.append(cell)
    return kept
