"""Marks on a lane: a dot for each session, a bar where something comes every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from careplan.plan.words import range_words
from careplan.render.timeline.columns import Column
from careplan.render.timeline.picture import Picture, num
from careplan.render.timeline.style import PAPER

DOT = 5.0
BESIDE = 5.8  # from dot to dot
ABOVE = 5.9
MOST_STACKED = 5
BAR = 6.0
THIN_BAR = 3.0  # of what has no sessions to count
NARROWEST = 4.2  # a week thinner than this is part of a bar, not a dot


class Mark(NamedTuple):
    """`low` to `high` sessions from day `first` to day `last` of a phase; `daily`: on each day."""

    first: int
    last: int
    low: int
    high: int
    daily: bool = False
    note: str = ""  # instead of the count in the tooltip


class Style(NamedTuple):
    """How a lane's marks look; a flag stands at the end of its day and is never narrowed."""

    shape: str  # "dot", "square", "diamond", "flag"
    colour: str
    noun: str  # of one session


def marks_height(column: Column, marks: Sequence[Mark]) -> float:
    """How high the marks of one cell stand."""
    rows = [_rows(column, mark) for mark in marks]
    return max((row * ABOVE for row in rows), default=0.0)


def draw_marks(
    picture: Picture,
    column: Column,
    marks: Sequence[Mark],
    style: Style,
    title: str,
    top: float,
    height: float,
) -> None:
    """Draw the marks of one cell in a strip `height` pixels high."""
    middle = top + height / 2
    size = _dot_size(column, marks)
    for mark, is_bar in _runs(column, marks):
        tip = _tip(column, mark, style, title)
        left, right = column.x(mark.first - 1), column.x(mark.last)
        if style.shape == "flag":
            x = min(right, column.right - DOT / 2)
            picture.path(outline("flag", x, middle, DOT + 1), f'fill="{style.colour}"', tip)
        elif is_bar:
            _bar(picture, (left, right, middle), mark, style, tip)
        else:
            _dots(picture, (left, right, middle), (_across(column, mark), size), mark, style, tip)


def _tip(column: Column, mark: Mark, style: Style, title: str) -> str:
    when = _when(mark)
    if mark.note:
        return f"{title}, {column.phase.label}, {when}: {mark.note}"
    noun = style.noun if mark.high == 1 else f"{style.noun}s"
    each = " in each week" if mark.last - mark.first >= 7 else ""
    return f"{title}, {column.phase.label}, {when}: {range_words(mark.low, mark.high)} {noun}{each}"


def _when(mark: Mark) -> str:
    if mark.first % 7 == 1 and (mark.last % 7 == 0 or mark.last - mark.first > 6):
        first, last = (mark.first + 6) // 7, ceil(mark.last / 7)
        return f"week {first}" if first == last else f"weeks {first} to {last}"
    return f"day {mark.first}" if mark.first == mark.last else f"days {mark.first} to {mark.last}"


def _is_bar(column: Column, mark: Mark) -> bool:
    return mark.daily or _across(column, mark) == 0


def _across(column: Column, mark: Mark) -> int:
    """How many dots stand side by side: all, or one on another in a narrow week; 0 if they have no room."""
    width = column.x(mark.last) - column.x(mark.first - 1)
    if width < NARROWEST:
        return 0
    if mark.high * BESIDE <= width or mark.high == 1:
        return mark.high
    across = 1 if mark.high <= MOST_STACKED else int(width // BESIDE)
    return across if across and ceil(mark.high / across) <= MOST_STACKED else 0


def _rows(column: Column, mark: Mark) -> int:
    across = _across(column, mark)
    return 1 if mark.daily or not across else ceil(mark.high / across)


def _dot_size(column: Column, marks: Sequence[Mark]) -> float:
    """Full size, or less where the weeks with dots lie close together."""
    middles = [(column.x(mark.first - 1) + column.x(mark.last)) / 2 for mark in marks]
    return min([DOT, *(0.85 * (b - a) for a, b in pairwise(middles) if b > a)])


def _runs(column: Column, marks: Sequence[Mark]) -> Iterator[tuple[Mark, bool]]:
    """The marks, neighbouring equal bars made one, and whether each is a bar, as runs of narrow weeks are."""
    waiting: Mark | None = None
    for mark in marks:
        if not _is_bar(column, mark):
            if waiting is not None:
                yield waiting, True
            waiting = None
            yield mark, False
        elif waiting is not None and mark[2:] == waiting[2:] and mark.first == waiting.last + 1:
            waiting = waiting._replace(last=mark.last)
        else:
            if waiting is not None:
                yield waiting, True
            waiting = mark
    if waiting is not None:
        yield waiting, True


def _bar(picture: Picture, place: tuple[float, float, float], mark: Mark, style: Style, tip: str) -> None:
    left, right, middle = place
    solid = mark.low >= mark.high
    look = f'fill="{style.colour if solid else PAPER}" stroke="{style.colour}" stroke-width="1"'
    if not mark.daily:
        look = f'fill="url(#cp-fine)" stroke="{style.colour}" stroke-width="0.8"'
    elif not solid:
        look += ' stroke-dasharray="3 2"'
    width, high = max(right - left - 1.5, 1.5), THIN_BAR if mark.note else BAR
    picture.rect(left + 0.75, middle - high / 2, width, high, f'rx="1.5" {look}', tip)


def _dots(
    picture: Picture,
    place: tuple[float, float, float],
    fit: tuple[int, float],
    mark: Mark,
    style: Style,
    tip: str,
) -> None:
    """Dots (`fit`: how many beside one another, and their size) over the week, or stacked in its middle."""
    left, right, middle = place
    across, size = fit
    rows = ceil(mark.high / across)
    drawn: dict[bool, list[str]] = {True: [], False: []}
    for number in range(mark.high):
        row, place_in_row = divmod(number, across)
        in_row = min(across, mark.high - row * across)
        x = left + (right - left) * (place_in_row + 0.5) / in_row
        y = middle + (row - (rows - 1) / 2) * ABOVE
        drawn[number < mark.low].append(outline(style.shape, x, y, size))
    picture.path("".join(drawn[True]), f'fill="{style.colour}"', tip)
    hollow = f'fill="{PAPER}" stroke="{style.colour}" stroke-width="1.1"'
    picture.path("".join(drawn[False]), hollow, tip)


def outline(shape: str, x: float, y: float, size: float) -> str:
    """The outline of one mark around a point."""
    half = size / 2
    if shape == "square":
        edge = half * 0.9
        return f"M{num(x - edge)} {num(y - edge)}h{num(2 * edge)}v{num(2 * edge)}h{num(-2 * edge)}z"
    if shape == "diamond":
        tip = half * 1.25
        return (
            f"M{num(x)} {num(y - tip)}l{num(tip)} {num(tip)}l{num(-tip)} {num(tip)}l{num(-tip)} {num(-tip)}z"
        )
    if shape == "flag":
        return f"M{num(x - half)} {num(y - half)}h{num(size)}l{num(-half)} {num(size)}z"
    return (
        f"M{num(x - half)} {num(y)}a{num(half)} {num(half)} 0 1 0 {num(size)} 0"
        f"a{num(half)} {num(half)} 0 1 0 {num(-size)} 0"
    )
