"""How much of a drug a course gives: in a dose, on a day, in a week. Always the most that the plan allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.context import Context
from careplan.plan.model import DoseStep, Medication


class Amount(NamedTuple):
    """The most of one dose line and those beside it; the line is the one with the largest dose."""

    step: DoseStep
    dose: float
    day: float  # on the day of the week that has most
    week: float  # in seven days, on average


def amounts(course: Medication) -> Iterator[Amount]:
    """The amounts of each dose line, `also` lines added to the one before; doses as needed are left out."""
    together: list[DoseStep] = []
    for step in course.steps:
        if step.step != "also" and together:
            yield _amount(together)
            together = []
        if step.frequency is None or step.frequency.kind != "as-needed":
            together.append(step)
    if together:
        yield _amount(together)


def first_day(course: Medication) -> float:
    """The most that is given on the day of the first dose."""
    first = course.steps[0] if course.steps else None
    if first is not None and first.ramp is not None:
        return first.ramp.start
    return next((amount.day for amount in amounts(course)), 0.0)


def first_dose(course: Medication) -> float:
    """The most that the first dose can be."""
    if not course.steps:
        return 0.0
    first = course.steps[0]
    return first.high if first.ramp is None else first.ramp.start


def cites_beyond_label(context: Context, course: Medication) -> bool:
    """Whether the course cites something else than a label: a trial or a guideline may go beyond it."""
    strengths = {source.name: source.strength for source in context.plan.sources}
    return any("label" not in strengths.get(cite.source, ()) for cite in course.cites)


def _amount(steps: list[DoseStep]) -> Amount:
    largest = max(steps, key=lambda step: step.high)
    days = [sum(_on(step, weekday) for step in steps) for weekday in range(7)]
    return Amount(largest, largest.high, max(days), sum(_in_a_week(step) for step in steps))


def _on(step: DoseStep, weekday: int) -> float:
    """What the line gives on a weekday, if it is one of its days."""
    if step.weekdays:
        return step.high if weekday in step.weekdays else 0.0
    return step.high * _times_a_day(step)


def _times_a_day(step: DoseStep) -> int:
    often = step.frequency
    if often is None or often.kind != "per" or often.period_days != 1:
        return 1
    return often.high


def _in_a_week(step: DoseStep) -> float:
    if step.weekdays:
        return step.high * len(step.weekdays)
    often = step.frequency
    if often is None:
        return step.high * 7
    if often.kind not in ("per", "every") or not often.period_days:
        return step.high
    return step.high * often.high * 7 / often.period_days
