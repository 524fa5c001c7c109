"""Levels of care that no edition has."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.language.likeness import near
from careplan.plan.context import Context
from careplan.plan.levels import known_levels


def check(context: Context) -> Iterator[Diagnostic]:
    """A level is one of those that an edition of the ASAM Criteria names."""
    known = known_levels()
    for phase in context.plan.phases:
        level = phase.level
        if level is not None and level.code not in known:
            better = near(level.code, known)
            yield warning(
                "unknown-level",
                f"no edition of the ASAM Criteria has a level {level.code}",
                level.span,
                here=f"did you mean `{better}`?" if better else "",
                help=f"the levels are {', '.join(known)}; a phase of another kind needs no level line",
            )
