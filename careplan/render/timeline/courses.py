"""When a medication's doses are taken, on the days of the phases drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.plan.model import DoseStep, Medication, Plan
from careplan.render.timeline.columns import Column

SLOWEST_DAILY = 6  # days: doses further apart than this are drawn one by one


class Piece(NamedTuple):
    """A dose step within one phase: from after day `first` to day `last` of that phase."""

    column: int
    first: int
    last: int
    step: DoseStep
    begins: bool  # the step begins here
    offset: int  # days of the step that lie before this piece


class Course(NamedTuple):
    """A medication's pieces in order, and the phases (by number) in which it runs."""

    pieces: tuple[Piece, ...]
    columns: tuple[int, ...]
    only_fallback: bool


def course(plan: Plan, columns: Sequence[Column], medication: Medication) -> Course:
    """The course as taken by somebody who stays in each phase as long as it is drawn."""
    start, only_fallback = _first_column(plan, columns, medication)
    if start is None:
        return Course((), (), only_fallback)
    numbers = _columns_of(columns, medication, start)
    return Course(tuple(_pieces(columns, medication.steps, numbers)), numbers, only_fallback)


def _first_column(plan: Plan, columns: Sequence[Column], medication: Medication) -> tuple[int | None, bool]:
    """The phase the course starts in; that of the medication it stands in for, if it only stands in."""
    names = [column.phase.name for column in columns]
    if medication.start and medication.start.phases:
        return next((n for n, name in enumerate(names) if name in medication.start.phases), None), False
    for other in plan.medications:
        if other.fallback == medication.name and other.start and other.start.phases:
            return next((n for n, name in enumerate(names) if name in other.start.phases), None), True
    return (0 if names else None), False


def _columns_of(columns: Sequence[Column], medication: Medication, start: int) -> tuple[int, ...]:
    """The phases from the start to the last one the course runs in, along the typical path."""
    if not columns[start].on_route:
        return (start,)
    last_names = {*medication.continue_through, *medication.stop_at_end_of}
    on_route = [n for n, column in enumerate(columns) if column.on_route and n >= start]
    lasts = [n for n in on_route if columns[n].phase.name in last_names]
    if not lasts:
        return tuple(on_route) if not last_names else (start,)
    return tuple(n for n in on_route if n <= lasts[-1])


def _pieces(columns: Sequence[Column], steps: Sequence[DoseStep], numbers: Sequence[int]) -> Iterator[Piece]:
    total = sum(columns[n].days for n in numbers)
    begin = 0
    for step in steps:
        if step.step == "also" or begin >= total:
            continue
        length = step_days(step)
        end = total if length is None else min(total, begin + length)
        yield from _cut(columns, numbers, step, begin, end)
        begin = end


def _cut(
    columns: Sequence[Column], numbers: Sequence[int], step: DoseStep, begin: int, end: int
) -> Iterator[Piece]:
    """The part of a step in each phase; days count from the course's first."""
    before = 0
    for number in numbers:
        days = columns[number].days
        first, last = max(begin - before, 0), min(end - before, days)
        if first < last:
            yield Piece(number, first, last, step, before + first == begin, before + first - begin)
        before += days


def interval_days(step: DoseStep) -> int:
    """The days from one dose to the next; 1 for several a day."""
    frequency = step.frequency
    if frequency is None or not frequency.period_days:
        return 1
    if frequency.kind == "every":
        return frequency.period_days
    return max(1, frequency.period_days // max(frequency.high, 1))


def step_days(step: DoseStep) -> int | None:
    """How many days the step runs; None for an open one."""
    if step.run_days is not None:
        return step.run_days
    if step.run_times is not None:
        return step.run_times * interval_days(step)
    if step.ramp is not None and step.ramp.by:
        doses = abs(step.ramp.end - step.ramp.start) / step.ramp.by + 1
        return max(1, round(doses)) * step.ramp.every_days
    return None


def dose_at(step: DoseStep, day: int) -> tuple[float, float]:
    """The lowest and highest dose so many days into the step."""
    ramp = step.ramp
    if ramp is None:
        return min(step.low, step.high), max(step.low, step.high)
    moved = ramp.by * (day // max(ramp.every_days, 1))
    dose = min(ramp.start + moved, ramp.end) if ramp.end >= ramp.start else max(ramp.start - moved, ramp.end)
    return dose, dose
