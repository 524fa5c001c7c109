"""Steps against the levels of care."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.graph import Way
from careplan.plan.model import Level, Phase

NUMBER = re.compile(r"\d+(\.\d+)?")


def check(context: Context) -> Iterator[Diagnostic]:
    """Up is to a higher level, down to a lower one; between equal or unnamed levels it is a move."""
    told: set[int] = set()
    for ways in context.ways.values():
        for way in ways:
            if way.exit.direction not in ("step up", "step down") or id(way.exit) in told:
                continue
            if way.anywhere and way.exit.direction == "step down":
                continue  # told as `anytime-step-down`
            source, target = context.phases[way.source], context.phases.get(way.target)
            if target is None or not (context.complete or (source.level and target.level)):
                continue
            found = _against(way, source, target)
            if found is not None:
                told.add(id(way.exit))
                yield found


def _rank(level: Level | None) -> float | None:
    match = NUMBER.match(level.code) if level else None
    return float(match[0]) if match else None


def _against(way: Way, source: Phase, target: Phase) -> Diagnostic | None:
    here, there = _rank(source.level), _rank(target.level)
    if (source.level and here is None) or (target.level and there is None):
        return None  # a level whose place the plan does not tell
    up = way.exit.direction == "step up"
    if here is not None and there is not None:
        if (there > here) if up else (there < here):
            return None
        if here == there:
            why, right = f"both are level {_code(source)}", "move to"
        else:
            why = f"level {_code(target)} is {'lower' if up else 'higher'} than {_code(source)}"
            right = "step down to" if up else "step up to"
    else:
        unnamed = source if here is None else target
        why, right = f"`{unnamed.name}` has no level of care", "move to"
    word = "up" if up else "down"
    if way.anywhere:
        help_ = f"leave the phase out: `anytime except {source.name}`"
    else:
        help_ = f"write `{right} {target.name}`, or correct the phases' levels"
    return error(
        "step-direction",
        f"from `{source.name}`, `{target.name}` is no step {word}: {why}",
        way.exit.span,
        help=help_,
        related=tuple(Label(p.level.span, f"`{p.name}`") for p in (source, target) if p.level),
    )


def _code(phase: Phase) -> str:
    return phase.level.code if phase.level else ""
