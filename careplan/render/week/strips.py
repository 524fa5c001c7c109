"""What holds for the whole week: medication, tests without a day, and what depends on how things go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from careplan.plan.courses import courses
from careplan.plan.facts import Facts, holds
from careplan.plan.model import Assessment, DoseStep, Phase, Placement, Plan, ServiceLine
from careplan.plan.words import counted
from careplan.render.plain.conditions import title_of
from careplan.render.plain.lines import plain_assessment, plain_doses, plain_service_line
from careplan.render.week.courses import steps_in_week
from careplan.render.week.settled import applies, is_settled, single_moments
from careplan.render.week.sheet import Dose, Strip

L = TypeVar("L", ServiceLine, Assessment)


def strips(plan: Plan, phase: Phase, week: int, facts: Facts) -> Iterator[Strip]:
    """What belongs to no day of the week; a strip may be without lines."""
    yield Strip("Tests on no fixed day", tuple(_loose_tests(plan, phase, week, facts)))
    yield Strip("Also this week", tuple(_loose_services(plan, phase, week, facts)))
    if phase.longest is not None and phase.longest < 7 * week:
        ends = (
            f"This phase ends {counted(phase.longest - 7 * (week - 1), 'day')} into this week at the latest."
        )
        yield Strip("Please note", (f"{ends} What comes after that day is no longer due.",))


def doses(plan: Plan, phase: Phase, week: int) -> Iterator[Dose]:
    """The medications that may be running, with their doses."""
    for course in courses(plan):
        steps = steps_in_week(plan, course, week) if course.phase == phase.name else ()
        if steps:
            medication = plan.medication(course.medication)
            asked = medication.start is not None and medication.start.when is not None
            chosen = ", if it is prescribed for you" if asked or medication.start is None else ""
            yield Dose(medication.label, plain_doses(steps) + chosen, all(map(_is_daily, steps)))


def _is_daily(step: DoseStep) -> bool:
    return step.ramp is not None or (step.frequency is not None and step.frequency.period_days == 1)


def _loose_services(plan: Plan, phase: Phase, week: int, facts: Facts) -> Iterator[str]:
    for line in phase.services:
        steady = line.frequency.kind not in ("throughout", "as-needed")
        if (steady and is_settled(line)) or not applies(line, facts) or not _in_week(line, week):
            continue
        yield f"{title_of(plan, line.service)}: {plain_service_line(plan, _without_known(line, facts))}"


def _loose_tests(plan: Plan, phase: Phase, week: int, facts: Facts) -> Iterator[str]:
    for line in single_moments(phase, week):
        on_a_day = line.moments[0].period_days and is_settled(line)
        if on_a_day or not applies(line, facts) or not _moment_in_week(phase, line, week):
            continue
        titles = ", ".join(title_of(plan, measure) for measure in line.measures)
        yield f"{titles}: {plain_assessment(plan, _without_known(line, facts))}"


def _without_known(line: L, facts: Facts) -> L:
    known = line.if_facts is not None and holds(line.if_facts, facts)
    return line.model_copy(update={"if_facts": None}) if known else line


def _in_week(place: Placement, week: int) -> bool:
    in_weeks = not place.weeks or any(s.first <= week <= s.last for s in place.weeks)
    days = range(7 * week - 6, 7 * week + 1)
    in_days = not place.days or any(s.first <= day <= s.last for s in place.days for day in days)
    return in_weeks and in_days


def _moment_in_week(phase: Phase, line: Assessment, week: int) -> bool:
    kind = line.moments[0].kind
    if kind == "at-start":
        return week == 1
    if kind == "at-end":
        return phase.lasts is None or 7 * week >= max(phase.lasts.low, 1)
    return _in_week(line, week)
