"""What a stay brings, counted in days from admission: the same for everybody admitted on that weekday."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.plan.model import Assessment, ServiceLine
from careplan.stay.day import Day
from careplan.stay.program import Program
from careplan.stay.records import DoseDue
from careplan.stay.schedule.lines import Line, dose_line, session_line, test_line


class Slot(NamedTuple):
    """One session, test or dose. `day` is of the visit's clock, `time` local wall time; `nth` of its line
    on that day. `number` of `of` in this visit (of a course: of this dose line; `of` None where open).
    """

    line: Line
    phase: str
    visit: int
    day: int
    plan_day: int
    time: str | None
    number: int
    of: int | None
    earliest: int  # plan days
    latest: int
    dose: tuple[float, float, str] | None = None
    topic: str | None = None
    times: int = 1  # a dose that is taken so many times on the day


class Lines:
    """The lines of a program, made once."""

    def __init__(self, program: Program):
        self.program = program
        self._known: dict[tuple[str, int, str], Line] = {}

    def of_phase(self, phase: str, place: int, name: str) -> Line:
        """A line of a phase, by its place; `name` is the service's or the measure's."""
        key = (phase, place, name)
        if key not in self._known:
            plan, ready = self.program.plan, self.program.phases[phase]
            line = ready.lines[place].line
            if isinstance(line, ServiceLine):
                self._known[key] = session_line(plan, ready.phase, line)
            else:
                self._known[key] = test_line(plan, ready.phase, line, name)
        return self._known[key]

    def of_course(self, dose: DoseDue) -> Line:
        """A dose line."""
        key = ("", dose.step, dose.medication)
        if key not in self._known:
            medication = self.program.plan.medication(dose.medication)
            self._known[key] = dose_line(self.program.plan, medication, dose.step)
        return self._known[key]


def slots_of(program: Program, days: Iterable[Day]) -> tuple[Slot, ...]:
    """What the days of a stay brought, in their order, numbered."""
    lines = Lines(program)
    found: list[Slot] = []
    counts: Counter[tuple[str, int]] = Counter()
    topics: Counter[str] = Counter()
    ends: dict[tuple[str, int], int] = {}
    for day in days:
        if day.taken is not None and day.taken.direction != "extend":
            ends[day.phase, day.visit] = day.plan_day
        for slot in _of_day(program, lines, day):
            counts[slot.line.key, slot.visit] += 1
            topic = None
            if slot.line.topics:
                topic = slot.line.topics[topics[slot.line.name] % len(slot.line.topics)]
                topics[slot.line.name] += 1
            found.append(slot._replace(number=counts[slot.line.key, slot.visit], topic=topic))
    return tuple(
        slot._replace(
            of=_of(program, slot, counts),
            latest=min(slot.latest, ends.get((slot.phase, slot.visit), slot.latest)),
        )
        for slot in found
    )


def _of(program: Program, slot: Slot, counts: Counter[tuple[str, int]]) -> int | None:
    if slot.line.kind == "dose":
        step = next(s for s in program.plan.medication(slot.line.name).steps if s.span.line == slot.line.line)
        if step.run_times is None and step.run_days is None:
            return None
    return counts[slot.line.key, slot.visit]


def _of_day(program: Program, lines: Lines, day: Day) -> Iterator[Slot]:
    for session in day.due.sessions:
        line = lines.of_phase(day.phase, session.line, session.service)
        yield _slot(program, line, day, session.line, session.time)
    for test in day.due.tests:
        line = lines.of_phase(day.phase, test.line, test.measure)
        yield _slot(program, line, day, test.line, test.time)
    for dose in day.doses:
        if dose.given:
            yield _dose(program, lines.of_course(dose), day, dose)


def _slot(program: Program, line: Line, day: Day, place: int, time: str | None) -> Slot:
    earliest, latest = day.plan_day, day.plan_day
    source = program.phases[day.phase].lines[place].line
    if line.floating and not source.days and not at_a_moment(source):
        first = day.plan_day - (day.day - 1) % 7
        earliest, latest = max(first, 1), first + 6
    elif source.within_days is not None and isinstance(source, ServiceLine) and source.when is not None:
        latest = day.plan_day + source.within_days - 1
    return Slot(line, day.phase, day.visit, day.day, day.plan_day, time, 0, None, earliest, latest)


def at_a_moment(source: ServiceLine | Assessment) -> bool:
    """Whether the line is bound to certain days: each day, or the beginning and the end of the visit."""
    often = source.moments if isinstance(source, Assessment) else (source.frequency,)
    return any(f.kind in ("at-start", "at-end") or (f.period_days or 7) % 7 for f in often)


def _dose(program: Program, line: Line, day: Day, dose: DoseDue) -> Slot:
    medication = program.plan.medication(dose.medication)
    step, spacing = medication.steps[dose.step], medication.spacing
    earliest, latest = day.plan_day, day.plan_day
    often = step.frequency
    if spacing is not None and often is not None and often.kind == "every" and dose.number > 1:
        planned = often.period_days or 1
        earliest = day.plan_day - planned + spacing.low
        latest = day.plan_day - planned + spacing.high if spacing.high is not None else latest
    amount = (dose.low, dose.high, dose.unit)
    return Slot(
        line, day.phase, day.visit, day.day, day.plan_day, None, 0, None, min(earliest, day.plan_day),
        max(latest, day.plan_day), amount, None, dose.times,
    )  # fmt: skip
