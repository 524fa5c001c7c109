"""Sizes, times and frequencies in everyday English."""

from __future__ import annotations

from collections.abc import Sequence

from careplan.plan.model import Frequency, Lasts, Level, Stretch
from careplan.plan.words import (
    counted,
    duration_range_words,
    duration_words,
    listed,
    number_words,
    range_words,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def capital(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]


def small_number(count: int) -> str:
    """A count up to ten as a word, a larger one in figures."""
    return SMALL[count] if 0 <= count < len(SMALL) else str(count)


def sentence(words: str) -> str:
    """The words with a capital first letter and a full stop."""
    words = words.strip()
    return capital(words) + ("" if not words or words.endswith((".", "!", "?")) else ".")


def plain_minutes(minutes: int) -> str:
    """Minutes as `50 minutes`, `1 hour`, `1½ hours`, `3 hours`."""
    whole, rest = divmod(minutes, 60)
    if minutes < 60 or rest not in (0, 30):
        return counted(minutes, "minute")
    half = "½" if rest else ""
    return "1 hour" if (whole, rest) == (1, 0) else f"{whole}{half} hours"


def plain_session(minutes: int, break_minutes: int = 0) -> str:
    """How long a session is: `3 hours plus a 30-minute break`."""
    pause = f" plus a {break_minutes}-minute break" if break_minutes else ""
    return f"{plain_minutes(minutes)}{pause}"


def plain_hours(low: float, high: float) -> str:
    """Minutes per week as `10.8 to 12.5 hours`; less than two hours stay minutes, `up to 50 minutes`."""
    if high == 0:
        return "none"
    unit = "minutes" if high < 120 else "hours"
    low, high = (low, high) if high < 120 else (round(low / 60, 1), round(high / 60, 1))
    return f"up to {number_words(high)} {unit}" if low == 0 else f"{range_words(low, high)} {unit}"


def plain_lasts(lasts: Lasts) -> str:
    """How long a phase lasts: `8 to 16 weeks`, `at least 4 weeks`, `up to 28 days`."""
    if lasts.high is None:
        return (
            f"at least {duration_words(lasts.low)}, with no fixed end" if lasts.low else "with no fixed end"
        )
    if lasts.until is not None or lasts.low <= 1 < lasts.high:
        return f"up to {duration_words(lasts.high)}"
    return duration_range_words(lasts.low, lasts.high)


def plain_level(level: Level) -> str:
    """A level of care as words: `3.7, co-occurring enhanced`."""
    return ", ".join((level.code, *(e.replace("-", " ") for e in level.enhancements)))


def plain_times(low: int, high: int) -> str:
    """`once`, `twice`, `3 times`, `3 to 5 times`."""
    if low == high and low in (1, 2):
        return ("once", "twice")[low - 1]
    return f"{range_words(low, high)} times"


def plain_period(days: int) -> str:
    """`every day`, `every week`, `every 2 weeks`."""
    return {1: "every day", 7: "every week"}.get(days, f"every {duration_words(days)}")


def plain_frequency(frequency: Frequency) -> str:
    """How often something comes: `3 times a week`, `every 2 weeks`, `20 sessions in all`."""
    kind, period = frequency.kind, frequency.period_days or 7
    if kind == "per":
        unit = {1: "a day", 7: "a week"}.get(period, f"in every {duration_words(period)}")
        once = (frequency.low, frequency.high) == (1, 1) and not frequency.extra
        if once and period in (1, 7):
            return plain_period(period)
        times = plain_times(frequency.low, frequency.high)
        return f"{times} {unit}, on top of the others" if frequency.extra else f"{times} {unit}"
    if kind == "every":
        return plain_period(period)
    if kind == "total":
        noun = "session" if frequency.high == 1 else "sessions"
        return f"{range_words(frequency.low, frequency.high)} {noun} in all"
    return {
        "once": "once",
        "throughout": "throughout this phase",
        "as-needed": "when needed",
        "at-start": "at the start",
        "at-end": "at the end",
    }[kind]


def plain_weekdays(weekdays: Sequence[int]) -> str:
    """`Monday, Wednesday and Friday`, `Monday to Friday`, `every day of the week`."""
    days = sorted(set(weekdays))
    if len(days) == 7:
        return "every day of the week"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return listed(DAYS[day] for day in days)


def plain_stretches(unit: str, stretches: Sequence[Stretch]) -> str:
    """`week 5 or 6`, `weeks 1 to 4 and 6`; `unit` is the singular."""
    single = len(stretches) == 1 and (stretches[0].either or stretches[0].first == stretches[0].last)
    items = (f"{s.first} or {s.last}" if s.either else range_words(s.first, s.last) for s in stretches)
    return f"{unit if single else unit + 's'} {listed(items)}"


def plain_amount(low: float, high: float, unit: str) -> str:
    """An amount with its unit: `16 to 24 mg`."""
    return f"{range_words(low, high)} {unit}"


def plain_percent(value: float) -> str:
    """`80%`."""
    return f"{number_words(value)}%"
