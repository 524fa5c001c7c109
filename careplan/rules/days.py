"""Clinical minutes day by day: on which weekdays of a full phase week the sessions fall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    patterns = {
        tuple(holds(line.if_facts, facts) is True for line in lines): track_words(facts) for facts in tracks
    }
    lengths = [session_minutes(plan, line) or 0 for line in lines]
    known: dict[tuple[int, ...], dict[Days, str]] = {}  # most weeks are like another
    for number in range(1, horizon_weeks(plan, phase) + 1):
        times = tuple(each[number - 1].low for each in counts)
        if times not in known:
            found: dict[Days, str] = {}
            for held, words in patterns.items():
                theirs = [count if there else 0 for count, there in zip(times, held, strict=True)]
                found.setdefault(_days(lines, theirs, lengths), words)
            known[times] = found
        for days, words in known[times].items():
            yield Week(number, days, words if len(known[times]) > 1 else "")


def _days(lines: Sequence[ServiceLine], times: Sequence[int], lengths: Sequence[int]) -> Days:
    """The minutes of each day in a week with so many sessions of each line."""
    days = [0] * 7
    for line, sessions, minutes in zip(lines, times, lengths, strict=True):
        for day, count in enumerate(placed(sessions, line.weekdays) if sessions else ()):
            days[day] += count * minutes
    return tuple(days)
