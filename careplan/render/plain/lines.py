"""Service lines, assessments, doses and courses in everyday English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careplan.plan.model import Assessment, DoseStep, Format, Placement, Plan, Service, ServiceLine
from careplan.plan.words import counted, duration_words, listed, range_words
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.words import (
    plain_amount,
    plain_frequency,
    plain_period,
    plain_session,
    plain_stretches,
    plain_weekdays,
)


def plain_placement(plan: Plan, place: Placement) -> str:
    """Where in the week, in which weeks and for whom: `on Monday and Friday at 18:00, in weeks 1 to 4`."""
    return ", ".join((*_when_in_week(place), *_which_weeks(plan, place), *_for_whom(plan, place)))


def _when_in_week(place: Placement) -> Iterator[str]:
    times = f"at {listed(place.times)}" if place.times else ""
    if place.weekdays:
        days = plain_weekdays(place.weekdays)
        yield f"{'' if days.startswith('every') else 'on '}{days} {times}".strip()
    elif times:
        yield times
    if place.at_random:
        yield "on days not told in advance"
    if place.within_days is not None:
        yield f"within {duration_words(place.within_days)}"


def _which_weeks(plan: Plan, place: Placement) -> Iterator[str]:
    if place.weeks:
        yield f"in {plain_stretches('week', place.weeks)}"
    if place.days:
        yield f"on {plain_stretches('day', place.days)} of this phase"
    if place.plan_weeks:
        yield f"in {plain_stretches('week', place.plan_weeks)} of your whole treatment"
    if place.after_sessions is not None:
        after = place.after_sessions
        yield f"after {counted(after.count, 'session')} of {title_of(plan, after.service)}"
    if place.for_days is not None:
        yield f"for {duration_words(place.for_days)}"


def _for_whom(plan: Plan, place: Placement) -> Iterator[str]:
    if place.encouraged:
        yield "encouraged, not required"
    clauses = (
        ("if", place.if_facts),
        ("as long as", place.while_),
        ("when", place.when),
        ("after", place.after),
    )
    for word, clause in clauses:
        if clause is not None:
            yield f"{word} {plain_condition(plan, clause)}"


def plain_service_line(plan: Plan, line: ServiceLine) -> str:
    """How often and where in the week a service comes, without its title."""
    if line.frequency.kind == "once" and len(line.weeks) > 1:
        rest = line.model_copy(update={"weeks": ()})
        return ", ".join(filter(None, (_once_each(line), plain_placement(plan, rest))))
    return ", ".join(filter(None, (plain_frequency(line.frequency), plain_placement(plan, line))))


def _once_each(line: ServiceLine) -> str:
    """`once in weeks 5 to 6` is one session, `in weeks 3, 7 and 11` is one in each."""
    if all(week.first == week.last for week in line.weeks):
        return f"once each in {plain_stretches('week', line.weeks)}"
    return listed(f"once in {plain_stretches('week', (week,))}" for week in line.weeks)


def plain_assessment(plan: Plan, assessment: Assessment) -> str:
    """When measures are taken, without their titles."""
    moments = listed(plain_frequency(moment) for moment in assessment.moments)
    return ", ".join(filter(None, (moments, plain_placement(plan, assessment))))


def plain_format(form: Format) -> str:
    """`group of 6 to 12 people`, `individual`, `family group`."""
    kind = {"individual": "one to one", "family": "family session"}.get(form.kind, form.kind)
    return kind if form.low is None else f"{kind} of {range_words(form.low, form.high or form.low)} people"


def plain_formats(service: Service) -> str:
    """How a service is held and where: `one to one, in person or telehealth`; may be empty."""
    held = listed((plain_format(form) for form in service.formats), last="or")
    where = listed((way.replace("-", " ") for way in service.delivery), last="or")
    return ", ".join(filter(None, (held, where)))


def plain_length(service: Service, line: ServiceLine | None = None) -> str:
    """How long one session is; empty where the plan does not say."""
    own = line.minutes if line is not None else None
    if own is not None:
        return plain_session(own)
    return plain_session(service.minutes, service.break_minutes) if service.minutes else ""


def plain_dose(step: DoseStep) -> str:
    """One dose step: `16 to 24 mg every day`, `4 mg every day for 1 day`, `down by 5 mg every 3 days …`."""
    if step.ramp is not None:
        ramp = step.ramp
        ends = (plain_amount(n, n, step.unit) for n in (ramp.start, ramp.end, ramp.by))
        start, end, by = ends
        way = "down" if ramp.end < ramp.start else "up"
        return f"from {start} {way} to {end}, by {by} {plain_period(ramp.every_days)}"
    words = [plain_amount(step.low, step.high, step.unit)]
    if step.frequency is not None:
        words.append(plain_frequency(step.frequency))
    if step.weekdays:
        words.append(f"on {plain_weekdays(step.weekdays)}")
    if step.run_days is not None:
        words.append(f"for {duration_words(step.run_days)}")
    if step.run_times is not None:
        words.append(f"({counted(step.run_times, 'time')})")
    return " ".join(words)


def plain_doses(steps: Iterable[DoseStep]) -> str:
    """Dose steps one after another: `4 mg every day for 1 day, then 8 mg every day`."""
    words = ""
    for step in steps:
        link = (" and also " if step.step == "also" else ", then ") if words else ""
        words += link + plain_dose(step)
    return words
