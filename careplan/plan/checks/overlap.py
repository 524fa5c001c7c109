"""Two lines for one service in the same weeks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.facts import assignments, holds
from careplan.plan.logic import can_hold_together
from careplan.plan.model import Phase, ServiceLine, Stretch

EVER = -1
"""Every day, as a set of days kept in a whole number: bit 0 is day 1."""


def check(context: Context) -> Iterator[Diagnostic]:
    """Whether a second line adds sessions or replaces them must not be left open."""
    for phase in context.plan.phases:
        lines: dict[str, list[ServiceLine]] = {}
        for line in phase.services:
            lines.setdefault(line.service, []).append(line)
        for several in lines.values():
            if len(several) > 1:
                yield from _among(context, phase, several)


def _among(context: Context, phase: Phase, lines: list[ServiceLine]) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for first, second in combinations(lines, 2):
        if id(second) not in told and _meet(context, first, second):
            told.add(id(second))
            yield error(
                "two-lines-overlap",
                f"two lines say how often `{first.service}` comes in the same weeks of `{phase.name}`",
                second.span,
                help="name different weeks, weekdays or facts; or say `1 extra per week`",
                related=(Label(first.span, "says so first"),),
            )


def _meet(context: Context, first: ServiceLine, second: ServiceLine) -> bool:
    if _on_top(first) or _on_top(second):
        return False
    if bool(first.plan_weeks) != bool(second.plan_weeks) and _bounded(first) and _bounded(second):
        return False  # which of the phase's weeks those are depends on the path
    if first.weekdays and second.weekdays and not set(first.weekdays) & set(second.weekdays):
        return False
    if not _days(first) & _days(second):
        return False
    facts = [line.if_facts for line in (first, second)]
    if not all(facts) or any(
        all(holds(condition, each) for condition in facts) for each in assignments(context.plan, facts)
    ):
        whiles = [line.while_ for line in (first, second) if line.while_ is not None]
        return len(whiles) < 2 or can_hold_together(context, *whiles)
    return False


def _on_top(line: ServiceLine) -> bool:
    """Whether the line plainly adds to others: called for by something that happens, or only urged."""
    called_for = line.when is not None or line.after is not None or line.after_sessions is not None
    return line.frequency.extra or line.encouraged or called_for


def _bounded(line: ServiceLine) -> bool:
    return bool(line.weeks or line.days or line.plan_weeks)


def _days(line: ServiceLine) -> int:
    """The days on which the line may come, as a set of bits; weeks of the stay count as weeks."""
    days = EVER
    weeks = line.plan_weeks or line.weeks
    if weeks:
        days &= _bits(weeks, 7)
    if line.days:
        days &= _bits(line.days, 1)
    period = line.frequency.period_days or 0
    if line.frequency.kind == "every" and period % 7 == 0 and weeks:
        return days & _every(period // 7, min(s.first for s in weeks), max(s.last for s in weeks))
    return days


def _bits(stretches: tuple[Stretch, ...], unit: int) -> int:
    found = 0
    for stretch in stretches:
        found |= ((1 << (stretch.last * unit)) - 1) & ~((1 << ((stretch.first - 1) * unit)) - 1)
    return found


def _every(step: int, first: int, last: int) -> int:
    return sum(0x7F << 7 * (week - 1) for week in range(first, last + 1, step))
