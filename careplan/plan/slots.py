"""The most sessions that one line can offer in one visit."""

from __future__ import annotations

from careplan.plan.model import Phase, Plan, ServiceLine
from careplan.plan.weeks import line_weeks


def most_sessions(plan: Plan, phase: Phase, line: ServiceLine) -> int:
    """The sessions of somebody who stays as long as possible; the phase must have a maximum."""
    often = line.frequency
    floating = not (line.days or line.plan_weeks or line.after_sessions)
    if floating and often.kind == "per" and often.period_days == 7:
        # The usual line, counted without looking at its weeks one by one.
        last = -(-(phase.longest or 0) // 7)
        weeks = sum(1 if s.either else min(s.last, last) - s.first + 1 for s in line.weeks if s.first <= last)
        return often.high * (weeks if line.weeks else last)
    return sum(week.high for week in line_weeks(plan, phase, line))
