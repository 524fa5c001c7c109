"""Ways out of a phase as sentences to the person in treatment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import AllOf, AnyOf, Condition, Exit, Phase, Plan
from careplan.plan.words import counted, duration_words
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.words import capital, sentence


class WayOut(NamedTuple):
    """One way out: `lead` is a sentence, or the beginning of one that the `points` of a list complete."""

    lead: str
    points: tuple[str, ...]
    exit: Exit


def ways_out(plan: Plan, phase: Phase) -> Iterator[WayOut]:
    """The ways out of a phase in the order in which they are tried, but for the ones from any phase."""
    for way in phase.exits:
        yield _way(plan, way, plain_action(plan, way))
    last = _last_day(phase)
    for way in phase.at_end:
        if way.when is None and len(phase.at_end) > 1:
            yield WayOut(sentence(f"{last}, if none of this applies, {plain_action(plan, way)}"), (), way)
        else:
            yield _way(plan, way, f"{last}, {plain_action(plan, way)}")


def ways_out_anytime(plan: Plan, exits: tuple[Exit, ...]) -> Iterator[WayOut]:
    """The ways out that hold in any phase."""
    for way in exits:
        yield _way(plan, way, plain_action(plan, way))


def plain_action(plan: Plan, way: Exit) -> str:
    """What happens: `you step down to Continuing care`, `your treatment here ends: Completed treatment`."""
    target = title_of(plan, way.target)
    if way.direction == "extend":
        most = f" (at most {counted(way.extend_times, 'time')})" if way.extend_times else ""
        return f"this phase goes on for {duration_words(way.extend_days or 0)} more{most}"
    if way.direction == "discharge":
        return f"this treatment ends as “{target}”"
    verb = {"step down": "step down to", "step up": "step up to", "move": "move to"}[way.direction]
    return f"you {verb} {target}"


def _last_day(phase: Phase) -> str:
    high = phase.lasts.high if phase.lasts else None
    return f"at the end of {duration_words(high)}" if high else "at the end"


def _way(plan: Plan, way: Exit, action: str) -> WayOut:
    action = capital(action)
    if way.when is None:
        return WayOut(f"{action}.", (), way)
    points = tuple(_points(plan, way.when))
    if len(points) == 1:
        return WayOut(f"{action} when {points[0]}.", (), way)
    how = "all of these are true" if isinstance(way.when, AllOf) else "any one of these is true"
    return WayOut(f"{action} when {how}:", tuple(capital(point) for point in points), way)


def _points(plan: Plan, condition: Condition) -> Iterator[str]:
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield plain_condition(plan, part)
    else:
        yield plain_condition(plan, condition)
