"""From a plan, a phase and a week to the sheet that is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from careplan.plan.courses import courses
from careplan.plan.facts import Facts, holds
from careplan.plan.model import Assessment, DoseStep, Phase, Placement, Plan, Service, ServiceLine
from careplan.plan.weeks import Count, Line, horizon_weeks, line_weeks, phase_hours
from careplan.plan.words import range_words
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.lines import (
    plain_assessment,
    plain_doses,
    plain_formats,
    plain_length,
    plain_service_line,
)
from careplan.render.plain.words import capital, plain_hours, plain_lasts, plain_stretches
from careplan.render.week.asked import facts_asked, phase_asked, week_asked
from careplan.render.week.courses import steps_in_week
from careplan.render.week.sheet import Card, Day, Dose, Sheet, Strip
from careplan.render.week.slots import slots

L = TypeVar("L", ServiceLine, Assessment)

Placed = list[tuple[int, Card]]  # a weekday (0 is Monday) and what is on it


def week_sheet(plan: Plan, phase_name: str, week: int, facts: Facts | None = None) -> Sheet:
    """The sheet of the phase's week `week`, the first being 1; WeekProblem if there is no such week."""
    phase = phase_asked(plan, phase_name)
    week_asked(phase, week)
    known = facts_asked(plan, facts or {})
    treatment, support = _sessions(plan, phase, week, known)
    tests = _tests(plan, phase, week, known)
    return Sheet(
        plan=plan.label,
        phase=phase.label,
        week=week,
        week_of=_week_of(phase, week),
        hours=_hours(plan, phase, week, known),
        for_whom=tuple(f"{title_of(plan, name)}: {value}" for name, value in known.items()),
        days=tuple(Day(_on(day, treatment), _on(day, support), _on(day, tests)) for day in range(7)),
        doses=tuple(_doses(plan, phase, week)),
        strips=tuple(strip for strip in _strips(plan, phase, week, known) if strip.lines),
    )


def _week_of(phase: Phase, week: int) -> str:
    if phase.lasts is None or phase.lasts.high is None:
        return f"Week {week}"
    return f"Week {week}. This phase lasts {plain_lasts(phase.lasts)}."


def _hours(plan: Plan, phase: Phase, week: int, facts: Facts) -> str:
    for span in phase_hours(plan, phase, facts):
        if span.first_week <= week and (span.last_week is None or week <= span.last_week):
            more = " or more" if span.unknown else ""
            return capital(f"{plain_hours(span.low, span.high)} of treatment{more}") if span.high else ""
    return ""


def _on(day: int, placed: Placed) -> tuple[Card, ...]:
    cards = [card for weekday, card in placed if weekday == day]
    return tuple(sorted(cards, key=lambda card: card.time or "99:99"))


# ------------------------------------------------------------------------------ sessions on their days


def is_settled(place: Placement) -> bool:
    """Whether the sessions have their days beforehand: they hang on nothing that happens on the way."""
    hangs_on = (place.while_, place.when, place.after, place.within_days)
    return all(each is None for each in hangs_on) and not place.days and not place.at_random


def _applies(place: Placement, facts: Facts) -> bool:
    return holds(place.if_facts, facts) is not False


def _sessions(plan: Plan, phase: Phase, week: int, facts: Facts) -> tuple[Placed, Placed]:
    treatment: Placed = []
    support: Placed = []
    for line in phase.services:
        steady = line.frequency.kind not in ("throughout", "as-needed")
        if steady and is_settled(line) and _applies(line, facts):
            service = plan.service(line.service)
            minutes = line.minutes or (service.minutes or 0) + service.break_minutes
            placed = support if service.kind == "support" else treatment
            placed += _placed(plan, phase, week, line, _session_card(service, line), facts, minutes)
    return treatment, support


def _placed(
    plan: Plan, phase: Phase, week: int, line: Line, card: Card, facts: Facts, minutes: int | None = None
) -> Iterator[tuple[int, Card]]:
    count = line_weeks(plan, phase, line, horizon=max(week, horizon_weeks(plan, phase)))[week - 1]
    notes = tuple(_card_notes(plan, line, week, count, facts))
    for slot in slots(count.high, line):
        time = _from_to(slot.time, minutes)
        yield slot.weekday, card._replace(time=time, movable=slot.movable, notes=notes)


def _from_to(start: str, minutes: int | None) -> str:
    """`18:00–21:30`, or just the start where the length is not known."""
    if not minutes or len(start) != 5:
        return start
    end = int(start[:2]) * 60 + int(start[3:]) + minutes
    return f"{start}–{end // 60 % 24:02}:{end % 60:02}"


def _session_card(service: Service, line: ServiceLine) -> Card:
    detail = plain_formats(service)
    repeats = detail.casefold() == service.label.casefold()
    return Card(service.label, length=plain_length(service, line), detail="" if repeats else detail)


def _card_notes(plan: Plan, place: Placement, week: int, count: Count, facts: Facts) -> Iterator[str]:
    choice = [s for s in place.weeks if s.either and s.first <= week <= s.last]
    if choice:
        yield f"in {plain_stretches('week', choice)}"
    elif 0 < count.low < count.high:
        yield f"{range_words(count.low, count.high)} this week"
    if place.after_sessions is not None:
        yield f"after {place.after_sessions.count} of {title_of(plan, place.after_sessions.service)}"
    if place.encouraged:
        yield "encouraged"
    if place.if_facts is not None and holds(place.if_facts, facts) is None:
        yield f"if {plain_condition(plan, place.if_facts)}"


def _tests(plan: Plan, phase: Phase, week: int, facts: Facts) -> Placed:
    placed: Placed = []
    for line in _test_lines(phase):
        if line.moments[0].period_days and is_settled(line) and _applies(line, facts):
            for measure in line.measures:
                placed += _placed(plan, phase, week, line, Card(title_of(plan, measure)), facts)
    return placed


def _test_lines(phase: Phase) -> Iterator[Assessment]:
    """The assessments with one moment each."""
    for assessment in phase.assessments:
        for moment in assessment.moments:
            yield assessment.model_copy(update={"moments": (moment,)})


# ------------------------------------------------------------------------- what holds for the whole week


def _strips(plan: Plan, phase: Phase, week: int, facts: Facts) -> Iterator[Strip]:
    yield Strip("Tests on no fixed day", tuple(_loose_tests(plan, phase, week, facts)))
    yield Strip("Also this week", tuple(_loose_services(plan, phase, week, facts)))


def _doses(plan: Plan, phase: Phase, week: int) -> Iterator[Dose]:
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
        if (steady and is_settled(line)) or not _applies(line, facts) or not _in_week(line, week):
            continue
        yield f"{title_of(plan, line.service)}: {plain_service_line(plan, _without_known(line, facts))}"


def _loose_tests(plan: Plan, phase: Phase, week: int, facts: Facts) -> Iterator[str]:
    for line in _test_lines(phase):
        on_a_day = line.moments[0].period_days and is_settled(line)
        if on_a_day or not _applies(line, facts) or not _moment_in_week(phase, line, week):
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
