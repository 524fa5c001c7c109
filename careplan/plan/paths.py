"""The ways through a plan: the shortest, the usual and the longest, and the phases that can come again.

The *shortest* takes the fewest days to a planned outcome (to any, if none is planned): minimums along the
way, one day where a step up (or the end of a phase that lasts `until` something) may come at once, the
maximum where only `at end` leads on. The *typical* one
follows, from each phase, the first `step down` as written, else the first `move` on to a phase written later
or planned discharge, else the first `at end` line: it lasts from the minimum to the maximum. The *longest*
enters no phase twice and stays to the maximum, extensions counted; it has no length if a phase on the way has
no maximum.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

from careplan.plan.facts import Facts, holds
from careplan.plan.graph import circles, reached, ways_of
from careplan.plan.model import Exit, Phase, Plan
from careplan.plan.starts import MOST_STEPS, days_at_exit, is_urgent, start_phases, ways_on


class Step(NamedTuple):
    """A visit on a path: the fewest and the most days of it (None: no limit)."""

    phase: str
    low: int
    high: int | None


class Path(NamedTuple):
    """Visits in order and the outcome they end in; None where the way comes back to a phase or stops."""

    steps: tuple[Step, ...]
    outcome: str | None

    @property
    def low(self) -> int:
        """The fewest days of the whole path."""
        return sum(step.low for step in self.steps)

    @property
    def high(self) -> int | None:
        """The most days of the whole path, None if a phase on it has no maximum."""
        highs = [step.high for step in self.steps]
        return None if None in highs else sum(h for h in highs if h is not None)


class Paths(NamedTuple):
    """The ways through a plan.

    `typical`: one for each front door. `open_ended`: the phases without a maximum that a stay can reach,
    because of which `longest` is None. `loops`: groups of phases that can follow each other again and again.
    """

    shortest: Path | None
    typical: tuple[Path, ...]
    longest: Path | None
    open_ended: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]


def paths(plan: Plan) -> Paths:
    """The shortest, the typical and the longest way through the plan."""
    steps = {name: [way.target for way in ways] for name, ways in ways_of(plan).items()}
    there = reached(steps, start_phases(plan))
    open_ended = tuple(p.name for p in plan.phases if p.name in there and p.longest is None)
    return Paths(
        shortest_path(plan),
        tuple(typical_path(plan, name) for name in start_phases(plan)),
        None if open_ended else longest_path(plan),
        open_ended,
        _loops(plan, steps, there),
    )


def shortest_path(plan: Plan) -> Path | None:
    """The way with the fewest days to a planned outcome, None if none can be reached."""
    planned = {o.name for o in plan.outcomes if o.planned}
    wanted = planned or {o.name for o in plan.outcomes}
    phases = {p.name: p for p in plan.phases}
    number = 0
    waiting: list[tuple[int, int, str, tuple[Step, ...]]] = []
    for name in start_phases(plan):
        heappush(waiting, (0, number := number + 1, name, ()))
    done: set[str] = set()
    while waiting:
        days, _, name, steps = heappop(waiting)
        if name in wanted:
            return Path(steps, name)
        if name in done or name not in phases:
            continue
        done.add(name)
        for target, least, _most in ways_on(plan, phases[name]):
            taken = (*steps, Step(name, least, least))
            heappush(waiting, (days + least, number := number + 1, target, taken))
    return None


def typical_path(plan: Plan, start: str) -> Path:
    """The way that people are meant to go from this phase, as the module says."""
    phases = {p.name: p for p in plan.phases}
    outcomes = {o.name for o in plan.outcomes}
    steps: list[Step] = []
    name = start
    while name in phases and name not in {step.phase for step in steps}:
        phase = phases[name]
        exit_ = usual_exit(plan, phase)
        if exit_ is None or exit_.target is None:
            steps.append(Step(name, _least(phase), phase.longest))
            return Path(tuple(steps), None)
        low, high = days_at_exit(plan, phase, exit_)
        steps.append(Step(name, low, high))
        name = exit_.target
    return Path(tuple(steps), name if name in outcomes else None)


def usual_exit(plan: Plan, phase: Phase, facts: Facts | None = None) -> Exit | None:
    """The exit that the typical path takes out of the phase, None if it has none.

    With `facts`, one that they do not rule out.
    """
    names = [p.name for p in plan.phases]
    later = names[names.index(phase.name) + 1 :]
    down = [e for e in phase.exits if e.direction == "step down"]
    on = [
        e
        for e in phase.exits
        if (e.direction == "move" and e.target in later)
        or (e.direction == "discharge" and not is_urgent(plan, e))
    ]
    ends = [e for e in phase.at_end if e.direction != "extend"]
    return next((e for e in (*down, *on, *ends) if facts is None or holds(e.when, facts) is not False), None)


def longest_path(plan: Plan) -> Path | None:
    """The way with the most days that enters no phase twice; None if there is none, or too many."""
    phases = {p.name: p for p in plan.phases}
    outcomes = {o.name for o in plan.outcomes}
    planned = {o.name for o in plan.outcomes if o.planned}
    best: Path | None = None
    steps = 0
    waiting: list[tuple[str, tuple[Step, ...]]] = [(name, ()) for name in start_phases(plan)]
    while waiting:
        name, taken = waiting.pop()
        steps += 1
        if steps > MOST_STEPS:
            return None
        if name in outcomes:
            found = Path(taken, name)
            if best is None or (found.low, name in planned) > (best.low, best.outcome in planned):
                best = found
        elif name in phases and name not in {step.phase for step in taken}:
            longest = phases[name].longest or 0
            targets = dict.fromkeys(target for target, _, _ in ways_on(plan, phases[name]))
            waiting += [(target, (*taken, Step(name, longest, longest))) for target in reversed(targets)]
    return best


def _least(phase: Phase) -> int:
    return max(phase.lasts.low, 1) if phase.lasts else 1


def _loops(plan: Plan, steps: dict[str, list[str]], there: set[str]) -> tuple[tuple[str, ...], ...]:
    phases = [p.name for p in plan.phases if p.name in there]
    component = circles(steps)
    groups: dict[int, list[str]] = {}
    for name in phases:
        groups.setdefault(component[name], []).append(name)
    return tuple(tuple(g) for g in groups.values() if len(g) > 1 or g[0] in steps[g[0]])
