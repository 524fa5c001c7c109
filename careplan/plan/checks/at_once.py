"""One person in two sessions at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.facts import assignments, holds
from careplan.plan.model import Phase, ServiceLine
from careplan.plan.words.lines import WEEKDAYS


def check(context: Context) -> Iterator[Diagnostic]:
    """Therapy sessions with a day and a time of their own must not run into each other."""
    for phase in context.plan.phases:
        fixed = [line for line in phase.services if _is_fixed(context, line)]
        told: set[int] = set()
        for first, second in combinations(fixed, 2):
            if first.service != second.service and id(second) not in told and _meet(context, first, second):
                told.add(id(second))
                yield _tell(context, phase, first, second)


def _is_fixed(context: Context, line: ServiceLine) -> bool:
    """Whether its sessions have a weekday, one time and a length, and are for everybody it is meant for."""
    service = context.services.get(line.service)
    called_for = line.encouraged or any(c is not None for c in (line.while_, line.when, line.after))
    therapy = service is not None and service.kind == "therapy"
    return (
        therapy
        and bool(line.weekdays)
        and len(line.times) == 1
        and not called_for
        and bool(_takes(context, line))
    )


def _meet(context: Context, first: ServiceLine, second: ServiceLine) -> bool:
    if not set(first.weekdays) & set(second.weekdays) or not _share_weeks(first, second):
        return False
    (begins, ends), (starts, stops) = _hours(context, first), _hours(context, second)
    facts = [first.if_facts, second.if_facts]
    return (
        begins < stops
        and starts < ends
        and any(all(holds(c, each) for c in facts) for each in assignments(context.plan, facts))
    )


def _share_weeks(first: ServiceLine, second: ServiceLine) -> bool:
    """Whether both can come in one week; what comes every few weeks comes in the first of its line."""
    sparse = [line for line in (first, second) if (line.frequency.period_days or 7) != 7 or line.days]
    if sparse or first.frequency.kind != second.frequency.kind:
        same = first.frequency.period_days == second.frequency.period_days
        return same and first.weeks == second.weeks and first.days == second.days
    if not first.weeks or not second.weeks:
        return True
    return any(a.first <= b.last and b.first <= a.last for a in first.weeks for b in second.weeks)


def _takes(context: Context, line: ServiceLine) -> int:
    """The length of a session with its break; 0 if it is not known."""
    service = context.services[line.service]
    if line.minutes is not None:
        return line.minutes
    return service.minutes + service.break_minutes if service.minutes else 0


def _hours(context: Context, line: ServiceLine) -> tuple[int, int]:
    hour, minute = line.times[0].split(":")
    begins = 60 * int(hour) + int(minute)
    return begins, begins + _takes(context, line)


def _tell(context: Context, phase: Phase, first: ServiceLine, second: ServiceLine) -> Diagnostic:
    day = min(set(first.weekdays) & set(second.weekdays))
    begins, ends = _hours(context, first)
    until = f"{begins // 60:02}:{begins % 60:02} to {ends // 60 % 24:02}:{ends % 60:02}"
    return warning(
        "two-sessions-at-once",
        f"on {WEEKDAYS[day]} in `{phase.name}`, `{second.service}` begins at {second.times[0]}, "
        f"and `{first.service}` takes from {until}",
        second.span,
        help="move one of the two, or say with `if` that they are for different people",
        related=(Label(first.span, "at the same time"),),
    )
