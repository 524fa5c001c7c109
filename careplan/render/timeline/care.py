"""The lanes of services, supports, assessments and reviews."""

from __future__ import annotations

from collections.abc import Sequence

from careplan.plan.facts import Facts
from careplan.plan.model import Format, Phase, Plan, Service
from careplan.plan.words import every_words, listed, minutes_words, range_words
from careplan.render.timeline.columns import Column
from careplan.render.timeline.counts import due, lines_for, phrases
from careplan.render.timeline.lanes import Cell, Lane
from careplan.render.timeline.marks import Mark, Style
from careplan.render.timeline.names import called, names_in_conditions
from careplan.render.timeline.style import SUPPORT, TEST, THERAPY

THERAPY_STYLE = Style("dot", THERAPY, "session")
SUPPORT_STYLE = Style("square", SUPPORT, "session")
TEST_STYLE = Style("diamond", TEST, "assessment")
REVIEW_STYLE = Style("flag", TEST, "review")


def service_lanes(plan: Plan, columns: Sequence[Column], kind: str, facts: Facts | None) -> list[Lane]:
    """One lane for each therapy, or for each support, that some phase has for these facts."""
    style = THERAPY_STYLE if kind == "therapy" else SUPPORT_STYLE
    lanes = []
    named = names_in_conditions(plan)
    for service in plan.services:
        if service.kind == kind:
            cells = tuple(_service_cell(plan, column, service.name, facts) for column in columns)
            if any(cells):
                details = (*_details(service), *called(service, named))
                lanes.append(Lane(service.label, details, cells, style))
    return lanes


def _service_cell(plan: Plan, column: Column, name: str, facts: Facts | None) -> Cell | None:
    lines = lines_for([line for line in column.phase.services if line.service == name], facts)
    if not lines:
        return None
    return Cell(tuple(due(plan, column, lines, facts)), phrases(plan, lines, facts))


def _details(service: Service) -> list[str]:
    """Format and length, such as `group of 6 to 12 · 3 hours plus 30 min break`."""
    parts = [listed((_format(f) for f in service.formats), "or")] if service.formats else []
    if service.minutes is not None:
        pause = f" plus {minutes_words(service.break_minutes)} break" if service.break_minutes else ""
        parts.append(minutes_words(service.minutes) + pause)
    if service.kind == "therapy" and not service.counted:
        parts.append("hours not counted")
    return [" · ".join(parts)] if parts else []


def _format(held: Format) -> str:
    if held.low is None:
        return held.kind
    return f"{held.kind} of {range_words(held.low, held.high if held.high is not None else held.low)}"


def assessment_lanes(plan: Plan, columns: Sequence[Column], facts: Facts | None) -> list[Lane]:
    """One lane for each measure that some phase assesses, and one for the reviews."""
    measures = {measure.name: measure for measure in plan.measures}
    named = names_in_conditions(plan)
    used = {name for c in columns for a in c.phase.assessments for name in a.measures}
    names = [name for name in measures if name in used] + sorted(used - measures.keys())
    lanes = []
    for name in names:
        cells = tuple(_test_cell(plan, column, name, facts) for column in columns)
        if any(cells):
            measure = measures.get(name)
            title = measure.label if measure else name.replace("-", " ")
            details = tuple(called(measure, named)) if measure else ()
            lanes.append(Lane(title, details, cells, TEST_STYLE))
    if any(column.phase.review_days for column in columns):
        cells = tuple(_review_cell(column) for column in columns)
        lanes.append(Lane("Review", ("when steps down are decided",), cells, REVIEW_STYLE))
    return lanes


def _test_cell(plan: Plan, column: Column, name: str, facts: Facts | None) -> Cell | None:
    lines = lines_for([line for line in column.phase.assessments if name in line.measures], facts)
    if not lines:
        return None
    return Cell(tuple(due(plan, column, lines, facts)), phrases(plan, lines, facts))


def _review_cell(column: Column) -> Cell | None:
    phase = column.phase
    if not _can_step_down(phase):
        return None
    every = phase.review_days
    if every is None or every == 1:
        return Cell((), ("decided every day",))
    days = set(range(every, column.days + 1, every))
    if phase.longest is not None:
        days.add(column.days)
    marks = tuple(Mark(day, day, 1, 1) for day in sorted(days))
    return Cell(marks, (every_words(every),))


def _can_step_down(phase: Phase) -> bool:
    return any(exit_.direction in ("step down", "move", "discharge") for exit_ in phase.exits)
