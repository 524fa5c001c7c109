"""Phases and outcomes that no stay ever gets to."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.model import Phase
from careplan.plan.words import listed


def check(context: Context) -> Iterator[Diagnostic]:
    """Every phase and outcome of the plan's own file must have a way in; only the roots are told."""
    if not context.complete or not any(door.phase in context.phases for door in context.plan.starts):
        return
    if context.unanswered:
        return  # the exit that is missing there may be the one that leads here
    lost = [name for name in context.steps if name not in context.reached]
    circle = context.circle_of
    fed = {circle[t] for name in lost for t in context.steps[name] if circle[t] != circle[name]}
    roots: dict[int, list[Phase]] = {}
    for name in lost:
        phase = context.phases.get(name)
        if phase is not None and circle[name] not in fed and context.is_own(phase):
            roots.setdefault(circle[name], []).append(phase)
    for members in roots.values():
        yield _no_way_in(context, members)
    yield from _outcomes(context)


def _no_way_in(context: Context, members: list[Phase]) -> Diagnostic:
    phase, *others = members
    only = f" but {listed(f'`{other.name}`' for other in others)}" if others else ""
    door = context.plan.starts[0]
    return error(
        "no-way-in",
        f"no stay ever gets to `{phase.name}`: nothing leads there{only}",
        phase.span,
        help=f"add an exit to another phase, such as `at end move to {phase.name}`, or remove this one",
        related=(Label(door.span, f"stays start in `{door.phase}`"),),
    )


def _outcomes(context: Context) -> Iterator[Diagnostic]:
    aimed_at = {way.target for ways in context.ways.values() for way in ways}
    for outcome in context.plan.outcomes:
        if outcome.name not in aimed_at and context.is_own(outcome):
            yield warning(
                "outcome-never-reached",
                f"no exit leads to the outcome `{outcome.name}`",
                outcome.span,
                help=f"add a line such as `at end discharge as {outcome.name}`, or remove it",
            )
