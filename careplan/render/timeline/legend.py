"""What the marks mean, for the marks that this timeline has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.plan.levels import phase_range
from careplan.plan.model import Plan
from careplan.render.text import LINE_HEIGHT, text_width
from careplan.render.timeline.care import SUPPORT_STYLE, TEST_STYLE, THERAPY_STYLE
from careplan.render.timeline.columns import Column, planned_days
from careplan.render.timeline.courses import SLOWEST_DAILY, interval_days
from careplan.render.timeline.lanes import Lane
from careplan.render.timeline.marks import DOT, Mark, Style, outline
from careplan.render.timeline.medication import HEAD, stops
from careplan.render.timeline.picture import Picture, num
from careplan.render.timeline.style import DRUG, FLOOR, HOURS, INK, MARGIN, PAPER, QUIET, RULE, SMALL

BETWEEN = 20.0
SAMPLE = 22.0
BAR = "M0 0h16v8h-16z"


class Item(NamedTuple):
    """A sample (a path in a box of 16 by 8, and how it is drawn) and what it means."""

    d: str
    look: str
    words: str


def draw_legend(
    picture: Picture, plan: Plan, columns: Sequence[Column], lanes: Sequence[Lane], right: float, top: float
) -> float:
    """The legend in rows, and the note on scales; where it ends."""
    picture.line(MARGIN, top, right, top, f'stroke="{RULE}"')
    x, y = MARGIN, top + 8
    with picture.group("Legend"):
        for item in _items(plan, columns, lanes):
            width = SAMPLE + text_width(item.words, SMALL)
            if x > MARGIN and x + width > right:
                x, y = MARGIN, y + SMALL * LINE_HEIGHT + 4
            picture.path(item.d, f'{item.look} transform="translate({num(x)} {num(y + 2)})"')
            picture.text(x + SAMPLE, y + 10, item.words, SMALL, fill=QUIET)
            x += width + BETWEEN
    y += SMALL * LINE_HEIGHT + 6
    return picture.paragraph(MARGIN, y, _note(plan, columns), right - MARGIN, SMALL, fill=QUIET)


def _note(plan: Plan, columns: Sequence[Column]) -> str:
    notes = []
    if len(columns) > 1:
        notes.append("Each phase has its own scale: its days or weeks are numbered from its first day.")
    if any(0 < c.least_days < c.days for c in columns):
        notes.append("On a grey ground: after the minimum, for those who stay longer.")
    if plan.medications and columns:
        notes.append("Medication is drawn for a stay that runs to the end of each phase shown.")
    return " ".join(notes)


def _items(plan: Plan, columns: Sequence[Column], lanes: Sequence[Lane]) -> Iterator[Item]:
    marks = [(lane.style, mark) for lane in lanes for cell in lane.cells if cell for mark in cell.marks]
    yield from _phase_items(columns)
    yield from _mark_items(marks)
    yield from _medication_items(plan)
    if any(style == THERAPY_STYLE and mark.low < mark.high for style, mark in marks):
        look = f'fill="url(#cp-fine)" stroke="{HOURS}" stroke-width="0.8"'
        yield Item(BAR, look, "hours not everybody has")
    if any(asked.low for c in columns if (asked := phase_range(plan, c.phase))):
        look = f'stroke="{FLOOR}" stroke-width="1.3" stroke-dasharray="5 3" fill="none"'
        yield Item("M0 4h16", look, "hours the level of care asks for")


def _phase_items(columns: Sequence[Column]) -> Iterator[Item]:
    if any(c.least_days < planned_days(c) for c in columns):
        limited = any(c.phase.lasts and c.phase.lasts.high for c in columns)
        words = "between minimum and maximum" if limited else "after the minimum"
        yield Item(BAR, f'fill="url(#cp-hatch)" stroke="{INK}"', words)
    if any(planned_days(c) < c.days for c in columns):
        yield Item(BAR, f'fill="{PAPER}" stroke="{INK}"', "extended")


def _mark_items(marks: Sequence[tuple[Style, Mark]]) -> Iterator[Item]:
    for style, words in (
        (THERAPY_STYLE, "a session"),
        (SUPPORT_STYLE, "support, no clinical hours"),
        (TEST_STYLE, "an assessment"),
    ):
        if any(each == style for each, _ in marks):
            yield Item(outline(style.shape, 8, 4, DOT + 1), f'fill="{style.colour}"', words)
    if any(mark.low < mark.high for _, mark in marks):
        look = f'fill="{PAPER}" stroke="{INK}" stroke-width="1.1"'
        yield Item(outline("dot", 8, 4, DOT + 1), look, "hollow: not for everybody, or only encouraged")
    if any(mark.daily and not mark.note for _, mark in marks):
        yield Item("M0 1.5h16v5h-16z", f'fill="{INK}"', "every day, or seven and more a week")


def _medication_items(plan: Plan) -> Iterator[Item]:
    if plan.medications:
        triangle = "M3 -1v10M3 -1l6 3l-6 3z"
        yield Item(triangle, f'fill="{DRUG}" stroke="{DRUG}" stroke-width="1.5"', "medication starts")
    if any(stops(medication) for medication in plan.medications):
        yield Item(outline("square", 8, 4, DOT + 2), f'fill="{DRUG}"', "medication stops")
    ranges = [step for m in plan.medications for step in m.steps if step.low != step.high and not step.ramp]
    if any(interval_days(step) <= SLOWEST_DAILY for step in ranges):
        yield Item(BAR, f'fill="url(#cp-dose)" stroke="{DRUG}"', "dose range, prescriber's choice")
    if any(interval_days(step) > SLOWEST_DAILY for step in ranges):
        look = f'fill="{PAPER}" stroke="{DRUG}" stroke-width="1.3"'
        yield Item(outline("dot", 8, 4, HEAD - 1), look, "up to this dose, prescriber's choice")
