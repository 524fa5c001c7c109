"""When a medication's doses are taken, on the days of the phases drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.plan.courses import courses
from careplan.plan.model import DoseStep, Medication, Plan
from careplan.render.timeline.columns import Column

NEVER_AGAIN = 10**6  # days
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
    """A medication's pieces in order, and the phases (by number) it runs in along the typical path.

    `beside`: the other phases it can run in. `starts`: those of both in which the first dose can be given.
    `stands_in_for`: the medication whose failed start it waits for.
    """

    pieces: tuple[Piece, ...]
    columns: tuple[int, ...]
    beside: tuple[int, ...]
    starts: tuple[int, ...]
    stands_in_for: Medication | None

    @property
    def everywhere(self) -> tuple[int, ...]:
        """Every phase in which something is said of the course."""
        return tuple(sorted((*self.columns, *self.beside)))


def course(plan: Plan, columns: Sequence[Column], medication: Medication) -> Course:
    """The course as taken by somebody who stays in each phase as long as it is drawn."""
    stands_in_for = _first_choice(plan, medication)
    start = _first_column(plan, columns, medication)
    numbers = () if start is None else _columns_of(columns, medication, start)
    pieces = list(_pieces(columns, medication.steps, numbers))
    beside, starts = [], [] if start is None else [start]
    for number, steps in _beside(plan, columns, medication, numbers):
        beside.append(number)
        if steps is None:
            starts.append(number)
            pieces += _pieces(columns, medication.steps, (number,))
        else:
            pieces += _goes_on(columns, number, steps)
    return Course(tuple(pieces), numbers, tuple(beside), tuple(starts), stands_in_for)


def _beside(
    plan: Plan, columns: Sequence[Column], medication: Medication, along: Sequence[int]
) -> Iterator[tuple[int, tuple[DoseStep, ...] | None]]:
    """Other phases where the course can run, with the dose lines that go on there; None where it starts."""
    found = {each.phase: each for each in courses(plan) if each.medication == medication.name}
    for number, column in enumerate(columns):
        run = found.get(column.phase.name)
        if run is not None and number not in along:
            yield number, run.steps if run.role == "goes on" else None


def _goes_on(columns: Sequence[Column], number: int, steps: Sequence[DoseStep]) -> Iterator[Piece]:
    """A course that was begun elsewhere, drawn at the last dose it has come to."""
    last = [step for step in steps if step.step != "also"][-1:]
    for step in last:
        yield Piece(number, 0, columns[number].days, step, False, step_days(step) or 0)


def _first_choice(plan: Plan, medication: Medication) -> Medication | None:
    """The medication that this one stands in for, if it never starts by itself."""
    if medication.start and medication.start.phases:
        return None
    return next((m for m in plan.medications if m.fallback == medication.name and m != medication), None)


def _first_column(plan: Plan, columns: Sequence[Column], medication: Medication) -> int | None:
    """The phase the course starts in; that of the first choice, for one that only stands in."""
    seen: set[str] = set()
    first: Medication | None = medication
    while first is not None and first.name not in seen:
        seen.add(first.name)
        if first.start and first.start.phases:
            wanted = first.start.phases
            return next((n for n, column in enumerate(columns) if column.phase.name in wanted), None)
        first = _first_choice(plan, first)
    return 0 if columns else None


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
    """The days from one dose to the next; 1 for several a day, NEVER_AGAIN for a single dose."""
    frequency = step.frequency
    if is_single(step):
        return NEVER_AGAIN
    if frequency is None or not frequency.period_days:
        return 1
    if frequency.kind == "every":
        return frequency.period_days
    return max(1, frequency.period_days // max(frequency.high, 1))


def is_single(step: DoseStep) -> bool:
    """Whether the step is one dose."""
    return step.frequency is not None and step.frequency.kind in ("once", "at-start", "at-end")


def step_days(step: DoseStep) -> int | None:
    """How many days the step runs; None for an open one."""
    if is_single(step):
        return 1
    if step.run_days is not None:
        return step.run_days
    if step.run_times is not None:
        return step.run_times * interval_days(step)
    if step.ramp is not None and step.ramp.by:
        doses = abs(step.ramp.end - step.ramp.start) / step.ramp.by + 1
        return max(1, round(doses)) * step.ramp.every_days
    return None


def dose_at(step: DoseStep, day: int) -> tuple[float, float]:
    """The lowest and highest dose so many days into the step: of a day where there are several a day."""
    ramp = step.ramp
    if ramp is None:
        fewest, most = _doses_a_day(step)
        return min(step.low, step.high) * fewest, max(step.low, step.high) * most
    moved = ramp.by * (day // max(ramp.every_days, 1))
    dose = min(ramp.start + moved, ramp.end) if ramp.end >= ramp.start else max(ramp.start - moved, ramp.end)
    return dose, dose


def _doses_a_day(step: DoseStep) -> tuple[int, int]:
    frequency = step.frequency
    if frequency is None or frequency.kind != "per" or frequency.period_days != 1:
        return 1, 1
    return frequency.low, frequency.high
