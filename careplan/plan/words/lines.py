"""How often something comes, and where in the week, in the words of the language."""

from __future__ import annotations

from collections.abc import Sequence

from careplan.plan.model import Assessment, Frequency, Placement, ServiceLine, Stretch
from careplan.plan.words.conditions import condition_words
from careplan.plan.words.sizes import counted, duration_words, every_words, listed, minutes_words, range_words

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def frequency_words(frequency: Frequency) -> str:
    """How often: `3 to 5 per week`, `weekly`, `every 2 weeks`, `20 sessions`, `at start`."""
    period = frequency.period_days or 7
    once_each = frequency.kind == "every" or (frequency.low, frequency.high) == (1, 1)
    if frequency.kind in ("per", "every") and once_each and not frequency.extra and period in (1, 7):
        return "daily" if period == 1 else "weekly"
    if frequency.kind == "every":
        return every_words(period)
    amount = range_words(frequency.low, frequency.high)
    if frequency.kind == "per":
        unit = {1: "day", 7: "week"}.get(period, duration_words(period))
        return f"{amount} extra per {unit}" if frequency.extra else f"{amount} per {unit}"
    if frequency.kind == "total":
        return f"{amount} session" if amount == "1" else f"{amount} sessions"
    return frequency.kind.replace("-", " ")


def weekday_words(weekdays: Sequence[int]) -> str:
    """Weekdays (0 is Monday) as `mon, wed and fri` or `mon to fri`."""
    days = sorted(set(weekdays))
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return listed(WEEKDAYS[day] for day in days)


def stretch_words(stretch: Stretch) -> str:
    """One item of a list of weeks or days: `6`, `1 to 4`, `5 or 6`."""
    if stretch.either:
        return f"{stretch.first} or {stretch.last}"
    return range_words(stretch.first, stretch.last)


def stretches_words(unit: str, stretches: Sequence[Stretch]) -> str:
    """Weeks or days as `week 3`, `week 5 or 6`, `weeks 1 to 4 and 6`; `unit` is the singular."""
    single = len(stretches) == 1 and (stretches[0].either or stretches[0].first == stretches[0].last)
    return f"{unit if single else unit + 's'} {listed(stretch_words(s) for s in stretches)}"


def placement_words(placement: Placement) -> str:
    """Where in the week, in which weeks and for whom, in the order the formatter writes it; may be empty."""
    return " ".join((*_place_words(placement), *_clause_words(placement)))


def _place_words(place: Placement) -> list[str]:
    words = []
    if place.weekdays:
        words.append(f"on {weekday_words(place.weekdays)}")
    if place.times:
        words.append(f"at {listed(place.times)}")
    if isinstance(place, ServiceLine) and place.minutes is not None:
        words.append(f"for {minutes_words(place.minutes)}")
    for unit, stretches in (("week", place.weeks), ("day", place.days), ("plan week", place.plan_weeks)):
        if stretches:
            words.append(f"in {stretches_words(unit, stretches)}")
    if place.within_days is not None:
        words.append(f"within {duration_words(place.within_days)}")
    if place.after_sessions is not None:
        after = place.after_sessions
        words.append(f"after {counted(after.count, 'session')} of {after.service}")
    words += ["at random"] * place.at_random + ["encouraged"] * place.encouraged
    if place.for_days is not None:
        words.append(f"for {duration_words(place.for_days)}")
    return words


def _clause_words(place: Placement) -> list[str]:
    clauses = (("if", place.if_facts), ("while", place.while_), ("when", place.when), ("after", place.after))
    return [f"{word} {condition_words(clause)}" for word, clause in clauses if clause is not None]


def service_line_words(line: ServiceLine) -> str:
    """A service line: `process-group 3 per week on mon, wed and fri at 18:00 if track is evening`."""
    return " ".join(filter(None, (line.service, frequency_words(line.frequency), placement_words(line))))


def assessment_words(assessment: Assessment) -> str:
    """An assessment line: `assess phq-9 at start, every 2 weeks and at end`."""
    moments = listed(frequency_words(moment) for moment in assessment.moments)
    words = ("assess", listed(assessment.measures), moments, placement_words(assessment))
    return " ".join(filter(None, words))
