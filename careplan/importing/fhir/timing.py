"""FHIR's lengths of time and timings in the words of the language."""

from __future__ import annotations

from typing import Any, NamedTuple

from careplan.importing.fhir.seen import Seen
from careplan.plan.words.lines import WEEKDAYS, weekday_words
from careplan.plan.words.sizes import duration_words, listed, range_words

_DAYS = {"d": 1, "wk": 7}
_MINUTES = {"min": 1, "h": 60}
_LONG = {"mo": "months", "a": "years"}


class Said(NamedTuple):
    """Words of the language (None: it cannot be said), and what is lost in them."""

    words: str | None
    lost: tuple[str, ...] = ()


def whole_days(length: Seen) -> tuple[int | None, str]:
    """A length in whole days, or None and why not."""
    value, unit = length.value("value"), length.words("code") or length.words("unit")
    length.value("unit")
    length.value("system")
    unit = {"day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo"}.get(
        unit, unit
    )
    if unit in _LONG:
        return None, f"{value:g} {_LONG[unit]}: they differ in length; write weeks or days"
    if (
        unit not in _DAYS
        or not isinstance(value, int | float)
        or value * _DAYS[unit] != int(value * _DAYS[unit])
    ):
        return None, f"{value} {unit}: not a whole number of days"
    days = int(value * _DAYS[unit])
    return (days, "") if days > 0 else (None, "a length of no days")


def minutes_of(value: Any, unit: str) -> int | None:
    """A length in whole minutes; None if it is none, or not of this size."""
    if unit not in _MINUTES or not isinstance(value, int | float):
        return None
    minutes = value * _MINUTES[unit]
    return int(minutes) if minutes == int(minutes) and 0 < minutes <= 24 * 60 else None


def rate(repeat: Seen) -> Said:
    """How often: `3 per week on mon, wed and fri at 18:00`."""
    weekdays = [WEEKDAYS.index(day) for day in repeat.value("dayOfWeek") or [] if day in WEEKDAYS]
    times = [str(time)[:5] for time in repeat.value("timeOfDay") or []]
    often, lost = _often(repeat, len(set(weekdays)))
    if often is None:
        return Said(None, lost)
    words = [often]
    if weekdays:
        words.append(f"on {weekday_words(weekdays)}")
    if len(times) == 1:
        words.append(f"at {times[0]}")
    elif times:
        lost = (*lost, f"the times of day {listed(times)}")
    return Said(" ".join(words), lost)


def _often(repeat: Seen, weekdays: int) -> tuple[str | None, tuple[str, ...]]:
    frequency, most = repeat.value("frequency") or 1, repeat.value("frequencyMax")
    period, unit = repeat.value("period"), repeat.words("periodUnit")
    count, counts = repeat.value("count"), repeat.value("countMax")
    amount = range_words(frequency, most or frequency)
    if weekdays:
        lost = () if frequency in (1, weekdays) else (f"{frequency} times on {weekdays} weekdays",)
        if unit == "wk" and period not in (None, 1):
            return f"{weekdays} per {duration_words(7 * int(period))}", lost
        return (f"{weekdays} per week" if weekdays > 1 else "weekly"), lost
    if period is None:
        if count is None:
            return None, ()
        return (
            "once" if count == 1 and not counts else f"{range_words(count, counts or count)} sessions"
        ), ()
    lost = (f"no more than {count} times in all",) if count is not None else ()
    if unit not in _DAYS or period != int(period):
        return None, (f"every {period:g} {_LONG.get(unit, unit)}: write days or weeks",)
    days = int(period) * _DAYS[unit]
    if amount == "1":
        return {1: "daily", 7: "weekly"}.get(days, f"every {duration_words(days)}"), lost
    return f"{amount} per {({1: 'day', 7: 'week'}).get(days) or duration_words(days)}", lost
