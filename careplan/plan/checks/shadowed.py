"""Exits that another exit always forestalls."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.logic import can_hold_together
from careplan.plan.making import make
from careplan.plan.model import Condition, Exit, NotSo, Phase, tests_of
from careplan.plan.words import condition_words


def check(context: Context) -> Iterator[Diagnostic]:
    """Exits are tried in order: what holds only when a line above holds too is never taken."""
    for phase in context.plan.phases:
        anywhere = [
            exit_
            for block in context.plan.anytime
            if phase.name not in block.excepted
            for exit_ in block.exits
            if exit_.target != phase.name
        ]
        tried = [e for e in (*anywhere, *phase.exits) if _can_shadow(e)]
        yield from _later(context, phase, tried, len([e for e in anywhere if _can_shadow(e)]))
        yield from _later(context, phase, [e for e in phase.at_end if _can_shadow(e)], 0)


def _can_shadow(exit_: Exit) -> bool:
    return exit_.when is not None and exit_.direction != "extend"


def _later(context: Context, phase: Phase, tried: list[Exit], own: int) -> Iterator[Diagnostic]:
    """The exits from place `own` on that one before them forestalls."""
    for place, exit_ in enumerate(tried[own:], own):
        before = next((e for e in tried[:place] if _forestalls(context, e, exit_)), None)
        if before is None:
            continue
        yield warning(
            "exit-never-taken",
            f"`{phase.name}` is never left by this line: whenever it holds, a line tried before it holds too",
            exit_.span,
            help="put the narrower condition first, or change one of the two",
            related=(Label(before.span, "is tried first"),),
        )


def _forestalls(context: Context, first: Exit, second: Exit) -> bool:
    if first.when is None or second.when is None or not _about(first.when) <= _about(second.when):
        return False
    if context.is_urgent(second) and not context.is_urgent(first):
        return False  # the second may be taken before the minimum, and between reviews
    if condition_words(first.when) == condition_words(second.when):
        return True
    return not can_hold_together(context, make(NotSo, first.span, {"part": first.when}), second.when)


def _about(condition: Condition) -> set[str]:
    """What a condition looks at; one that always holds when another does looks at nothing else."""
    return {f"{test.subject} {test.name}" for test in tests_of(condition)}
