"""Claims about services that nobody offers where the claim looks for them."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.plan.context import Context
from careplan.plan.model import Expectation, Promise
from careplan.plan.words import listed


def check(context: Context) -> Iterator[Diagnostic]:
    """Sessions can be held only in a phase that offers the service."""
    for claim in context.plan.claims:
        for promise in claim.claims:
            if promise.kind in ("sessions", "first service") and promise.name is not None:
                yield from _offered(context, promise, promise.name)
    for scenario in context.plan.scenarios:
        for expected in scenario.expects:
            if expected.kind == "sessions" and expected.name is not None:
                yield from _offered(context, expected, expected.name)


def _offered(context: Context, line: Promise | Expectation, name: str) -> Iterator[Diagnostic]:
    phases = [context.phases[p] for p in line.phases if p in context.phases] or list(context.plan.phases)
    if not phases or not context.is_whole(*phases):
        return
    without = [p for p in phases if name not in context.offered[p.name]]
    if len(without) < len(phases) and not line.phases:
        return
    if without:
        where = listed((f"`{p.name}`" for p in without), "or") if line.phases else "any of the phases"
        yield warning(
            "service-not-offered",
            f"no session of `{name}` is planned in {where}",
            line.span,
            help=f"add to `{without[0].name}` a line such as `{name} weekly`, or name another phase",
        )
