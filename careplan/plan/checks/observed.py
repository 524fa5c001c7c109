"""Conditions on what nobody observes."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.model import Test
from careplan.plan.places import Place
from careplan.plan.words import condition_words, listed

AT_ADMISSION = ("admit", "door", "if", "claim if")
EXITS = ("exit", "at end", "anytime", "until")


def check(context: Context) -> Iterator[Diagnostic]:
    """A condition on a measure holds only where the measure is assessed."""
    if not context.plan.phases:
        return
    everywhere = set().union(*context.assessed.values())
    told: set[tuple[str, tuple[str, ...]]] = set()
    for place in context.places:
        for test in place.tests:
            name = test.name or ""
            if test.subject != "measure" or place.role in AT_ADMISSION:
                continue
            phases = () if name not in everywhere or _looks_back(test) else place.phases
            if name in everywhere and (not phases or any(name in context.assessed[p] for p in phases)):
                continue
            asked = [context.phases[p] for p in phases] or context.plan.phases
            if (name, phases) not in told and context.is_whole(*asked):
                told.add((name, phases))
                yield _tell(context, place, test, phases)


def _looks_back(test: Test) -> bool:
    """Whether results of earlier phases count too."""
    return test.for_days is not None or test.since_admission


def _tell(context: Context, place: Place, test: Test, phases: tuple[str, ...]) -> Diagnostic:
    where = f"{listed((f'`{p}`' for p in phases), 'or')}" if 0 < len(phases) <= 3 else "any phase of the plan"
    phase = next((p for p in phases or place.phases if p in context.phases), context.plan.phases[0].name)
    name = "exit-on-unassessed-measure" if place.role in EXITS else "unassessed-measure"
    measure = context.measures[test.name or ""]
    return warning(
        name,
        f"`{condition_words(test)}` can never be known: `{test.name}` is not assessed in {where}",
        test.span,
        help=f"add to `{phase}` a line such as `assess {measure.name} weekly`",
        related=(Label(measure.span, "declared here"),),
    )
