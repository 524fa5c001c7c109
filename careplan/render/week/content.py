"""From a plan, a phase and a week to the sheet that is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.facts import Facts, holds
from careplan.plan.model import Phase, Placement, Plan, Service, ServiceLine
from careplan.plan.weeks import Count, Line, horizon_weeks, line_weeks, phase_hours
from careplan.plan.words import range_words
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.lines import plain_formats, plain_length
from careplan.render.plain.words import capital, plain_hours, plain_lasts, plain_stretches
from careplan.render.week.asked import facts_asked, phase_asked, week_asked
from careplan.render.week.settled import applies, is_settled, single_moments
from careplan.render.week.sheet import Card, Day, Sheet
from careplan.render.week.slots import slots
from careplan.render.week.strips import doses, strips

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
        doses=tuple(doses(plan, phase, week)),
        strips=tuple(strip for strip in strips(plan, phase, week, known) if strip.lines),
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


def _sessions(plan: Plan, phase: Phase, week: int, facts: Facts) -> tuple[Placed, Placed]:
    treatment: Placed = []
    support: Placed = []
    for line in phase.services:
        steady = line.frequency.kind not in ("throughout", "as-needed")
        if steady and is_settled(line) and applies(line, facts):
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
    for line in single_moments(phase, week):
        if line.moments[0].period_days and is_settled(line) and applies(line, facts):
            for measure in line.measures:
                placed += _placed(plan, phase, week, line, Card(title_of(plan, measure)), facts)
    return placed
