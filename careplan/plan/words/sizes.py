"""Numbers, lengths of time and lists in the words of the language."""

from __future__ import annotations

from collections.abc import Iterable


def number_words(value: float) -> str:
    """A number without a needless fraction: `8`, `0.5`."""
    return str(int(value)) if value == int(value) else repr(float(value))


def range_words(low: float, high: float) -> str:
    """`6` or `6 to 12`."""
    return number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def counted(count: float, noun: str) -> str:
    """`1 week`, `2 weeks`."""
    return f"{number_words(count)} {noun}" if count == 1 else f"{number_words(count)} {noun}s"


def duration_words(days: int) -> str:
    """Whole days as `8 weeks` where they are whole weeks, else as `10 days`."""
    return counted(days // 7, "week") if days and days % 7 == 0 else counted(days, "day")


def duration_range_words(low: int, high: int) -> str:
    """Two lengths in days as `8 to 16 weeks` or `10 to 28 days`."""
    if low == high:
        return duration_words(high)
    if low % 7 == 0 and high % 7 == 0 and low:
        return f"{low // 7} to {high // 7} weeks"
    return f"{low} to {high} days"


def minutes_words(minutes: int) -> str:
    """Minutes as `90 min`, or as `3 hours` from two full hours on."""
    return f"{minutes // 60} hours" if minutes >= 120 and minutes % 60 == 0 else f"{minutes} min"


def every_words(days: int) -> str:
    """A period in days as `every day`, `every week`, `every 2 weeks`, `every 10 days`."""
    return {1: "every day", 7: "every week"}.get(days, f"every {duration_words(days)}")
