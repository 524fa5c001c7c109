"""What may not stand in an `anytime` block."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """`anytime` asks for no minimum and no review, so nothing that must wait for them may stand there."""
    for block in context.plan.anytime:
        for exit_ in block.exits:
            if exit_.direction == "step down":
                yield error(
                    "anytime-step-down",
                    f"a step down to `{exit_.target}` waits for a phase's minimum, and `anytime` does not",
                    exit_.span,
                    help="write the step down in each phase that it leads out of",
                )
            elif context.is_planned(exit_):
                outcome = context.outcomes[exit_.target or ""]
                yield error(
                    "anytime-planned-discharge",
                    f"`{outcome.name}` is planned: it waits for a phase's minimum, and `anytime` does not",
                    exit_.span,
                    help="write the discharge in each phase that it ends",
                    related=(Label(outcome.span, "planned"),),
                )
