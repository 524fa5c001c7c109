"""What a scenario tells of tests and sessions that never fall due."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.plan.context import Context
from careplan.plan.model import Phase, Said
from careplan.plan.words.scenarios import said_words


def check(context: Context) -> Iterator[Diagnostic]:
    """Only `on day …` makes a result; all other lines answer what the plan brings."""
    for scenario in context.plan.scenarios:
        for said in scenario.says:
            phases = [context.phases[p] for p in (said.stage.phase,) if p in context.phases]
            phases = phases or list(context.plan.phases)
            if phases and context.is_whole(scenario, *phases):
                yield from _line(context, said, phases)


def _line(context: Context, said: Said, phases: list[Phase]) -> Iterator[Diagnostic]:
    where = f"in `{phases[0].name}`" if said.stage.phase else "in any phase"
    if said.kind == "result" and not said.stage.exact:
        name = said.names[0]
        if not any(name in context.assessed[phase.name] for phase in phases):
            help_ = f"write `on day …` for a test that nobody planned, or assess `{name}` in a phase"
            yield _idle(said, f"`{name}` is not assessed {where}", help_)
    elif said.kind in ("attend", "miss", "cancel"):
        for name in said.names:
            if name in context.services and not any(name in context.offered[p.name] for p in phases):
                yield _idle(said, f"`{name}` is not offered {where}", "name a service that this phase offers")


def _idle(said: Said, why: str, help_: str) -> Diagnostic:
    return warning(
        "told-but-never-due", f"`{said_words(said)}` tells of nothing: {why}", said.span, help=help_
    )
