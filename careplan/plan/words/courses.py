"""The blocks of medication: courses, and drugs of the plan's own formulary."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import DayRange, DoseRate, Drug, Medication, Monitor, Start, TakeHome
from careplan.plan.words.care import dose_words
from careplan.plan.words.conditions import condition_words
from careplan.plan.words.lines import frequency_words
from careplan.plan.words.sizes import duration_range_words, duration_words, listed, range_words
from careplan.plan.words.texts import common_lines, listed_words, quoted, word_or_text


def medication_lines(course: Medication) -> Iterator[str]:
    """The lines of a medication."""
    yield f"drug {course.drug}"
    if course.forms:
        yield f"form {listed_words(course.forms)}"
    if course.staff:
        yield f"staff {listed_words(course.staff)}"
    if course.start is not None:
        yield start_words(course.start)
    yield from (dose_words(step) for step in course.steps)
    if course.spacing is not None:
        yield f"keep {_days(course.spacing)} between doses"
    if course.fallback is not None:
        yield f"if start fails use {course.fallback}"
    yield from (f"continue through {phase}" for phase in course.continue_through)
    yield from _ends(course)
    if course.on_return is not None:
        yield f"on return {course.on_return}"
    yield from (_monitor(monitor) for monitor in course.monitors)
    yield from (_take_home(band) for band in course.take_home)
    yield from common_lines(course)


def _ends(course: Medication) -> Iterator[str]:
    yield from (f"stop at end of {phase}" for phase in course.stop_at_end_of)
    if course.stop_when is not None:
        yield f"stop when {condition_words(course.stop_when)}"
    yield from (f"hold when {condition_words(hold)}" for hold in course.holds)
    yield from (f"on discharge as {each.outcome} {each.action}" for each in course.discharges)


def start_words(start: Start) -> str:
    """Where and when a course may start: `start in residential within 3 days when cows >= 12`."""
    words = ["start"]
    if start.phases:
        words.append(f"in {listed(start.phases)}")
    if start.within_days is not None:
        words.append(f"within {duration_words(start.within_days)}")
    if start.when is not None:
        words.append(f"when {condition_words(start.when)}")
    return " ".join(words)


def _days(days: DayRange) -> str:
    if days.high is None:
        return f"at least {duration_words(days.low)}"
    if days.low == days.high:
        return f"{days.low} to {days.high} days"
    return duration_range_words(days.low, days.high)


def _monitor(monitor: Monitor) -> str:
    moments = listed(frequency_words(moment) for moment in monitor.moments)
    return f"monitor {listed(word_or_text(what) for what in monitor.what)} {moments}"


def _take_home(band: TakeHome) -> str:
    last = f" to day {band.last}" if band.last is not None else ""
    return f"take-home up to {duration_words(band.supply_days)} from day {band.first}{last}"


def drug_lines(drug: Drug) -> Iterator[str]:
    """The lines of an entry of the formulary."""
    yield f"class {drug.drug_class}"
    for lead, words in (("form", drug.forms), ("route", drug.routes), ("brand", drug.brands)):
        if words:
            yield f"{lead} {listed_words(words)}"
    if drug.ingredients:
        yield f"ingredient {', '.join(drug.ingredients)}"
    for lead, rate in (("first dose", drug.first_dose), ("usual", drug.usual), ("maximum", drug.maximum)):
        if rate is not None:
            yield f"{lead} {_rate(rate)}"
    if drug.no_maximum:
        yield "no maximum"
    if drug.interval is not None:
        yield f"interval {_days(drug.interval)}"
    yield from (f"needs {quoted(need)}" for need in drug.needs)
    yield from (_monitor(monitor) for monitor in drug.monitors)
    yield from common_lines(drug)


def _rate(rate: DoseRate) -> str:
    amount = f"{range_words(rate.low, rate.high)} {rate.unit}"
    return amount if rate.per == "dose" else f"{amount} per {rate.per}"
