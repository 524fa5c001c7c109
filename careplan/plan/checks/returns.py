"""Phases that a person can come back to."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.graph import shortest
from careplan.plan.model import Phase
from careplan.plan.words import listed


def check(context: Context) -> Iterator[Diagnostic]:
    """A phase that can be entered again says `on return`; one that cannot does not need it."""
    entrances: dict[str, list[str]] = {}
    for source, targets in context.steps.items():
        for target in targets:
            # On a way back, both ends lie on one circle.
            if source != target and context.circle_of[source] == context.circle_of[target]:
                entrances.setdefault(target, []).append(source)
    waiting = {
        target for name in context.steps if name not in context.reached for target in context.steps[name]
    }
    for phase in context.plan.phases:
        back = entrances.get(phase.name, [])
        named = {name for line in phase.returns for name in line.after}
        if any(not line.after for line in phase.returns):
            named |= set(back)
        missing = [name for name in back if name not in named]
        if missing and phase.name in context.reached and context.is_whole(phase):
            yield _missing(context, phase, missing)
        judged = context.complete and not context.unanswered and phase.name not in waiting
        if judged and phase.name in context.reached:
            yield from _unneeded(phase, back)


def _missing(context: Context, phase: Phase, entrances: list[str]) -> Diagnostic:
    path = [*shortest(context.steps, phase.name, entrances[0]), phase.name]
    way_in = next((w for w in context.ways.get(entrances[0], ()) if w.target == phase.name), None)
    if way_in is not None:
        related = (Label(way_in.exit.span, f"leads back to `{phase.name}`"),)
    else:
        outcome = context.outcomes[entrances[0]]
        back = next(line for line in outcome.returns if line.phase == phase.name)
        related = (Label(back.span, f"leads back to `{phase.name}`"),)
    named = bool(phase.returns) and all(name in context.phases for name in entrances)
    after = f" after {listed(f'`{name}`' for name in entrances)}" if phase.returns else ""
    words = f" after {listed(entrances)}" if named else ""
    return error(
        "missing-on-return",
        f"a person can come back to `{phase.name}`, and nothing says what happens to its clock{after}",
        phase.span,
        here=" → ".join(path),
        help=f"add `on return{words} restart` (from day 1) or `on return{words} resume` (going on)",
        related=related,
    )


def _unneeded(phase: Phase, back: list[str]) -> Iterator[Diagnostic]:
    for line in phase.returns:
        strangers = [name for name in line.after if name not in back]
        if back and not strangers:
            continue
        if line.after and strangers:
            from_there = f" from {listed((f'`{name}`' for name in strangers), 'or')}"
        else:
            from_there = ""
        yield warning(
            "on-return-unneeded",
            f"nobody comes back to `{phase.name}`{from_there}: no exit leads there again",
            line.span,
            help="remove the line, or add the way back",
        )
