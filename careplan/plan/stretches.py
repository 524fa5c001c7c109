"""Clinical hours of a phase as people say them: so much in most weeks, more in a few.

A stretch is a run of weeks in which the same lines are in force. What most of its weeks hold is its figure;
weeks with an extra session (one in week 1, a visit every fourth week) are named beside it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from careplan.plan.facts import Facts, holds
from careplan.plan.model import Phase, Plan, ServiceLine
from careplan.plan.recurrence import open_weeks
from careplan.plan.weeks import (
    Minutes,
    counted_lines,
    horizon_weeks,
    line_weeks,
    visit_of,
    week_minutes,
)

# More different figures than these within one stretch are told as one range.
MOST_OTHERS = 4


class OtherWeeks(NamedTuple):
    """Weeks of a stretch with other minutes than most: `every` is their constant distance, if it repeats."""

    weeks: tuple[int, ...]
    every: int | None
    low: int
    high: int


class Stretch(NamedTuple):
    """`low` to `high` clinical minutes in most weeks from `first` to `last` (None: open), and the others."""

    first: int
    last: int | None
    low: int
    high: int
    unknown: bool
    others: tuple[OtherWeeks, ...]


def hours_stretches(plan: Plan, phase: Phase, facts: Facts | None = None) -> tuple[Stretch, ...]:
    """The phase's clinical minutes per week in as few stretches as tell the truth."""
    weeks = horizon_weeks(plan, phase)
    values = week_minutes(plan, phase, facts)
    found: list[tuple[int, int]] = []
    before: frozenset[int] | None = None
    for week, lines in enumerate(_lines_in_force(plan, phase, facts, weeks), start=1):
        found = [*found[:-1], (found[-1][0], week)] if found and lines == before else [*found, (week, week)]
        before = lines
    stretches = [_stretch(first, values[first - 1 : last]) for first, last in found]
    if phase.longest is None:
        stretches[-1] = stretches[-1]._replace(last=None)
    merged: list[Stretch] = []
    for each in stretches:
        if merged and merged[-1][2:5] == each[2:5] and not (_repeats(merged[-1]) or _repeats(each)):
            others = (*merged[-1].others, *each.others)
            merged[-1] = merged[-1]._replace(last=each.last, others=others)
        else:
            merged.append(each)
    return tuple(merged)


def _repeats(stretch: Stretch) -> bool:
    """Whether some of its weeks come again and again, so that it reads best by itself."""
    return any(other.every is not None for other in stretch.others)


def _lines_in_force(plan: Plan, phase: Phase, facts: Facts | None, weeks: int) -> list[frozenset[int]]:
    """For each week the recurring lines (by place) whose weeks it belongs to."""
    found: list[set[int]] = [set() for _ in range(weeks)]
    for place, line in enumerate(counted_lines(plan, phase)):
        recurring = line.frequency.kind in ("per", "every", "total")
        if recurring and holds(line.if_facts, facts or {}) is not False:
            for week in _weeks_of_line(plan, phase, line):
                found[week - 1].add(place)
    return [frozenset(each) for each in found]


def _weeks_of_line(plan: Plan, phase: Phase, line: ServiceLine) -> list[int]:
    if line.frequency.kind != "total":
        return [each.week for each in open_weeks(line, visit_of(plan, phase))]
    held = [week for week, count in enumerate(line_weeks(plan, phase, line), start=1) if count.high]
    return list(range(held[0], held[-1] + 1)) if held else []


def _stretch(first: int, values: list[Minutes]) -> Stretch:
    """A stretch that begins in week `first`: what most of its weeks hold, and the rest."""
    counts = Counter(values)
    usual = max(sorted(counts), key=lambda value: counts[value])
    others = [
        _others([first + place for place, v in enumerate(values) if v == value], value)
        for value in sorted(counts, key=values.index)
        if value != usual
    ]
    return Stretch(first, first + len(values) - 1, *usual, others=_few(others))


def _few(others: list[OtherWeeks]) -> tuple[OtherWeeks, ...]:
    """The others, or one range over all of them where they are too many to be read."""
    if len(others) <= MOST_OTHERS:
        return tuple(others)
    weeks = sorted(week for other in others for week in other.weeks)
    return (OtherWeeks(tuple(weeks), None, min(o.low for o in others), max(o.high for o in others)),)


def _others(weeks: list[int], value: Minutes) -> OtherWeeks:
    gaps = {b - a for a, b in pairwise(weeks)}
    every = gaps.pop() if len(weeks) > 2 and len(gaps) == 1 else None
    return OtherWeeks(tuple(weeks), every if every != 1 else None, value.low, value.high)
