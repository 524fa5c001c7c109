"""The ways out that a scenario or a claim quotes: by the beginning of their line, or by their name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.plan.model import AllOf, AnyOf, Condition, Exit, NotSo, Phase, Plan, Test


class WayOut(NamedTuple):
    """A way out, and the phase whose line says it; no phase where `anytime` does."""

    exit: Exit
    phase: str | None
    at_end: bool


def all_ways_out(plan: Plan) -> Iterator[WayOut]:
    """Every line of the plan that says a way out."""
    for block in plan.anytime:
        yield from (WayOut(each, None, False) for each in block.exits)
    for phase in plan.phases:
        yield from _own(phase)


def ways_out_of(plan: Plan, phase: Phase) -> Iterator[WayOut]:
    """The lines that can end a visit to `phase`: those of `anytime` that hold there, then its own."""
    for block in plan.anytime:
        if phase.name not in block.excepted:
            yield from (WayOut(each, None, False) for each in block.exits if each.target != phase.name)
    yield from _own(phase)


def _own(phase: Phase) -> Iterator[WayOut]:
    yield from (WayOut(each, phase.name, False) for each in phase.exits)
    yield from (WayOut(each, phase.name, True) for each in phase.at_end)


def quoted(ways: Iterable[WayOut], quote: Exit, at_end: bool | None = None) -> list[WayOut]:
    """Those of `ways` that `quote` means; `at_end` tells whether it says so (None: either is meant).

    The direction and the target must be the same, and the condition (or `otherwise`) where one is quoted; a
    name that the quote is `called` decides alone.
    """
    if quote.called:
        return [way for way in ways if way.exit.called == quote.called]
    return [way for way in ways if at_end in (None, way.at_end) and _is_quoted(quote, way.exit)]


def _is_quoted(quote: Exit, line: Exit) -> bool:
    if (quote.direction, quote.target) != (line.direction, line.target):
        return False
    if quote.extend_days not in (None, line.extend_days):
        return False
    if quote.when is not None:
        return line.when is not None and same_condition(quote.when, line.when)
    return line.otherwise or not quote.otherwise


def same_condition(one: Condition, other: Condition) -> bool:
    """Whether two conditions are written alike, wherever they stand."""
    return _bare(one) == _bare(other)


def _bare(condition: Condition) -> object:
    """A condition without its places."""
    match condition:
        case Test():
            return {name: value for name, value in condition if name != "span"}
        case NotSo():
            return ("not", _bare(condition.part))
        case AllOf() | AnyOf():
            return (condition.kind, [_bare(part) for part in condition.parts])
