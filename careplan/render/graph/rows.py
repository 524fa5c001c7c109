"""Which phases stand side by side, and which above which: by level of care, residential care at the top."""

from __future__ import annotations

from collections import defaultdict

from careplan.plan.graph import ways_of
from careplan.plan.levels import level_rank
from careplan.plan.model import Phase, Plan


def rows_of(plan: Plan) -> tuple[tuple[Phase, ...], ...]:
    """The phases in rows from the highest level of care to the lowest, each row in the plan's order.

    Phases of one level that lead to one another stand below each other, in the plan's order. A phase without
    a level stands with the phase written before it.
    """
    ranks = _ranks(plan)
    tiers: dict[float, list[Phase]] = defaultdict(list)
    for phase in plan.phases:
        tiers[ranks[phase.name]].append(phase)
    linked = _linked(plan)
    return tuple(row for rank in sorted(tiers, reverse=True) for row in _rows_of_tier(tiers[rank], linked))


def _ranks(plan: Plan) -> dict[str, float]:
    """The rank of each phase's level; where there is none, the rank of the nearest phase that has one."""
    known = [level_rank(p.level.code) if p.level is not None else -1.0 for p in plan.phases]
    found: dict[str, float] = {}
    last = next((rank for rank in known if rank >= 0), 0.0)
    for phase, rank in zip(plan.phases, known, strict=True):
        last = rank if rank >= 0 else last
        found[phase.name] = last
    return found


def _linked(plan: Plan) -> set[frozenset[str]]:
    ways = [way for found in ways_of(plan).values() for way in found if not way.anywhere]
    return {frozenset((way.source, way.target)) for way in ways}


def _rows_of_tier(phases: list[Phase], linked: set[frozenset[str]]) -> list[tuple[Phase, ...]]:
    depth: dict[str, int] = {}
    for number, phase in enumerate(phases):
        above = [p for p in phases[:number] if frozenset((p.name, phase.name)) in linked]
        depth[phase.name] = max((depth[p.name] + 1 for p in above), default=0)
    last = max(depth.values())
    return [tuple(p for p in phases if depth[p.name] == row) for row in range(last + 1)]
