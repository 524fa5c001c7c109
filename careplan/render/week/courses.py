"""Which medications can be running in a phase, and which of their doses in one of its weeks."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import DoseStep, Exit, Medication, Phase, Plan

LONG = 10_000  # days; longer than any step


def courses_in(plan: Plan, phase: Phase) -> list[Medication]:
    """The medications that can be running in the phase, in the plan's order."""
    return [course for course in plan.medications if phase.name in phases_of(plan, course)]


def phases_of(plan: Plan, course: Medication) -> set[str]:
    """The names of the phases in which the course can be running."""
    by_name = {phase.name: phase for phase in plan.phases}
    waiting = [name for name in _start_phases(plan, course) if name in by_name]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            ways = plan.exits_of(by_name[name])
            waiting += [w.target for w in ways if w.target in by_name and _goes_along(course, name, w)]
    return reached


def _start_phases(plan: Plan, course: Medication) -> tuple[str, ...]:
    if course.start is not None and course.start.phases:
        return course.start.phases
    if any(other.fallback == course.name for other in plan.medications):
        instead_of = [other for other in plan.medications if other.fallback == course.name]
        return tuple(name for other in instead_of for name in (other.start.phases if other.start else ()))
    return tuple(phase.name for phase in plan.phases)


def _goes_along(course: Medication, phase: str, way: Exit) -> bool:
    """A course ends with its last phase, but a step up never stops it."""
    if phase in course.stop_at_end_of:
        return False
    return phase not in course.continue_through or way.direction == "step up"


def steps_in_week(plan: Plan, course: Medication, phase: Phase, week: int) -> tuple[DoseStep, ...]:
    """The dose steps that a person may be on in that phase week, in order; empty if none can be running."""
    if phase.name in _start_phases(plan, course):
        at_once = course.start is None or course.start.when is None
        return _steps_between(course, 7 * (week - 1) + 1 if at_once else 1, 7 * week)
    return tuple(step for step in course.steps if _days(step) == LONG) or course.steps


def _steps_between(course: Medication, first: int, last: int) -> tuple[DoseStep, ...]:
    """The steps that touch course days `first` to `last`."""
    return tuple(step for step, begin, end in _clocked(course) if begin <= last and end >= first)


def _clocked(course: Medication) -> Iterator[tuple[DoseStep, int, int]]:
    """Each step with its first and last course day."""
    day = 1
    begin = 1
    for step in course.steps:
        begin = begin if step.step == "also" else day
        end = begin + _days(step) - 1
        yield step, begin, end
        day = max(day, end + 1)


def _days(step: DoseStep) -> int:
    if step.run_days is not None:
        return step.run_days
    if step.ramp is not None:
        changes = -(-abs(step.ramp.end - step.ramp.start) // (step.ramp.by or 1))
        return int(changes + 1) * step.ramp.every_days
    if step.run_times is not None:
        period = step.frequency.period_days if step.frequency and step.frequency.period_days else 7
        return step.run_times * period
    return LONG
