"""Outcomes that do not say whether they are planned."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.model import Exit


def check(context: Context) -> Iterator[Diagnostic]:
    """A `discharge … when` waits for the minimum if its outcome is planned, and is decided daily if not."""
    plan = context.plan
    blocks = [phase.exits for phase in plan.phases] + [block.exits for block in plan.anytime]
    asked: dict[str, Exit] = {}
    for exit_ in (exit_ for exits in blocks for exit_ in exits):
        if exit_.direction == "discharge" and exit_.target in context.outcomes:
            asked.setdefault(exit_.target, exit_)
    for outcome in plan.outcomes:
        if outcome.planned is None and outcome.name in asked and context.is_whole(outcome):
            yield error(
                "outcome-unclassified",
                f"nothing says whether `{outcome.name}` is planned or unplanned",
                outcome.span,
                help="add a line `planned` (the discharge waits for the phase's minimum) "
                "or `unplanned` (it is decided every day)",
                related=(Label(asked[outcome.name].span, "when this is decided depends on it"),),
            )
