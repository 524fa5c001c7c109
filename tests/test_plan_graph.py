"""The graph under the checks, held against slow and plain answers."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from careplan.plan.graph import circles, reached, shortest

NODES = "abcdefg"
GRAPHS = st.fixed_dictionaries({node: st.lists(st.sampled_from(NODES), max_size=3) for node in NODES})


def can_reach(steps: dict[str, list[str]], first: str, last: str) -> bool:
    """Whether some way of one step or more leads from one node to another, tried out step by step."""
    found = set(steps[first])
    for _ in NODES:
        found |= {target for node in found for target in steps[node]}
    return last in found


@given(GRAPHS)
def test_circles_are_the_nodes_that_reach_one_another(steps: dict[str, list[str]]) -> None:
    circle = circles(steps)
    for a in NODES:
        for b in NODES:
            together = a == b or (can_reach(steps, a, b) and can_reach(steps, b, a))
            assert (circle[a] == circle[b]) == together


@given(GRAPHS, st.sampled_from(NODES))
def test_reached(steps: dict[str, list[str]], first: str) -> None:
    assert reached(steps, [first]) == {first} | {node for node in NODES if can_reach(steps, first, node)}


@given(GRAPHS, st.sampled_from(NODES), st.sampled_from(NODES))
def test_shortest_is_a_way_without_detours(steps: dict[str, list[str]], first: str, last: str) -> None:
    path = shortest(steps, first, last)
    assert bool(path) == can_reach(steps, first, last)
    if path:
        assert path[0] == first
        assert path[-1] == last
        assert len(path) >= 2
        assert all(b in steps[a] for a, b in pairwise(path))
        assert len(set(path[1:])) == len(path) - 1
