"""How many sessions and clinical hours a visit to a phase, and a stay on the plan's usual way, hold.

A total is a range from a visit of the phase's minimum to one of its maximum, extensions counted. Somebody who
is stepped up or discharged earlier has had fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from careplan.plan.facts import Facts, assignments, holds
from careplan.plan.model import Phase, Plan, ServiceLine
from careplan.plan.recurrence import choices
from careplan.plan.weeks import (
    Count,
    Line,
    frequencies,
    horizon_weeks,
    is_clinical,
    line_items,
    line_weeks,
    round_weeks,
    session_minutes,
    visit_of,
)

VisitDays = tuple[int, int | None]  # fewest and most; None: no limit


class Total(NamedTuple):
    """Sessions of one service: `low` to `high` (None: no upper end), and the minutes they take.

    `clinical`: the minutes count toward a level of care. `minutes_low` and `minutes_high` are None where the
    length is not said, `minutes_high` also where there is no upper end.
    """

    service: str
    clinical: bool
    low: int
    high: int | None
    minutes_low: int | None
    minutes_high: int | None


class LineTotal(NamedTuple):
    """One service line of a phase and what it holds."""

    phase: str
    line: ServiceLine
    total: Total


def line_total(plan: Plan, phase: Phase, line: Line, days: int) -> Count:
    """Sessions of a line in a visit that is left after `days` days, for somebody the line's `if` holds for.

    A phase may begin on any weekday, so a last, shorter week may hold more or fewer of them.
    """
    visit = visit_of(plan, phase, days=days)
    low = high = 0
    for frequency in frequencies(line):
        sums = [
            (sum(item.low for item in found), sum(item.high for item in found))
            for times in choices(frequency)
            for found in [line_items(plan, phase, line, frequency, times, visit)]
        ]
        low += min(s[0] for s in sums)
        high += max(s[1] for s in sums)
    return Count(low, high)


def line_range(
    plan: Plan, phase: Phase, line: Line, visit: VisitDays | None = None
) -> tuple[int, int | None]:
    """Sessions of a line in a visit of so many days; no upper end where neither visit nor line has one.

    `visit` is the fewest and the most days, by default the phase's minimum and its maximum.
    """
    least, most = visit or (max(phase.lasts.low, 1) if phase.lasts else 1, phase.longest)
    low = line_total(plan, phase, line, least).low
    if most is not None:
        return low, line_total(plan, phase, line, most).high
    weeks = line_weeks(plan, phase, line)
    if any(week.high for week in weeks[len(weeks) - round_weeks(phase) :]):
        return low, None
    return low, line_total(plan, phase, line, 7 * horizon_weeks(plan, phase)).high


def phase_totals(plan: Plan, phase: Phase, facts: Facts | None = None) -> tuple[Total, ...]:
    """The sessions of every service of the phase, in the plan's order; facts not given make a range."""
    return plan_totals(plan, [phase.name], facts)


def plan_totals(plan: Plan, phases: Iterable[str], facts: Facts | None = None) -> tuple[Total, ...]:
    """The sessions of every service over one visit to each of the phases, in the order they come in."""
    counted = [part for part in line_totals(plan, phases) if part.line.frequency.kind != "throughout"]
    return added_up(plan, counted, facts)


def line_totals(
    plan: Plan, phases: Iterable[str], visits: Mapping[str, VisitDays] | None = None
) -> list[LineTotal]:
    """What each line of the phases holds for somebody its `if` holds for; `throughout` holds no sessions.

    `visits` gives the fewest and the most days of the visit to a phase, where it is not minimum to maximum.
    """
    return [
        LineTotal(phase.name, line, _total_of(plan, phase, line, (visits or {}).get(phase.name)))
        for phase in map(plan.phase, phases)
        for line in phase.services
    ]


def added_up(plan: Plan, parts: Iterable[LineTotal], facts: Facts | None = None) -> tuple[Total, ...]:
    """Line totals added up for each service; facts not given make a range, and tracks are never added."""
    parts = list(parts)
    tracks = [
        [(part.total, holds(part.line.if_facts, each)) for part in parts]
        for each in assignments(plan, [part.line.if_facts for part in parts], facts)
    ]
    names = dict.fromkeys(part.line.service for part in parts)
    return tuple(_widest([_sum(track, name) for track in tracks]) for name in names)


def clinical_minutes(totals: Iterable[Total]) -> tuple[int, int | None, bool]:
    """The clinical minutes of totals: low, high (None: no upper end), and whether some length is unknown."""
    counted = [t for t in totals if t.clinical]
    low = sum(t.minutes_low or 0 for t in counted)
    known = [t for t in counted if t.minutes_low is not None]
    highs = [t.minutes_high for t in known]
    high = None if None in highs else sum(h for h in highs if h is not None)
    return low, high, len(known) < len(counted)


def _total_of(plan: Plan, phase: Phase, line: ServiceLine, visit: VisitDays | None) -> Total:
    low, high = line_range(plan, phase, line, visit)
    minutes = session_minutes(plan, line)
    service = next((s for s in plan.services if s.name == line.service), None)
    return Total(
        line.service,
        is_clinical(service),
        low,
        high,
        None if minutes is None else low * minutes,
        None if minutes is None or high is None else high * minutes,
    )


def _sum(track: list[tuple[Total, bool | None]], name: str) -> Total:
    """One service on one track: what its lines add up to where their facts hold."""
    mine = [(total, held) for total, held in track if total.service == name]
    there = [total for total, held in mine if held is not False]
    surely = [total for total, held in mine if held]
    return Total(
        name,
        mine[0][0].clinical,
        sum(t.low for t in surely),
        _added([t.high for t in there]),
        _added([t.minutes_low for t in surely]),
        _added([t.minutes_high for t in there]),
    )


def _widest(tracks: list[Total]) -> Total:
    highs, minutes = [t.high for t in tracks], [t.minutes_high for t in tracks]
    lows = [t.minutes_low for t in tracks]
    return tracks[0]._replace(
        low=min(t.low for t in tracks),
        high=None if None in highs else max(h for h in highs if h is not None),
        minutes_low=None if None in lows else min(m for m in lows if m is not None),
        minutes_high=None if None in minutes else max(m for m in minutes if m is not None),
    )


def _added(numbers: list[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if len(known) == len(numbers) else None
