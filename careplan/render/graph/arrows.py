"""The arrows of a state graph: the ways out of each phase, told apart by sign and word, never by colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.graph import ways_of
from careplan.plan.model import AllOf, AnyOf, Condition, Exit, Plan
from careplan.plan.words import condition_words, short_condition
from careplan.render.graph.boxes import anytime_id, door_id
from careplan.render.graph.content import Arrow, ArrowKind, Detail
from careplan.render.graph.identity import Ids

SIGNS: dict[ArrowKind, str] = {
    "step down": "▼ step down",
    "step up": "▲ step up",
    "move": "↔ move",
    "discharge": "■ discharge",
}
MOST_PARTS = 3  # of one condition in a summary
OTHERWISE = "otherwise"


class _Way(NamedTuple):
    source: str
    target: str
    exit: Exit
    at_end: bool


def arrows_of(plan: Plan, ids: Ids, detail: Detail) -> tuple[Arrow, ...]:
    """Every way between two boxes: each exit for itself, or those of one kind between the same two as one."""
    ways = list(_ways(plan, ids))
    found = (_single(way) for way in ways) if detail == "full" else _merged(ways)
    known = [door for door in plan.starts if door.phase in ids]
    doors = [
        Arrow(f"door-{number}", "door", door_id(number), ids.of(door.phase))
        for number, door in enumerate(known, start=1)
    ]
    numbered = (arrow._replace(id=f"way-{n}") for n, arrow in enumerate(found, start=1))
    return (*doors, *numbered)


def short_parts(condition: Condition) -> str:
    """A condition for a summary: at most three parts of it, and how many more there are."""
    if not isinstance(condition, AllOf | AnyOf) or len(condition.parts) <= MOST_PARTS:
        return short_condition(condition)
    kept = condition.parts[: MOST_PARTS - 1]
    more = len(condition.parts) - len(kept)
    word = "or" if isinstance(condition, AnyOf) else "and"
    return f"{short_condition(condition.model_copy(update={'parts': kept}))} {word} {more} more"


def _ways(plan: Plan, ids: Ids) -> Iterator[_Way]:
    for name, ways in ways_of(plan).items():
        for way in ways:
            if not way.anywhere:
                yield _Way(ids.of(name), ids.of(way.target), way.exit, way.at_end)
    for block in plan.anytime:
        source = anytime_id(block.excepted, plan)
        for exit_ in block.exits:
            if exit_.target is not None and exit_.target in ids:
                yield _Way(source, ids.of(exit_.target), exit_, False)


def _single(way: _Way) -> Arrow:
    exit_ = way.exit
    kind = _kind(exit_)
    called = f"“{exit_.called}”" if exit_.called else ""
    parts = ["at end"] if way.at_end else []
    if exit_.when is not None:
        parts.append(f"when {condition_words(exit_.when)}")
    elif exit_.otherwise:
        parts.append(OTHERWISE)
    texts = tuple(filter(None, (called, ", ".join(parts))))
    return Arrow("", kind, way.source, way.target, SIGNS[kind], texts, way.at_end)


def _merged(ways: list[_Way]) -> Iterator[Arrow]:
    groups: dict[tuple[str, str, ArrowKind], list[_Way]] = {}
    choosing = {way.source for way in ways if way.at_end and way.exit.when is not None}
    for way in ways:
        groups.setdefault((way.source, way.target, _kind(way.exit)), []).append(way)
    for (source, target, kind), group in groups.items():
        at_end = all(way.at_end for way in group)
        texts = list(dict.fromkeys(_short(way, way.source in choosing) for way in group))
        joined = (texts[0], *(f"or {text}" for text in texts[1:]))
        yield Arrow("", kind, source, target, SIGNS[kind], joined, at_end)


def _short(way: _Way, choosing: bool) -> str:
    when = way.exit.when
    if way.at_end and when is None:
        return f"at end, {OTHERWISE}" if choosing or way.exit.otherwise else "at end"
    if way.at_end and when is not None:
        return f"at end if {short_parts(when)}"
    return "whenever decided" if when is None else short_parts(when)


def _kind(exit_: Exit) -> ArrowKind:
    assert exit_.direction != "extend"
    return exit_.direction
