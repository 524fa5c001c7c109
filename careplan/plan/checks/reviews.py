"""Reviews that never fall where they could decide something."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.model import Exit, Phase
from careplan.plan.words import every_words


def check(context: Context) -> Iterator[Diagnostic]:
    """Exits that go down or sideways are decided on review days, from the phase's minimum on."""
    for phase in context.plan.phases:
        lasts, step = phase.lasts, phase.review_days
        if lasts is None or lasts.high is None or not step or lasts.low >= lasts.high:
            continue
        first = -(-max(lasts.low, 1) // step) * step
        waiting = next((e for e in phase.exits if _waits(context, e)), None)
        if waiting is not None and first >= lasts.high:
            yield _never(phase, waiting)


def _waits(context: Context, exit_: Exit) -> bool:
    return exit_.direction in ("step down", "move") or context.is_planned(exit_)


def _never(phase: Phase, waiting: Exit) -> Diagnostic:
    lasts = phase.lasts
    assert lasts is not None
    assert lasts.high is not None
    assert phase.review_days is not None
    every = every_words(phase.review_days)
    return warning(
        "no-review-day-between",
        f"no review falls between the minimum and the maximum of `{phase.name}`: "
        f"a review {every}, and a stay of {lasts.low} to {lasts.high} days",
        lasts.span,
        help=f"review more often, such as `review {_better(lasts.low, lasts.high)}`",
        related=(Label(waiting.span, "is decided on review days, so only on the last day"),),
    )


def _better(low: int, high: int) -> str:
    """A review that falls between the two days: weekly where that is enough."""
    week = -(-max(low, 1) // 7) * 7
    return "weekly" if week < high else "daily"
