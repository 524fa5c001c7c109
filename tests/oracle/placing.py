"""On which days of a phase's clock a line comes, by its frequency, weekdays, weeks and days alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from careplan.plan.model import Frequency, Phase, Placement, Stretch

FLOATING = {0: "", 1: "wed", 2: "tue thu", 3: "mon wed fri", 4: "mon tue thu fri", 5: "mon tue wed thu fri",
            6: "mon tue wed thu fri sat", 7: "mon tue wed thu fri sat sun"}  # fmt: skip
NAMES = "mon tue wed thu fri sat sun".split()


def week_of(day: int) -> int:
    return -(-day // 7)


def in_week(count: int, weekdays: Sequence[int], weekday: int) -> int:
    """How many of a week's `count` sessions sit on this weekday."""
    if not weekdays:
        more = [NAMES.index(name) for name in FLOATING[count % 7].split()]
        return count // 7 + (weekday in more)
    placed = [weekdays[number % len(weekdays)] for number in range(count)]
    return placed.count(weekday)


class Calendar:
    """The days of one visit's clock: their weekdays, and the plan days they are.

    It began with the clock's day `start`. What lies before is of no interest to lines in weeks of the plan.
    """

    def __init__(
        self, weekday: Callable[[int], int], plan_day: Callable[[int], int], start: int, last: int
    ) -> None:
        self.weekday = weekday
        self.plan_day = plan_day
        self.start = start
        self.last = last  # how far to look


def _listed(stretches: Sequence[Stretch], number: int) -> bool:
    return any(s.first <= number <= (s.first if s.either else s.last) for s in stretches)


def is_open(line: Placement, day: int, calendar: Calendar) -> bool:
    """Whether the line's weeks, days and plan weeks hold this day of the clock."""
    if line.weeks and not _listed(line.weeks, week_of(day)):
        return False
    if line.days and not _listed(line.days, day):
        return False
    if not line.plan_weeks:
        return True
    return day >= calendar.start and _listed(line.plan_weeks, week_of(calendar.plan_day(day)))


def sessions_on(
    line: Placement, how: Frequency, day: int, calendar: Calendar, phase: Phase, opened: int
) -> int:
    """Sessions on this day of the clock. `opened`: the week that `after N sessions` waited for, 0: none."""
    if how.kind == "once":
        return _once_on(line, day, calendar, opened)
    if how.kind not in ("per", "every", "total") or not is_open(line, day, calendar):
        return 0
    weekday = calendar.weekday(day)
    if how.kind == "total":
        count = _total_in_week(line, how, week_of(day), calendar, phase, opened)
        return in_week(count, line.weekdays, weekday)
    period = how.period_days or 7
    if period == 1:
        return how.low if not line.weekdays or weekday in line.weekdays else 0
    first = next((d for d in range(7 * opened + 1, day + 1) if is_open(line, d, calendar)), day)
    if period % 7 == 0:
        count = _in_block(how, week_of(day) - week_of(first), period // 7)
        return in_week(count, line.weekdays, weekday)
    return _in_block(how, day - first, period)


def _in_block(how: Frequency, offset: int, period: int) -> int:
    """Session i of k falls in unit ceil(i·n/k) of each block of n; `every` in the first."""
    place = offset % period + 1
    if how.kind == "every":
        return int(place == 1)
    return sum(-(-number * period // how.low) == place for number in range(1, how.low + 1))


def _total_in_week(
    line: Placement, how: Frequency, week: int, calendar: Calendar, phase: Phase, opened: int
) -> int:
    """N sessions, spread over the line's weeks, or those of the phase's minimum (or maximum)."""
    if line.weeks or line.days or line.plan_weeks:
        weeks = sorted({week_of(d) for d in range(1, calendar.last + 1) if is_open(line, d, calendar)})
    else:
        least, most = (phase.lasts.low, phase.lasts.high) if phase.lasts else (0, None)
        weeks = list(range(1, week_of(least if least > 1 else most or 7) + 1))
        if weeks[-1] <= opened and most is not None:  # too late for the minimum: up to the maximum
            weeks = list(range(1, week_of(most) + 1))
    weeks = [w for w in weeks if w > opened] or [opened + 1]
    if week not in weeks:
        return 0
    place = weeks.index(week) + 1
    return how.low * place // len(weeks) - how.low * (place - 1) // len(weeks)


def _once_on(line: Placement, day: int, calendar: Calendar, opened: int) -> int:
    """Once for each item of the line's list; with no list in the first week."""
    if line.weeks:
        weeks = [max(s.first, opened + 1) for s in line.weeks if s.last > opened]
        return sum(day == _in_a_week(line, range(7 * w - 6, 7 * w + 1), calendar) for w in weeks)
    if line.days:
        spans = [range(max(s.first, 7 * opened + 1), s.last + 1) for s in line.days if s.last > 7 * opened]
        return sum(day == _first_fitting(line, days, calendar) for days in spans)
    if line.plan_weeks:
        return sum(day == _in_plan_weeks(line, s, calendar, 7 * opened + 1) for s in line.plan_weeks)
    if line.within_days:
        days = range(7 * opened + 1, 7 * opened + line.within_days + 1)
        return int(day == _first_fitting(line, days, calendar))
    return int(day == _in_a_week(line, range(7 * opened + 1, 7 * opened + 8), calendar))


def _in_plan_weeks(line: Placement, weeks: Stretch, calendar: Calendar, first: int) -> int:
    """The first day of the visit, in these weeks of the plan, on which a session can sit; 0: none."""
    wanted = line.weekdays[0] if line.weekdays else NAMES.index(FLOATING[1])
    for day in range(max(first, calendar.start), calendar.last + 1):
        inside = weeks.first <= week_of(calendar.plan_day(day)) <= weeks.last
        if inside and calendar.weekday(day) == wanted:
            return day
    return 0


def _in_a_week(line: Placement, days: range, calendar: Calendar) -> int:
    wanted = line.weekdays[0] if line.weekdays else NAMES.index(FLOATING[1])
    return next(day for day in days if calendar.weekday(day) == wanted)


def _first_fitting(line: Placement, days: range, calendar: Calendar) -> int:
    return next((day for day in days if calendar.weekday(day) in line.weekdays), days.start)
