"""Sessions and clinical minutes in each week of a phase.

Every count is for a *full* phase week of somebody who stays: the last, shorter week of a phase of ten days
counts as if it were whole, so that weeks can be held against a level of care. What a visit of a certain
length really holds is `totals.line_total`. Where the plan leaves a choice (`3 to 5 per week`, `week 5 or 6`,
urged but not owed, only while a score is high) a count is a range.

A phase without a maximum is looked at up to its minimum or the last week that a line names, and then for one
full round of its periods (`horizon_weeks`); from there the last round repeats.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from math import lcm
from typing import NamedTuple

from careplan.plan.facts import Facts, assignments, holds
from careplan.plan.model import Assessment, Frequency, Phase, Plan, Service, ServiceLine
from careplan.plan.recurrence import Item, Visit, choices, is_owed, items, weeks_of
from careplan.plan.starts import DaysBefore, days_before

Line = ServiceLine | Assessment

# A round of periods longer than this is cut: the tail is then a range over what was seen.
LONGEST_ROUND = 52


class Count(NamedTuple):
    """`low` to `high` sessions."""

    low: int
    high: int


class Minutes(NamedTuple):
    """`low` to `high` clinical minutes; `unknown`: a counted service says no length, so there may be more."""

    low: int
    high: int
    unknown: bool = False


class HoursSpan(NamedTuple):
    """`low` to `high` clinical minutes in each full phase week from `first_week` to `last_week`.

    `last_week` None: until the phase is left. `unknown`: a counted service of these weeks says no length,
    so that there may be more.
    """

    first_week: int
    last_week: int | None
    low: int
    high: int
    unknown: bool = False


def line_weeks(plan: Plan, phase: Phase, line: Line, horizon: int | None = None) -> list[Count]:
    """Sessions in each full week of the phase, week 1 first, for somebody the line's `if` holds for.

    Owed in no case, so with a low end of 0: lines with `while`, `when`, `after` or `extra`, and encouraged
    ones. `as needed` and `throughout` have no sessions to count: 0 to 0. An occasion in `week 5 or 6` is 0 to
    1 in both. A test `at start` or `at end` is one of those that the same line brings in that week, where it
    brings any: `at start, every 4 weeks` is once in weeks 1, 5 and 9. `horizon` is a number of weeks, by
    default `horizon_weeks`.
    """
    visit = visit_of(plan, phase, horizon)
    found: list[Count] = []
    for frequency in sorted(frequencies(line), key=_marks_an_end):
        each = _frequency_weeks(plan, phase, line, frequency, visit)
        join = max if _marks_an_end(frequency) else sum
        both = zip(found, each, strict=True) if found else ()
        found = [Count(*map(join, zip(a, b, strict=True))) for a, b in both] or each
    return found or [Count(0, 0)] * visit.weeks


def _marks_an_end(frequency: Frequency) -> bool:
    return frequency.kind in ("at-start", "at-end")


def phase_hours(plan: Plan, phase: Phase, facts: Facts | None = None) -> tuple[HoursSpan, ...]:
    """Clinical minutes per full phase week, in runs of equal weeks; breaks and supports are left out.

    Facts that are not given may be anything the plan admits: the range covers every track, and lines of
    different tracks are never added up.
    """
    return tuple(_runs(week_minutes(plan, phase, facts), phase, round_weeks(phase)))


def week_minutes(plan: Plan, phase: Phase, facts: Facts | None = None) -> list[Minutes]:
    """The clinical minutes of each full week of the phase, week 1 first, up to `horizon_weeks`."""
    lines = counted_lines(plan, phase)
    weeks = horizon_weeks(plan, phase)
    minutes = [_minutes(plan, phase, line, weeks) for line in lines]
    chosen = assignments(plan, [line.if_facts for line in lines], facts)
    patterns = {tuple(holds(line.if_facts, each) for line in lines) for each in chosen}
    known: dict[tuple[Minutes, ...], Minutes] = {}  # most weeks are like another
    found: list[Minutes] = []
    for week in range(weeks):
        parts = tuple(line[week] for line in minutes)
        if parts not in known:
            known[parts] = _widest(parts, patterns)
        found.append(known[parts])
    return found


def _widest(parts: tuple[Minutes, ...], patterns: Iterable[tuple[bool | None, ...]]) -> Minutes:
    """The minutes of a week over every track; a pattern says which lines hold on one."""
    sums = []
    for pattern in patterns:
        theirs = [m for m, held in zip(parts, pattern, strict=True) if held is not False]
        surely = [m.low for m, held in zip(parts, pattern, strict=True) if held]
        sums.append((sum(surely), sum(m.high for m in theirs), any(m.unknown for m in theirs)))
    return Minutes(min(s[0] for s in sums), max(s[1] for s in sums), any(s[2] for s in sums))


def counted_lines(plan: Plan, phase: Phase) -> list[ServiceLine]:
    """The phase's lines whose minutes are clinical, in the plan's order."""
    services = {service.name: service for service in plan.services}
    return [line for line in phase.services if is_clinical(services.get(line.service))]


def is_clinical(service: Service | None) -> bool:
    """Whether the service's minutes count toward a level of care."""
    return service is not None and service.kind == "therapy" and service.counted


def session_minutes(plan: Plan, line: ServiceLine) -> int | None:
    """The clinical minutes of one session of the line, None if neither it nor its service says them."""
    if line.minutes is not None:
        return line.minutes
    service = next((s for s in plan.services if s.name == line.service), None)
    return service.minutes if service else None


def frequencies(line: Line) -> tuple[Frequency, ...]:
    """How often the line comes: one frequency of a service, one or more of an assessment."""
    return line.moments if isinstance(line, Assessment) else (line.frequency,)


def lines_of(phase: Phase) -> tuple[Line, ...]:
    """The service lines and the assessments of the phase."""
    return (*phase.services, *phase.assessments)


def horizon_weeks(plan: Plan, phase: Phase) -> int:
    """How many weeks of the phase are looked at: all of them, or up to where the last round has been seen."""
    if phase.longest is not None:
        return max(weeks_of(phase.longest), 1)
    least = weeks_of(phase.lasts.low) if phase.lasts else 1
    named = [least, 1]
    for line in lines_of(phase):
        named += [s.last for s in line.weeks] + [weeks_of(s.last) for s in line.days]
        if line.plan_weeks:
            named += [s.last - days_before(plan, phase).low // 7 for s in line.plan_weeks]
    return max(named) + round_weeks(phase)


def round_weeks(phase: Phase) -> int:
    """After how many weeks the pattern of an open-ended phase comes round again."""
    periods = [f.period_days or 7 for line in lines_of(phase) for f in frequencies(line)]
    return min(lcm(7, *periods) // 7, LONGEST_ROUND)


def visit_of(plan: Plan, phase: Phase, horizon: int | None = None, days: int | None = None) -> Visit:
    """The visit that lines of the phase are counted in; `days`: one that is left after so many."""
    weeks = weeks_of(days) if days is not None else horizon or horizon_weeks(plan, phase)
    in_plan_weeks = any(line.plan_weeks for line in lines_of(phase))
    before = days_before(plan, phase) if in_plan_weeks else DaysBefore(0, None)
    return Visit(phase.lasts, phase.longest, weeks, before, days)


def line_items(
    plan: Plan, phase: Phase, line: Line, frequency: Frequency, times: int, visit: Visit
) -> list[Item]:
    """The sessions of one frequency; `after 2 sessions of met` puts them after the week of the second."""
    if line.after_sessions is None:
        return items(line, frequency, times, visit)
    needed = line.after_sessions
    earliest = _weeks_until(plan, phase, needed.service, needed.count, visit, surely=False)
    latest = _weeks_until(plan, phase, needed.service, needed.count, visit, surely=True)
    found = items(line, frequency, times, visit._replace(skipped=earliest))
    return found if earliest == latest else [Item(item.weeks, 0, item.high) for item in found]


def _frequency_weeks(plan: Plan, phase: Phase, line: Line, frequency: Frequency, visit: Visit) -> list[Count]:
    if _is_plain(line, frequency):
        return _plain_weeks(line, frequency, visit)
    lows: list[int] | None = None
    highs = [0] * visit.weeks
    for times in choices(frequency):
        low, high = _by_week(line_items(plan, phase, line, frequency, times, visit), visit.weeks)
        lows = low if lows is None else [min(pair) for pair in zip(lows, low, strict=True)]
        highs = [max(pair) for pair in zip(highs, high, strict=True)]
    return [Count(*pair) for pair in zip(lows or highs, highs, strict=True)]


def _is_plain(line: Line, frequency: Frequency) -> bool:
    """Whether the line comes so many times a week in whole weeks: the usual line, counted without placing."""
    if frequency.kind != "per" or frequency.period_days != 7:
        return False
    placed = line.days or line.plan_weeks or line.after_sessions or any(s.either for s in line.weeks)
    return not placed


def _plain_weeks(line: Line, frequency: Frequency, visit: Visit) -> list[Count]:
    low = frequency.low if is_owed(line, frequency) else 0
    count = Count(low, max(frequency.low, frequency.high))
    if not line.weeks:
        return [count] * visit.weeks
    named = {week for s in line.weeks for week in range(s.first, min(s.last, visit.weeks) + 1)}
    return [count if week in named else Count(0, 0) for week in range(1, visit.weeks + 1)]


def _by_week(found: Iterable[Item], weeks: int) -> tuple[list[int], list[int]]:
    low, high = [0] * weeks, [0] * weeks
    for item in found:
        for week in item.weeks:
            if week <= weeks:
                low[week - 1] += item.low if len(item.weeks) == 1 else 0
                high[week - 1] += item.high
    return low, high


def _weeks_until(plan: Plan, phase: Phase, service: str, count: int, visit: Visit, *, surely: bool) -> int:
    """How many weeks pass before somebody who misses none can have had (or has) so many sessions."""
    sessions = 0
    lines = [x for x in phase.services if x.service == service and x.after_sessions is None]
    counts = [line_weeks(plan, phase, x, visit.weeks) for x in lines]
    for week in range(visit.weeks):
        sessions += sum(c[week].low if surely else c[week].high for c in counts)
        if sessions >= count:
            return week + 1
    return visit.weeks


def _minutes(plan: Plan, phase: Phase, line: ServiceLine, weeks: int) -> list[Minutes]:
    length = session_minutes(plan, line)
    known = length or 0
    return [
        Minutes(count.low * known, count.high * known, length is None and count.high > 0)
        for count in line_weeks(plan, phase, line, weeks)
    ]


def _runs(weeks: list[Minutes], phase: Phase, tail: int) -> Iterable[HoursSpan]:
    """Neighbouring equal weeks made one; the round that repeats in an open-ended phase is one range."""
    body = weeks if phase.longest is not None else weeks[: len(weeks) - tail]
    found: list[tuple[int, int, Minutes]] = []
    week = 0
    for value, run in groupby(body):
        first, week = week + 1, week + len(list(run))
        found.append((first, week, value))
    if phase.longest is None:
        last = weeks[len(weeks) - tail :]
        value = Minutes(min(w[0] for w in last), max(w[1] for w in last), any(w[2] for w in last))
        if found and found[-1][2] == value:
            found[-1] = (found[-1][0], 0, value)
        else:
            found.append((len(body) + 1, 0, value))
    return [HoursSpan(first, end or None, *value) for first, end, value in found]
