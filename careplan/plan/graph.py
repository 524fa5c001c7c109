"""The graph of a plan: phases and outcomes, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from careplan.plan.model import Exit, Plan


class Way(NamedTuple):
    """One exit as it leads from one phase; `anywhere` says that an `anytime` block holds it."""

    source: str
    target: str
    exit: Exit
    at_end: bool = False
    anywhere: bool = False


def ways_of(plan: Plan) -> dict[str, list[Way]]:
    """The ways out of every phase, in the order in which they are tried; extensions are no way out."""
    known = {p.name for p in plan.phases} | {o.name for o in plan.outcomes}
    found: dict[str, list[Way]] = {}
    for phase in plan.phases:
        name = phase.name
        ways = [
            Way(name, e.target, e, anywhere=True)
            for block in plan.anytime
            if name not in block.excepted
            for e in block.exits
            if e.target and e.target in known and e.target != name
        ]
        for exits, at_end in ((phase.exits, False), (phase.at_end, True)):
            ways += [Way(name, e.target, e, at_end) for e in exits if e.target and e.target in known]
        found[name] = ways
    return found


def reached(steps: Mapping[str, Iterable[str]], first: Iterable[str]) -> set[str]:
    """Every node that can be reached from the `first` ones, these included."""
    found = set(first)
    waiting = list(found)
    while waiting:
        for target in steps.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def shortest(steps: Mapping[str, Iterable[str]], first: str, last: str) -> list[str]:
    """The nodes of a shortest way of at least one step from `first` to `last`; empty if there is none."""
    came_from: dict[str, str] = {}
    waiting = [first]
    for node in waiting:
        for target in steps.get(node, ()):
            if target not in came_from:
                came_from[target] = node
                waiting.append(target)
    if last not in came_from:
        return []
    path = [last]
    while path[-1] != first or len(path) == 1:
        path.append(came_from[path[-1]])
    return path[::-1]


def circles(steps: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """The number of each node's strongly connected component (Tarjan's way, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    component: dict[str, int] = {}
    stack: list[str] = []
    for root in steps:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(steps[root]))]
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(steps.get(target, ()))))
                    break
                if target not in component:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    number = len(component)
                    while True:
                        member = stack.pop()
                        component[member] = number
                        if member == node:
                            break
    return component
