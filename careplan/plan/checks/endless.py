"""Phases that cannot be left, and plans that cannot end."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.model import Phase
from careplan.plan.words import listed

MOST_LABELS = 4


def check(context: Context) -> Iterator[Diagnostic]:
    """From every phase that a stay can get to, some way must lead to an outcome."""
    if not context.complete:
        return
    for phase in context.plan.phases:
        # A phase with a maximum and no exit is told as `phase-without-exit`.
        if not context.ways[phase.name] and phase.longest is None and not phase.exits and not phase.at_end:
            yield error(
                "no-way-out",
                f"nothing ever ends a stay in `{phase.name}`: it has no exit",
                phase.span,
                help=f"add an exit, such as `discharge as {context.some_outcome} when …`",
            )
    for members in _traps(context):
        yield _trap(context, members)


def _traps(context: Context) -> Iterator[list[Phase]]:
    """The circles of phases that lead nowhere else, none of whose exits is a discharge."""
    groups: dict[int, list[Phase]] = {}
    for phase in context.plan.phases:
        if phase.name in context.reached:
            groups.setdefault(context.circle_of[phase.name], []).append(phase)
    for circle, members in groups.items():
        targets = {target for phase in members for target in context.steps[phase.name]}
        unanswered = any(phase.name in context.unanswered for phase in members)
        stays = all(t in context.phases and context.circle_of[t] == circle for t in targets)
        if targets and stays and not unanswered:
            yield members


def _trap(context: Context, members: list[Phase]) -> Diagnostic:
    names = [f"`{phase.name}`" for phase in members]
    exits = {way.exit.span: way.target for phase in members for way in context.ways[phase.name]}
    labels = [Label(span, f"leads to `{target}`") for span, target in exits.items()]
    return error(
        "plan-cannot-end",
        f"once in {listed(names, 'or')}, a stay can never end: no exit there is a discharge",
        members[0].span,
        help=f"add an exit to an outcome, such as `at end discharge as {context.some_outcome}`",
        related=tuple(labels[:MOST_LABELS]),
    )
