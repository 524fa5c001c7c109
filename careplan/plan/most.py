"""The most that a phase can bring: tests in a window, sessions in a visit. None where there is no telling."""

from __future__ import annotations

from collections.abc import Iterable

from careplan.plan.model import Assessment, Frequency, Phase, Placement, Plan, ServiceLine
from careplan.plan.slots import most_sessions
from careplan.plan.weeks import frequencies


def most_tests(phase: Phase, measure: str, days: int) -> int | None:
    """The most tests of a measure within so many days of a visit, whatever its weekday and its draws."""
    total = 0
    for line in phase.assessments:
        if measure in line.measures:
            most = _line_tests(line, days)
            if most is None:
                return None
            total += most
    return min(total, days)  # one result a day


def _line_tests(line: Assessment, days: int) -> int | None:
    total = 0
    for often in frequencies(line):
        if often.kind == "as-needed" or (often.kind == "once" and _is_called_for(line)):
            return None
        total += (
            _once(line) if often.kind in ("at-start", "at-end", "once") else _recurring(line, often, days)
        )
    return total


def _once(line: Placement) -> int:
    spans = (*line.weeks, *line.days, *line.plan_weeks)
    return max(1, sum(s.last - s.first + 1 for s in spans))


def _recurring(line: Placement, often: Frequency, days: int) -> int:
    """So many in each period, and a period more, as the window need not begin with one.

    A test at random moves within its week.
    """
    period = often.period_days or 7
    window = days + 12 if line.at_random else days
    blocks = -(-(window - 1) // period) + 1
    return (often.high if often.kind in ("per", "total") else 1) * blocks


def _is_called_for(line: Placement) -> bool:
    """Whether what happens in the stay brings the line, as often as it happens."""
    return line.when is not None or line.after is not None


def most_sessions_of(plan: Plan, phase: Phase, lines: Iterable[ServiceLine]) -> int | None:
    """The most sessions of some lines in one visit; the phase must have a maximum that nothing exceeds."""
    total = 0
    for line in lines:
        if _is_called_for(line) or line.after_sessions is not None or line.plan_weeks:
            return None
        total += most_sessions(plan, phase, line)
    return total
