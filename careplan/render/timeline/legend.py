"""What the marks mean, for the marks that this timeline has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.plan.levels import phase_range
from careplan.plan.model import Plan
from careplan.render.text import LINE_HEIGHT, text_width
from careplan.render.timeline.care import SUPPORT_STYLE, TEST_STYLE, THERAPY_STYLE
from careplan.render.timeline.columns import Column
from careplan.render.timeline.lanes import Lane
from careplan.render.timeline.marks import DOT, outline
from careplan.render.timeline.medication import stops
from careplan.render.timeline.picture import Picture, num
from careplan.render.timeline.style import DRUG, FLOOR, HOURS, INK, MARGIN, PAPER, QUIET, RULE, SMALL

BETWEEN = 20.0
SAMPLE = 22.0


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
    if any(c.least_days < c.days for c in columns):
        yield Item("M0 0h16v8h-16z", f'fill="url(#cp-hatch)" stroke="{INK}"', "between minimum and maximum")
    for style, words in (
        (THERAPY_STYLE, "a session"),
        (SUPPORT_STYLE, "support, no clinical hours"),
        (TEST_STYLE, "an assessment"),
    ):
        if any(s == style for s, _ in marks):
            yield Item(outline(style.shape, 8, 4, DOT + 1), f'fill="{style.colour}"', words)
    if any(mark.low < mark.high for _, mark in marks):
        look = f'fill="{PAPER}" stroke="{INK}" stroke-width="1.1"'
        yield Item(outline("dot", 8, 4, DOT + 1), look, "hollow: for some patients only")
    if any(mark.daily for _, mark in marks):
        yield Item("M0 1.5h16v5h-16z", f'fill="{INK}"', "every day")
    if plan.medications:
        triangle = "M3 -1v10M3 -1l6 3l-6 3z"
        yield Item(triangle, f'fill="{DRUG}" stroke="{DRUG}" stroke-width="1.5"', "medication starts")
    if any(stops(medication) for medication in plan.medications):
        yield Item(outline("square", 8, 4, DOT + 2), f'fill="{DRUG}"', "medication stops")
    if any(step.low != step.high and step.ramp is None for m in plan.medications for step in m.steps):
        look = f'fill="url(#cp-dose)" stroke="{DRUG}"'
        yield Item("M0 0h16v8h-16z", look, "dose range, prescriber's choice")
    if any(s == THERAPY_STYLE and m.low < m.high for s, m in marks):
        look = f'fill="url(#cp-fine)" stroke="{HOURS}" stroke-width="0.8"'
        yield Item("M0 0h16v8h-16z", look, "hours not everybody has")
    if any(asked.low for c in columns if (asked := phase_range(plan, c.phase))):
        look = f'stroke="{FLOOR}" stroke-width="1.3" stroke-dasharray="5 3" fill="none"'
        yield Item("M0 4h16", look, "hours the level of care asks for")
