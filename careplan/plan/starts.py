"""On which day of the stay a phase can be entered for the first time, on paths that enter no phase twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import Exit, Phase, Plan

# A plan with more ways through it than this gets the widest answer instead of an exact one.
MOST_STEPS = 20_000


class DaysBefore(NamedTuple):
    """Whole days of the stay that lie before the phase: `low` to `high` (None: any number)."""

    low: int
    high: int | None


def days_before(plan: Plan, phase: Phase) -> DaysBefore:
    """How many days of the stay can lie before the first day of `phase`; (0, None) if nothing leads there."""
    names = {p.name: p for p in plan.phases}
    found: list[tuple[int, int | None]] = []
    steps = 0
    waiting: list[tuple[str, int, int | None, frozenset[str]]] = [
        (name, 0, 0, frozenset({name})) for name in start_phases(plan)
    ]
    while waiting:
        name, low, high, seen = waiting.pop()
        steps += 1
        if steps > MOST_STEPS:
            return DaysBefore(0, None)
        if name == phase.name:
            found.append((low, high))
            continue
        if name not in names:
            continue
        for target, least, most in ways_on(plan, names[name]):
            if target in names and target not in seen:
                later = None if high is None or most is None else high + most
                waiting.append((target, low + least, later, seen | {target}))
    if not found:
        return DaysBefore(0, None)
    highs = [high for _, high in found]
    longest = None if None in highs else max(h for h in highs if h is not None)
    return DaysBefore(min(low for low, _ in found), longest)


def start_phases(plan: Plan) -> tuple[str, ...]:
    """The phases a stay can start in: the front doors, or the first phase if the plan names none."""
    doors = tuple(dict.fromkeys(door.phase for door in plan.starts))
    return doors or tuple(phase.name for phase in plan.phases[:1])


def ways_on(plan: Plan, phase: Phase) -> Iterator[tuple[str, int, int | None]]:
    """The targets of the phase's exits, each with the fewest and the most days the visit can have lasted."""
    for exit_ in plan.exits_of(phase):
        if exit_.target is not None and exit_.direction != "extend":
            yield exit_.target, *days_at_exit(plan, phase, exit_)


def days_at_exit(plan: Plan, phase: Phase, exit_: Exit) -> tuple[int, int | None]:
    """The fewest and the most days a visit can have lasted when the exit is taken (most None: no limit)."""
    least = phase.lasts.low if phase.lasts else 1
    if is_urgent(plan, exit_):
        return 1, phase.longest
    ends = any(exit_ is end for end in phase.at_end) and phase.lasts is not None
    if ends and phase.lasts and phase.lasts.high is not None and phase.lasts.until is None:
        return phase.lasts.high, phase.longest
    return max(least, 1), phase.longest


def is_urgent(plan: Plan, exit_: Exit) -> bool:
    """Whether the exit may be taken before the minimum: a step up, or a discharge that is not planned."""
    if exit_.direction == "step up":
        return True
    if exit_.direction != "discharge":
        return False
    outcome = next((o for o in plan.outcomes if o.name == exit_.target), None)
    return outcome is not None and outcome.planned is False


def is_opposite(plan: Plan, one: Exit, other: Exit) -> bool:
    """Whether two exits lead different ways: one to less care, or to a planned end, the other not."""
    ways = [_bearing(plan, exit_) for exit_ in (one, other)]
    return one.target != other.target and None not in ways and ways[0] != ways[1]


def _bearing(plan: Plan, exit_: Exit) -> str | None:
    """Better or worse; None of a way that is neither."""
    if exit_.direction in ("step down", "step up"):
        return "better" if exit_.direction == "step down" else "worse"
    if exit_.direction == "discharge":
        return "worse" if is_urgent(plan, exit_) else "better"
    return None
