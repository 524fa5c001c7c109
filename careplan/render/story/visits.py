"""The visits of a stay side by side, each in a column as wide as its length asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careplan.plan.words import counted, level_words, visit_words
from careplan.render.text import LINE_HEIGHT, text_width, wrap
from careplan.render.timeline.columns import Column, shares
from careplan.render.timeline.header import AXIS, RIBBON, axis, ribbon_piece
from careplan.render.timeline.picture import Picture
from careplan.render.timeline.style import (
    BODY,
    GAP,
    HEADING,
    LABELS,
    MARGIN,
    QUIET,
    SMALL,
    ribbon_colours,
)  # fmt: skip
from careplan.stay.day import Day
from careplan.stay.scenario.story import Story, Visit


class Shown(NamedTuple):
    """A visit, its column and its days as they were lived."""

    visit: Visit
    column: Column
    days: tuple[Day, ...]


def visits(story: Story) -> list[Shown]:
    """Every visit that was lived, in its place."""
    lived = [visit for visit in story.visits if visit.first <= len(story.days)]
    widths = shares([visit.days for visit in lived]) if lived else []
    phases = {phase.name: phase for phase in story.plan.phases}
    found: list[Shown] = []
    left = MARGIN + LABELS
    for visit, width in zip(lived, widths, strict=True):
        column = Column(phases[visit.phase], left, width, visit.days, True)
        found.append(Shown(visit, column, tuple(story.days[visit.first - 1 : visit.last])))
        left += width + GAP
    return found


def heads(picture: Picture, story: Story, shown: Sequence[Shown], top: float) -> float:
    """Every visit's name, length and days over its ribbon and axis; where they end."""
    lines = [_lines(each) for each in shown]
    height = max((_height(*both) for both in lines), default=0.0)
    for number, (each, (names, about)) in enumerate(zip(shown, lines, strict=True)):
        column, visit = each.column, each.visit
        start = picture.lines(column.text_left, top + height - _height(names, about), names, HEADING, True)
        picture.lines(column.text_left, start + 1, about, BODY, fill=QUIET)
        fill, ink = ribbon_colours(column.phase.level.code if column.phase.level else None)
        ends = number == len(shown) - 1 and story.outcome is not None
        ribbon_piece(
            picture, column.left, column.right, top + height + 4, 0.0 if ends else min(GAP, 6.0),
            f'fill="{fill}" stroke="{fill}"', f"{_title(visit)}: {counted(visit.days, 'day')}",
        )  # fmt: skip
        words = f"{visit.days} d"
        if text_width(words, SMALL, True) + 8 <= column.width:
            middle = (column.left + column.right) / 2
            picture.text(middle, top + height + 4 + RIBBON / 2 + 3.6, words, SMALL, True, "middle", ink)
        axis(picture, column, top + height + 4 + RIBBON)
    return top + height + 4 + RIBBON + AXIS


def _lines(shown: Shown) -> tuple[list[str], list[str]]:
    visit, column = shown.visit, shown.column
    level = f"level {level_words(column.phase.level)} · " if column.phase.level else ""
    days = f"day {visit.first}" if visit.days == 1 else f"days {visit.first} to {visit.last}"
    return (
        wrap(_title(visit, column.phase.label), HEADING, column.text_width, True),
        wrap(f"{level}{days} of the stay", BODY, column.text_width),
    )


def _title(visit: Visit, label: str = "") -> str:
    """The phase's title, with the number of the visit from the second on."""
    if visit.number == 1:
        return label or visit.phase
    return (
        f"{label} ({visit_words('visit', visit.number)})" if label else visit_words(visit.phase, visit.number)
    )


def _height(names: Sequence[str], about: Sequence[str]) -> float:
    return (len(names) * HEADING + len(about) * BODY) * LINE_HEIGHT + 1
