"""When a line of a phase falls due: its sessions, each in one of a few phase weeks.

A line's frequency can be a range (`3 to 5 per week`); everything here is worked out for one choice of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.plan.model import Frequency, Lasts, Placement, Stretch
from careplan.plan.starts import DaysBefore

# The weekdays (0 is Monday) on which so many floating sessions of one week sit.
FLOATING: tuple[tuple[int, ...], ...] = (
    (),
    (2,),
    (1, 3),
    (0, 2, 4),
    (0, 1, 3, 4),
    (0, 1, 2, 3, 4),
    (0, 1, 2, 3, 4, 5),
)


class Item(NamedTuple):
    """`low` to `high` sessions that fall in one of `weeks` (of the phase)."""

    weeks: tuple[int, ...]
    low: int
    high: int


class Visit(NamedTuple):
    """One visit to a phase: its planned length, the weeks looked at, and the days after which it is left."""

    lasts: Lasts | None
    longest: int | None  # days, extensions counted
    weeks: int
    before: DaysBefore  # days of the stay that lie before the visit
    days: int | None = None  # None: every week looked at is whole
    skipped: int = 0  # weeks that pass before the line can begin


class OpenWeek(NamedTuple):
    """The days of a phase week (1 to 7) on which a line may fall due; `sure` if it is so for everyone."""

    week: int
    days: tuple[int, ...]
    sure: bool


def items(line: Placement, frequency: Frequency, times: int, visit: Visit) -> list[Item]:
    """The sessions of a line at `times` per period, for someone its `if` holds for."""
    found = _items(line, frequency, times, visit)
    if is_owed(line, frequency):
        return found
    return [Item(item.weeks, 0, item.high) for item in found]


def is_owed(line: Placement, frequency: Frequency) -> bool:
    """Whether the line's sessions come in any case: not urged only, nor hanging on how the stay goes."""
    hanging = (line.while_, line.when, line.after)
    return not (line.encouraged or frequency.extra or any(c is not None for c in hanging))


def choices(frequency: Frequency) -> range:
    """The numbers of sessions among which the clinician may choose."""
    if frequency.kind in ("per", "total"):
        return range(frequency.low, max(frequency.low, frequency.high) + 1)
    return range(1, 2)


def placed(times: int, weekdays: Sequence[int]) -> list[int]:
    """Sessions on each weekday (0 is Monday) when a week has `times` of them."""
    pattern = [0] * 7
    days = weekdays or range(7)
    each, more = divmod(times, len(days))
    for day in days:
        pattern[day] += each
    for day in weekdays[:more] if weekdays else FLOATING[more]:
        pattern[day] += 1
    return pattern


def within(pattern: list[int], days: tuple[int, ...]) -> tuple[int, int]:
    """The fewest and the most sessions of a weekly pattern on these days of a phase week.

    A phase may begin on any weekday, so day 1 of its weeks may be any.
    """
    if len(days) == 7:
        return sum(pattern), sum(pattern)
    counts = [sum(pattern[(first + day - 1) % 7] for day in days) for first in range(7)]
    return min(counts), max(counts)


def open_weeks(line: Placement, visit: Visit) -> list[OpenWeek]:
    """The weeks of the visit in which the line may fall due, with the days."""
    found = (_open_week(line, week, visit) for week in range(1, visit.weeks + 1))
    return [each for each in found if each.days]


def _open_week(line: Placement, week: int, visit: Visit) -> OpenWeek:
    if week <= visit.skipped or (line.weeks and not _inside(line.weeks, week)):
        return OpenWeek(week, (), True)
    first = 7 * week - 6
    days = [
        day
        for day in range(1, 8)
        if (visit.days is None or first + day - 1 <= visit.days)
        and (not line.days or _inside(line.days, first + day - 1))
    ]
    sure = True
    if line.plan_weeks:
        days, sure = _plan_days(line.plan_weeks, first, days, visit.before)
    return OpenWeek(week, tuple(days), sure)


def _plan_days(
    spans: Sequence[Stretch], first: int, days: list[int], before: DaysBefore
) -> tuple[list[int], bool]:
    """Which of a phase week's days may lie in the plan's weeks, and whether that is so for everyone."""
    low, high = before
    if low == high:
        exact = [d for d in days if _inside(spans, (low + first + d - 2) // 7 + 1)]
        return exact, True
    earliest = (low + first - 1) // 7 + 1
    latest = None if high is None else (high + first + 5) // 7 + 1
    meets = any(s.last >= earliest and (latest is None or s.first <= latest) for s in spans)
    sure = latest is not None and any(s.first <= earliest and latest <= s.last for s in spans)
    return (days if meets else []), sure


def _inside(spans: Sequence[Stretch], number: int) -> bool:
    return any(number in (s.first, s.last) if s.either else s.first <= number <= s.last for s in spans)


def _items(line: Placement, frequency: Frequency, times: int, visit: Visit) -> list[Item]:
    if frequency.kind in ("throughout", "as-needed"):
        return []
    if frequency.kind == "at-start":
        return [Item((1,), 1, 1)]
    if frequency.kind == "at-end":
        return [Item(_last_weeks(visit), 1, 1)]
    weeks = open_weeks(line, visit)
    if frequency.kind == "once":
        return list(_once(line, weeks, visit))
    if frequency.kind == "total":
        return list(_spread(line, times, weeks, visit))
    return list(_recurring(line, frequency, times, weeks))


def _last_weeks(visit: Visit) -> tuple[int, ...]:
    """The weeks in which a visit that runs its course can end."""
    if visit.days is not None:
        return (weeks_of(visit.days),)
    low = weeks_of(max(visit.lasts.low, 1)) if visit.lasts else 1
    high = visit.weeks if visit.longest is None else weeks_of(visit.longest)
    return tuple(range(min(low, high), high + 1))


def weeks_of(days: int) -> int:
    """The number of phase weeks that so many days reach into."""
    return -(-days // 7)


def _once(line: Placement, weeks: list[OpenWeek], visit: Visit) -> Iterator[Item]:
    """Once for each item of the line's list; with no list in the first week, or whenever it is called for."""
    opened = {each.week: each for each in weeks}
    if line.when is not None or line.while_ is not None or line.after is not None:
        groups: list[Sequence[int]] = [(week,) for week in opened]
    elif line.weeks:
        groups = [_candidates(s) for s in line.weeks]
    elif line.days:
        groups = [sorted({weeks_of(day) for day in _candidates(s)}) for s in line.days]
    elif line.plan_weeks:
        yield from _once_in_plan_weeks(line, weeks, visit)
        return
    else:
        first = min(opened, default=1)
        groups = [range(first, first + weeks_of(line.within_days or 1))]
    for group in groups:
        there = tuple(week for week in group if week in opened)
        if there:
            low, high = _one_of(line, [opened[week] for week in there])
            sure = len(there) == len(group) and all(opened[week].sure for week in there)
            yield Item(there, low if sure else 0, high)


def _once_in_plan_weeks(line: Placement, weeks: list[OpenWeek], visit: Visit) -> Iterator[Item]:
    """Once for each of the plan's weeks (or ranges) that the line names, in any phase week it meets."""
    days = 7 * visit.weeks if visit.days is None else visit.days
    low, high = visit.before
    for stretch in line.plan_weeks:
        there = tuple(
            each.week
            for each in weeks
            if _plan_days((stretch,), 7 * each.week - 6, list(each.days), visit.before)[0]
        )
        inside = high is not None and 7 * stretch.first - 6 > high and 7 * stretch.last - low <= days
        if there:
            yield Item(there, 1 if inside else 0, 1)


def _one_of(line: Placement, weeks: list[OpenWeek]) -> tuple[int, int]:
    """Whether the one session surely fits (1) or its days may be cut off (0), and whether it can."""
    if line.days:  # it is placed within the named days
        return 1, 1
    found = [within(placed(1, line.weekdays[:1]), each.days) for each in weeks]
    return min(low for low, _ in found), max(high for _, high in found)


def _candidates(stretch: Stretch) -> Sequence[int]:
    if stretch.either:
        return (stretch.first, stretch.last)
    return range(stretch.first, stretch.last + 1)


def _spread(line: Placement, times: int, weeks: list[OpenWeek], visit: Visit) -> Iterator[Item]:
    """`times` sessions over the line's weeks: those it names, or those up to the phase's minimum."""
    among = _weeks_to_spread_over(line, visit) or [max(visit.skipped, 1)]
    opened = {each.week: each for each in weeks}
    for place, week in enumerate(among, start=1):
        count = times * place // len(among) - times * (place - 1) // len(among)
        if count and week in opened:
            each = opened[week]
            low, high = within(placed(count, line.weekdays), each.days)
            yield Item((week,), low if each.sure else 0, high)


def _weeks_to_spread_over(line: Placement, visit: Visit) -> list[int]:
    if line.weeks or line.days or line.plan_weeks:
        named = [s.last for s in line.weeks] + [weeks_of(s.last) for s in line.days]
        whole = visit._replace(days=None, weeks=max([visit.weeks, *named]))
        return [each.week for each in open_weeks(line, whole)]
    least = visit.lasts.low if visit.lasts else 0
    days = least if least > 1 else (visit.longest or 7 * visit.weeks)
    return list(range(visit.skipped + 1, weeks_of(days) + 1))


def _recurring(line: Placement, frequency: Frequency, times: int, weeks: list[OpenWeek]) -> Iterator[Item]:
    """`k per n weeks`, `every n weeks`, `daily` and periods of days that are no whole weeks."""
    period = frequency.period_days or 7
    pairs = {s.first: (s.first, s.last) for s in line.weeks if s.either}
    seconds = {last for _, last in pairs.values()}
    if not weeks:
        return
    first = weeks[0]
    for each in weeks:
        if each.week in seconds:
            continue
        if period == 1:
            pattern = [times if not line.weekdays or d in line.weekdays else 0 for d in range(7)]
            low, high = within(pattern, each.days)
        elif period % 7 == 0:
            count = in_block(frequency, times, period // 7, each.week - first.week)
            low, high = within(placed(count, line.weekdays), each.days)
        else:
            start = 7 * first.week - 7 + first.days[0]
            offsets = (7 * each.week - 7 + day - start for day in each.days)
            low = high = sum(in_block(frequency, times, period, offset) for offset in offsets)
        if high:
            yield Item(pairs.get(each.week, (each.week,)), low if each.sure else 0, high)


def in_block(frequency: Frequency, times: int, period: int, offset: int) -> int:
    """Sessions in the unit (week or day) `offset` after the line's first, in blocks of `period` units.

    Session i of k falls in unit ceil(i·n/k) of its block; `every` takes the first unit of each.
    """
    place = offset % period
    if frequency.kind == "every":
        return 1 if place == 0 else 0
    return times * (place + 1) // period - times * place // period
