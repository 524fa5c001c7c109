"""Weeks of the stay in which nobody is in the phase."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, error
from careplan.plan.context import Context
from careplan.plan.graph import reached
from careplan.plan.model import Phase, Placement, Stretch
from careplan.plan.starts import days_before


def check(context: Context) -> Iterator[Diagnostic]:
    """`in plan weeks` must name weeks in which a stay can be in the phase."""
    if not context.complete:
        return
    for phase in context.plan.phases:
        lines: tuple[Placement, ...] = (*phase.services, *phase.assessments)
        spans = [span for line in lines for span in line.plan_weeks]
        if spans and phase.name in context.reached:
            first, last = _weeks(context, phase)
            for span in spans:
                if span.last < first or (last is not None and span.first > last):
                    yield _outside(phase, span, first, last)


def _weeks(context: Context, phase: Phase) -> tuple[int, int | None]:
    """The first and the last week of the stay in which somebody can be in the phase (None: no last)."""
    low, high = days_before(context.plan, phase)
    first = low // 7 + 1
    if high is None or phase.longest is None or _can_be_late(context, phase):
        return first, None
    return first, (high + phase.longest - 1) // 7 + 1


def _can_be_late(context: Context, phase: Phase) -> bool:
    """Whether a stay can go round in a circle before it gets to the phase."""
    circles = list(context.circle_of.values())
    again = [
        name
        for name in context.reached
        if circles.count(context.circle_of[name]) > 1 or name in context.steps[name]
    ]
    return phase.name in reached(context.steps, again)


def _outside(phase: Phase, span: Stretch, first: int, last: int | None) -> Diagnostic:
    if span.last < first:
        week, why = span.last, f"it begins in plan week {first} at the earliest"
    else:
        week, why = span.first, f"it is over after plan week {last} at the latest"
    return error(
        "plan-weeks-outside",
        f"nobody is in `{phase.name}` in plan week {week}: {why}",
        span.span,
        help="`in plan weeks` counts from admission; for weeks of the phase, write `in weeks`",
    )
