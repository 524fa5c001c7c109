"""The timeline for the terminal: plain text, in panels of as many phases as the width takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.render.terminal.rows import Panel, Row, panel_rows
from careplan.render.terminal.ways import leaving
from careplan.render.terminal.words import Ink, fill
from careplan.render.timeline.care import assessment_lanes, service_lanes
from careplan.render.timeline.columns import Column, columns
from careplan.render.timeline.hours import hours_words
from careplan.render.timeline.lanes import Lane
from careplan.render.timeline.medication import medication_words

LEAST_WIDTH = 40
LABELS = 26
NARROWEST = 20  # letters for one phase
LEGEND = (
    "█ as long as everybody stays, ░ up to the maximum",
    "1, 2, …: so many in that week (of several weeks under one figure, the most); +: ten or more",
)


def timeline_text(plan: Plan, width: int = 100, colour: bool = False, facts: Facts | None = None) -> str:
    """The timeline of a plan as text of at most `width` letters a line (at least 40)."""
    ink = Ink(colour)
    width = max(width, LEAST_WIDTH)
    lines = [ink.bold(line) for line in fill(plan.label, width)]
    about = [f"version {plan.version}"] if plan.version else []
    lines += fill(", ".join([*about, *([plan.status] if plan.status else [])]), width)
    placed = columns(plan)
    if not placed:
        lines += ["", "This plan has no phases yet."]
    for part in _parts(placed, width):
        lines += ["", *_panel(plan, placed, part, width, facts, ink)]
    lines += leaving(plan, placed, width, ink)
    if placed:
        lines += ["", *(ink.dim(line) for words in LEGEND for line in fill(words, width))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _label_width(width: int) -> int:
    return min(LABELS, width // 3)


def _parts(placed: Sequence[Column], width: int) -> Iterator[range]:
    """The phases (by number) of each panel."""
    most = max(1, (width - _label_width(width)) // (NARROWEST + 2))
    panels = -(-len(placed) // most)
    for number in range(panels):
        yield range(number * len(placed) // panels, (number + 1) * len(placed) // panels)


def _panel(
    plan: Plan, placed: Sequence[Column], part: range, width: int, facts: Facts | None, ink: Ink
) -> Iterator[str]:
    panel = Panel.fit([placed[n] for n in part], _label_width(width), width)
    yield from panel.heads(ink)
    groups = (
        ("Clinical services", service_lanes(plan, placed, "therapy", facts)),
        ("Support", service_lanes(plan, placed, "support", facts)),
        ("Assessments and reviews", assessment_lanes(plan, placed, facts)),
    )
    for title, lanes in groups:
        rows = [_row(lane, part) for lane in lanes]
        yield from panel_rows(panel, title, [row for row in rows if any(row.words)], ink)
        if title == "Clinical services":
            hours = hours_words(plan, panel.columns, facts)
            yield from panel_rows(panel, "", [Row("Hours per week", hours)] if any(hours) else [], ink)
            yield from panel_rows(panel, "Medication", list(_courses(plan, placed, part)), ink)


def _row(lane: Lane, part: range) -> Row:
    cells = [lane.cells[n] for n in part]
    words = [cell.words if cell else () for cell in cells]
    return Row(lane.title, words, [cell.marks if cell else () for cell in cells])


def _courses(plan: Plan, placed: Sequence[Column], part: range) -> Iterator[Row]:
    for medication in plan.medications:
        words = medication_words(plan, placed, medication)
        row = Row(medication.label, [words[n] for n in part])
        if any(row.words):
            yield row
