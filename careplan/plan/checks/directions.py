"""Steps against the levels of care."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.graph import Way
from careplan.plan.levels import level_rank
from careplan.plan.model import Level, Phase

WITHDRAWAL = "-WM"


def check(context: Context) -> Iterator[Diagnostic]:
    """Up is to a higher level, down to a lower one; between equal or unnamed levels it is a move."""
    unnamed: dict[str, list[Way]] = {}
    told: set[int] = set()
    for ways in context.ways.values():
        for way in ways:
            if id(way.exit) in told or not _is_step(way) or way.target not in context.phases:
                continue
            source, target = context.phases[way.source], context.phases[way.target]
            if source.level is None or target.level is None:
                unnamed.setdefault(way.source if source.level is None else way.target, []).append(way)
                continue
            why = _against(way, source.level, target.level)
            if why:
                told.add(id(way.exit))
                yield _contradiction(way, source, target, *why)
    for name, ways in unnamed.items():
        if context.is_whole(context.phases[name]):
            yield _no_level(name, ways)


def _is_step(way: Way) -> bool:
    """Whether the way claims a direction; an `anytime` step down is a fault of its own."""
    return way.exit.direction == "step up" or (way.exit.direction == "step down" and not way.anywhere)


def _beside(source: Level, target: Level) -> bool:
    """Whether one is withdrawal management and the other treatment of the same band, such as 1-WM and 1.

    Withdrawal management has a scale of its own: between the two, a step may be called up or down.
    """
    return source.code.endswith(WITHDRAWAL) != target.code.endswith(WITHDRAWAL) and (
        int(level_rank(source.code)) == int(level_rank(target.code))
    )


def _against(way: Way, source: Level, target: Level) -> tuple[str, str] | None:
    """Why the way contradicts the levels, and what it is instead."""
    here, there = level_rank(source.code), level_rank(target.code)
    if here < 0 or there < 0 or _beside(source, target):  # a level that is not known has no rank
        return None
    up = way.exit.direction == "step up"
    if here == there:
        same = source.code == target.code
        which = f"both are level {source.code}" if same else f"level {target.code} is level {source.code}"
        return which, "move to"
    if (there > here) == up:
        return None
    than = "lower" if up else "higher"
    return f"level {target.code} is {than} than {source.code}", "step down to" if up else "step up to"


def _contradiction(way: Way, source: Phase, target: Phase, why: str, right: str) -> Diagnostic:
    word = "up" if way.exit.direction == "step up" else "down"
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


def _no_level(name: str, ways: list[Way]) -> Diagnostic:
    """One report for a phase without a level, however many steps lead to it and from it."""
    first, *others = sorted(ways, key=lambda way: way.exit.span)
    other = first.target if first.source == name else first.source
    return error(
        "step-direction",
        f"`{name}` has no level of care, so from or to it no step leads up or down",
        first.exit.span,
        help=f"give `{name}` a level, such as `level 2.1`, or write `move to` between it and `{other}`",
        related=tuple(Label(way.exit.span, "nor here") for way in others[:3]),
    )
