"""Which medication courses can run in which phase, and how far their doses have come.

A course day counts from the first dose. A phase is looked at on ways that enter no phase twice; the days are
the fewest and the most that are possible there.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from careplan.plan.graph import reached, ways_of
from careplan.plan.model import DoseStep, Exit, Medication, Phase, Plan
from careplan.plan.starts import MOST_STEPS, days_at_exit

_FOR_EVER = 1_000_000  # days that an open dose line lasts

Role = Literal["starts", "may start", "if another fails", "goes on"]


class Course(NamedTuple):
    """A course in a phase: course days `first` to `last` (None: no limit) and the dose lines reached then."""

    medication: str
    phase: str
    role: Role
    first: int
    last: int | None
    steps: tuple[DoseStep, ...]


class _Reach(NamedTuple):
    first: int
    last: int | None


def courses(plan: Plan) -> tuple[Course, ...]:
    """Every course in every phase where it can run, by phase and then by medication, as written."""
    found = {medication.name: _where(plan, medication) for medication in plan.medications}
    return tuple(
        Course(m.name, phase.name, role, reach.first, reach.last, steps_between(m, reach.first, reach.last))
        for phase in plan.phases
        for m in plan.medications
        if phase.name in found[m.name]
        for reach, role in [found[m.name][phase.name]]
    )


def step_days(step: DoseStep) -> int | None:
    """How many days a dose line takes, None for an open one."""
    if step.run_days is not None:
        return step.run_days
    if step.ramp is not None and step.ramp.by:
        stages = int(abs(step.ramp.end - step.ramp.start) / step.ramp.by + 1e-9) + 1
        return stages * step.ramp.every_days
    frequency = step.frequency
    if frequency is not None and frequency.kind == "once":
        return 1
    if step.run_times is None:
        return None
    if frequency is None:
        return 7 * -(-step.run_times // max(len(step.weekdays), 1))
    return -(-step.run_times * (frequency.period_days or 1) // max(frequency.low, 1))


def steps_between(medication: Medication, first: int, last: int | None) -> tuple[DoseStep, ...]:
    """The dose lines that fall in course days `first` to `last`; an `also` line goes with the one before."""
    found: list[DoseStep] = []
    begin, end = 1, 0
    for step in medication.steps:
        if step.step != "also":
            begin = end + 1
            end = begin + (step_days(step) or _FOR_EVER) - 1
        if (last is None or begin <= last) and end >= first:
            found.append(step)
    return tuple(found)


def _where(plan: Plan, medication: Medication) -> dict[str, tuple[_Reach, Role]]:
    """The phases that the course can run in."""
    found: dict[str, tuple[_Reach, Role]] = {}
    begins = _start_phases(plan, medication)
    phases = {p.name: p for p in plan.phases}
    waiting: list[tuple[str, int, int | None, frozenset[str]]] = [(n, 1, 0, frozenset()) for n in begins]
    for _ in range(MOST_STEPS):
        if not waiting:
            break
        name, first, before, seen = waiting.pop()
        phase = phases[name]
        last = None if before is None or phase.longest is None else before + phase.longest
        found[name] = (_wider(found.get(name), _Reach(first, last)), begins.get(name, "goes on"))
        certain = bool(seen) or begins.get(name) == "starts"
        for exit_ in plan.exits_of(phase):
            target = exit_.target
            if target in phases and target not in {*seen, name} and goes_on(medication, phase, exit_):
                least = days_at_exit(plan, phase, exit_)[0] if certain else 1
                waiting.append((str(target), first + least, last, seen | {name}))
    return found


def goes_on(medication: Medication, phase: Phase, exit_: Exit) -> bool:
    """Whether a running course is still running after this exit from the phase."""
    if phase.name in medication.stop_at_end_of:
        return False
    return exit_.direction == "step up" or phase.name not in medication.continue_through


def _start_phases(plan: Plan, medication: Medication) -> dict[str, Role]:
    """The phases in which the first dose can be given, and how."""
    names = {phase.name for phase in plan.phases}
    start = medication.start
    failing = [m for m in plan.medications if m.fallback == medication.name]
    if failing:  # tried from the day after the failed start, in any phase from there on
        steps = {name: [way.target for way in ways] for name, ways in ways_of(plan).items()}
        after = reached(steps, [n for m in failing if m.start for n in m.start.phases])
        return dict.fromkeys(start.phases if start and start.phases else after & names, "if another fails")
    if start is None:
        return {}
    role: Role = "starts" if start.when is None and start.phases else "may start"
    return dict.fromkeys(names.intersection(start.phases) if start.phases else names, role)


def _wider(known: tuple[_Reach, Role] | None, more: _Reach) -> _Reach:
    if known is None:
        return more
    reach = known[0]
    last = None if reach.last is None or more.last is None else max(reach.last, more.last)
    return _Reach(min(reach.first, more.first), last)
