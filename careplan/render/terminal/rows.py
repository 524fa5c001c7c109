"""Rows of a panel: a name at the left, then figures and words for each phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from math import sqrt
from typing import NamedTuple

from careplan.render.terminal.words import Ink, fill
from careplan.render.text import shorten_to
from careplan.render.timeline.columns import Column
from careplan.render.timeline.header import length_words
from careplan.render.timeline.marks import Mark

BAR = " │ "
LEAST = 18  # letters for one phase


class Row(NamedTuple):
    """A lane: its title, and for each phase of the panel its phrases and its marks."""

    title: str
    words: Sequence[Sequence[str]]
    marks: Sequence[Sequence[Mark]] = ()


class Panel(NamedTuple):
    """Phases side by side, each `widths` letters wide, after names of `label` letters."""

    columns: Sequence[Column]
    widths: Sequence[int]
    label: int

    @classmethod
    def fit(cls, columns: Sequence[Column], label: int, width: int) -> Panel:
        """Share the width among the phases: a letter for each week where that goes; longer ones get more."""
        free = width - label - len(BAR) * len(columns)
        widths = [min(LEAST, free // len(columns))] * len(columns)
        for number in sorted(range(len(columns)), key=lambda n: columns[n].weeks):
            missing = columns[number].weeks - widths[number]
            if 0 < missing <= free - sum(widths):
                widths[number] += missing
        spare = free - sum(widths)
        roots = [sqrt(column.days) for column in columns]
        shares = [width + int(spare * root / sum(roots)) for width, root in zip(widths, roots, strict=True)]
        return cls(columns, shares, label)

    def line(self, name: str, cells: Sequence[str]) -> str:
        """One line of the panel."""
        padded = (cell.ljust(width) for cell, width in zip(cells, self.widths, strict=True))
        return BAR.join((name.ljust(self.label), *padded))

    def heads(self, ink: Ink) -> Iterator[str]:
        """Names and lengths of the phases, their ribbons and their weeks."""
        names = [_name(c.phase.label, w) for c, w in zip(self.columns, self.widths, strict=True)]
        about = [fill(_about(c), w) for c, w in zip(self.columns, self.widths, strict=True)]
        for line in zip_longest(*names, fillvalue=""):
            yield ink.bold(self.line("", line))
        for line in zip_longest(*about, fillvalue=""):
            yield self.line("", line)
        yield ink.marks(
            self.line("", [_ribbon(c, w) for c, w in zip(self.columns, self.widths, strict=True)])
        )
        yield ink.dim(self.line("", [_axis(c, w) for c, w in zip(self.columns, self.widths, strict=True)]))


def panel_rows(panel: Panel, title: str, rows: Sequence[Row], ink: Ink) -> Iterator[str]:
    """A heading and its rows; nothing if there are no rows."""
    if not rows:
        return
    if title:
        yield ""
        yield ink.bold(title)
    for row in rows:
        yield from _row(panel, row, ink)


def _row(panel: Panel, row: Row, ink: Ink) -> Iterator[str]:
    name = fill(row.title, panel.label) or [""]
    words = [
        [line for phrase in phrases for line in fill(phrase, width)]
        for phrases, width in zip(row.words, panel.widths, strict=True)
    ]
    if any(row.marks):
        marks = zip(panel.columns, row.marks, panel.widths, strict=True)
        figures = [_figures(column, found, width) for column, found, width in marks]
        first = panel.line("", figures)[panel.label :]
        yield f"{name[0].ljust(panel.label)}{ink.marks(first)}"
        name = name[1:]
    for label, *cells in zip_longest(name, *words, fillvalue=""):
        rest = panel.line("", cells)[panel.label :]
        yield f"{label.ljust(panel.label)}{ink.dim(rest)}"


def _name(label: str, width: int) -> list[str]:
    """A phase's name on two lines at most, shortened by words if it is longer."""
    lines = fill(label, width)
    return lines if len(lines) <= 2 else [shorten_to(label, width) or lines[0]]


def _about(column: Column) -> str:
    level = f"level {column.phase.level.code}, " if column.phase.level else ""
    beside = "" if column.on_route else ", beside the typical path"
    return f"{level}{length_words(column.phase)}{beside}"


def _place(column: Column, width: int, day: int) -> int:
    """How many letters stand before the day (from 0): so many for each week, or one for several weeks."""
    week, in_week = divmod(day, 7)
    if column.weeks > width:
        return week // -(-column.weeks // width)
    each = width // column.weeks
    return week * each + in_week * each // 7


def _ribbon(column: Column, width: int) -> str:
    """Solid as far as everybody stays, then light; an arrow where nothing ends the phase."""
    total = max(_place(column, width, column.days), 1)
    solid = _place(column, width, column.least_days)
    open_end = column.phase.lasts is not None and column.phase.lasts.high is None
    ribbon = "█" * solid + "░" * (total - solid)
    return ribbon[:-1] + "▶" if open_end else ribbon


def _axis(column: Column, width: int) -> str:
    """The numbers of the first week or day and of later ones where there is room."""
    unit, length, count = ("day", 1, column.days) if column.in_days else ("week", 7, column.weeks)
    line = f"{unit} 1"
    step = 7 if column.in_days else next(s for s in (1, 2, 4, 8, 13, 26, 52, 10**6) if s * width >= 4 * count)
    for number in range(step, count + 1, step):
        place = _place(column, width, (number - 1) * length)
        if number > 1 and place > len(line) and place + len(str(number)) <= width:
            line = line.ljust(place) + str(number)
    return line


def _figures(column: Column, marks: Sequence[Mark], width: int) -> str:
    """A figure for each week with sessions, where the week begins; `─` for what has none to count."""
    line = [" "] * width
    most = [0] * width
    for mark in marks:
        first = min(_place(column, width, mark.first - 1), width - 1)
        if mark.note:
            last = max(first + 1, _place(column, width, mark.last))
            line[first:last] = ["─"] * (last - first)
        else:
            most[first] = max(most[first], mark.high)
            line[first] = str(most[first]) if most[first] < 10 else "+"
    return "".join(line)
