"""Clinical minutes day by day: on which weekdays of a full phase week the sessions fall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.facts import assignments, holds
from careplan.plan.model import Phase, ServiceLine
from careplan.plan.recurrence import placed
from careplan.plan.weeks import counted_lines, horizon_weeks, line_weeks, session_minutes
from careplan.rules.context import RuleContext
from careplan.rules.hours import track_words

# Monday first; clinical minutes of each day.
Days = tuple[int, ...]


class Week(NamedTuple):
    """A full phase week of somebody: its number, the minutes of its days, and for whom (`track is day`)."""

    number: int
    days: Days
    track: str


def weeks_by_day(context: RuleContext, phase: Phase) -> Iterator[Week]:
    """Every full week of the phase on every track, with the fewest sessions that the plan allows.

    Sessions without weekdays sit on the fixed days of their number. Nothing where a length is not known.
    """
    plan = context.plan
    lines = counted_lines(plan, phase)
    if any(session_minutes(plan, line) is None for line in lines):
        return
    counts = [line_weeks(plan, phase, line) for line in lines]
    tracks = assignments(plan, [line.if_facts for line in lines])
    patterns = {tuple(holds(line.if_facts, facts) is True for line in lines): facts for facts in tracks}
    for number in range(1, horizon_weeks(plan, phase) + 1):
        found: dict[Days, str] = {}
        for held, facts in patterns.items():
            days = [0] * 7
            for line, each, there in zip(lines, counts, held, strict=True):
                if there:
                    _add(days, line, each[number - 1].low, session_minutes(plan, line) or 0)
            found.setdefault(tuple(days), track_words(facts))
        for key, words in found.items():
            yield Week(number, key, words if len(found) > 1 else "")


def _add(days: list[int], line: ServiceLine, sessions: int, minutes: int) -> None:
    for day, times in enumerate(placed(sessions, line.weekdays)):
        days[day] += times * minutes
