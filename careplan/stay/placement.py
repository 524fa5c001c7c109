"""On which days of a visit the lines of its phase fall due, as far as the calendar alone decides it.

A line's days are worked out one phase week at a time. Weekdays are calendar weekdays: the visit says on which
weekday its clock's day 0 would lie. Floating sessions sit on fixed weekdays by their count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from careplan.plan.model import Frequency, Placement, Stretch
from careplan.plan.recurrence import FLOATING, in_block, placed, weeks_of


class Calendar(NamedTuple):
    """A visit's place in the calendar.

    `anchor`: the weekday (0 Monday) of clock day 0. `before`: plan days before clock day 1. `low`, `high`:
    the phase's minimum, and its maximum without extensions (None: none), in days. `draw`: what the days of
    tests at random are drawn from. `entered`: the clock's day on which the visit began, where lines
    name weeks of the plan (else 1).
    """

    anchor: int
    before: int
    low: int
    high: int | None
    draw: str = ""
    entered: int = 1

    def weekday(self, day: int) -> int:
        """The weekday of a day of the visit."""
        return (self.anchor + day) % 7


def days_in_week(
    line: Placement, frequency: Frequency, week: int, calendar: Calendar, skipped: int = 0
) -> list[int]:
    """The days of the visit in phase week `week` on which one frequency of a line falls due; twice in the
    list: twice that day. `skipped`: weeks that pass before the line begins. `at end` is for the day's step.
    """
    if frequency.kind in ("throughout", "as-needed", "at-end") or week <= skipped:
        return []
    if frequency.kind == "at-start":
        return [1] if week == 1 else []
    if line.at_random:
        return _drawn(line, _asked_in_week(line, frequency, week, calendar, skipped), week, calendar)
    if frequency.kind == "once":
        return [d for d in _once_days(line, calendar, skipped) if weeks_of(d) == week]
    days = [day for day in _week_days(week) if is_open(line, day, calendar)]
    return _recurring_days(line, frequency, week, days, calendar, skipped)


def is_open(line: Placement, day: int, calendar: Calendar) -> bool:
    """Whether the weeks and days that a line names hold this day of the visit."""
    if line.weeks and not _inside(line.weeks, weeks_of(day)):
        return False
    return _is_named(line, day, calendar)


def _is_named(line: Placement, day: int, calendar: Calendar) -> bool:
    if line.days and not _inside(line.days, day):
        return False
    return not line.plan_weeks or _inside(line.plan_weeks, weeks_of(calendar.before + day))


def _inside(spans: Sequence[Stretch], number: int) -> bool:
    return any(number == s.first if s.either else s.first <= number <= s.last for s in spans)


def _week_days(week: int) -> range:
    return range(7 * week - 6, 7 * week + 1)


# ------------------------------------------------------------------------------------------------ once


def _once_days(line: Placement, calendar: Calendar, skipped: int) -> Iterator[int]:
    """One day for each item of the line's list, or one in its first week."""
    if line.weeks:
        for stretch in line.weeks:
            wanted = (_wanted_day(line, week, calendar) for week in _numbers(stretch) if week > skipped)
            yield from _first(day for day in wanted if _is_named(line, day, calendar))
    elif line.days:
        for stretch in line.days:
            days = [day for day in _numbers(stretch) if day > 7 * skipped]
            yield from _first(_best_first(line, days, calendar))
    elif line.plan_weeks:
        for stretch in line.plan_weeks:
            weeks = (_plan_week(week, calendar) for week in _numbers(stretch))
            on_weekday = (day for days in weeks for day in _on_wanted_weekday(line, days, calendar))
            yield from _first(day for day in on_weekday if day > max(7 * skipped, calendar.entered - 1))
    else:
        first = 7 * skipped + 1
        if line.within_days is None:
            yield _wanted_day(line, skipped + 1, calendar)
        else:
            yield from _first(_best_first(line, range(first, first + line.within_days), calendar))


def _numbers(stretch: Stretch) -> Sequence[int]:
    return (stretch.first, stretch.last) if stretch.either else range(stretch.first, stretch.last + 1)


def _first(days: Iterable[int]) -> list[int]:
    return next(([day] for day in days), [])


def _wanted_weekday(line: Placement) -> int:
    return line.weekdays[0] if line.weekdays else FLOATING[1][0]


def _wanted_day(line: Placement, week: int, calendar: Calendar) -> int:
    return _on_wanted_weekday(line, _week_days(week), calendar)[0]


def _on_wanted_weekday(line: Placement, days: Iterable[int], calendar: Calendar) -> list[int]:
    return [day for day in days if calendar.weekday(day) == _wanted_weekday(line)]


def _best_first(line: Placement, days: Sequence[int], calendar: Calendar) -> list[int]:
    """Days named one by one: those on a weekday of the line, else as they come."""
    return [day for day in days if calendar.weekday(day) in line.weekdays] or list(days)


def _plan_week(week: int, calendar: Calendar) -> list[int]:
    """The days of the visit that lie in a week of the plan."""
    return [day - calendar.before for day in _week_days(week)]


# ------------------------------------------------------------------------------------------- recurring


def _recurring_days(
    line: Placement, frequency: Frequency, week: int, days: list[int], calendar: Calendar, skipped: int
) -> list[int]:
    """`3 per week`, `every 2 weeks`, `daily`, `20 sessions`, on these days of the week."""
    if not days:
        return []
    if frequency.kind == "total":
        weeks = _weeks_to_spread_over(line, calendar, skipped)
        if week not in weeks:
            return []
        place, count = weeks.index(week), len(weeks)
        return _on_weekdays(
            line, frequency.low * (place + 1) // count - frequency.low * place // count, days, calendar
        )
    period = frequency.period_days or 7
    first = _first_week(line, calendar, skipped)
    if period == 1:
        each = [day for day in days if not line.weekdays or calendar.weekday(day) in line.weekdays]
        return [day for day in each for _ in range(frequency.low)]
    if period % 7 == 0:
        count = in_block(frequency, frequency.low, period // 7, week - first)
        return _on_weekdays(line, count, days, calendar)
    begins = next(day for day in _week_days(first) if is_open(line, day, calendar))
    return [
        day
        for day in days
        if day >= begins
        for _ in range(in_block(frequency, frequency.low, period, day - begins))
    ]


def _on_weekdays(line: Placement, count: int, days: list[int], calendar: Calendar) -> list[int]:
    """`count` sessions of one week on the line's weekdays, or on those where floating sessions sit."""
    if not count:
        return []
    pattern = placed(count, line.weekdays)
    return [day for day in days for _ in range(pattern[calendar.weekday(day)])]


def _first_week(line: Placement, calendar: Calendar, skipped: int) -> int:
    """The first phase week after the skipped ones in which the line can fall due."""
    if not (line.weeks or line.days or line.plan_weeks):
        return skipped + 1
    last = max(skipped + 1, _last_week(line, calendar))
    weeks = range(_week_before(line, calendar, skipped) + 1, last + 2)
    return next((w for w in weeks if any(is_open(line, d, calendar) for d in _week_days(w))), skipped + 1)


def _week_before(line: Placement, calendar: Calendar, skipped: int) -> int:
    """The week before the line's first: weeks of the plan that passed elsewhere do not count."""
    return max(skipped, weeks_of(calendar.entered) - 1) if line.plan_weeks else skipped


def _last_week(line: Placement, calendar: Calendar) -> int:
    """The last phase week that the line names."""
    named = [s.last for s in line.weeks] + [weeks_of(s.last) for s in line.days]
    return max(named + [weeks_of(7 * s.last - calendar.before) for s in line.plan_weeks])


def _weeks_to_spread_over(line: Placement, calendar: Calendar, skipped: int) -> list[int]:
    """The weeks that `20 sessions` are spread over: those named, else up to the minimum (or the maximum)."""
    if line.weeks or line.days or line.plan_weeks:
        weeks = range(_week_before(line, calendar, skipped) + 1, _last_week(line, calendar) + 1)
        return [w for w in weeks if any(is_open(line, d, calendar) for d in _week_days(w))] or [skipped + 1]
    days = calendar.low if calendar.low > 1 else (calendar.high or 7)
    if weeks_of(days) <= skipped and calendar.high is not None:
        days = calendar.high  # too late for the minimum
    return list(range(skipped + 1, weeks_of(days) + 1)) or [skipped + 1]


# -------------------------------------------------------------------------------------------- at random


def _asked_in_week(line: Placement, frequency: Frequency, week: int, calendar: Calendar, skipped: int) -> int:
    """How many tests at random a week asks for, wherever in it they fall."""
    whole = list(_week_days(week))
    if not any(is_open(line, day, calendar) for day in whole):
        return 0
    if frequency.kind == "once":
        return sum(1 for d in _once_days(line, calendar, skipped) if weeks_of(d) == week)
    return len(_recurring_days(line, frequency, week, whole, calendar, skipped))


def _drawn(line: Placement, count: int, week: int, calendar: Calendar) -> list[int]:
    """So many days of the week, at most one test a day, drawn from the stay's own lot."""
    if not count:
        return []
    among = [
        day
        for day in _week_days(week)
        if is_open(line, day, calendar) and (not line.weekdays or calendar.weekday(day) in line.weekdays)
    ]
    ranked = sorted(among, key=lambda day: _lot(f"{calendar.draw}/{line.span.start}/{day}"))
    return sorted(ranked[:count])


def _lot(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()
