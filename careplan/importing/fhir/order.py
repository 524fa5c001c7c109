"""The order of phases in time, from what their actions say of one another."""

from __future__ import annotations

from careplan.importing.fhir.seen import Seen

_AFTER = ("after", "after-start", "after-end")
_BEFORE = ("before", "before-start", "before-end")

Group = Seen | list[Seen]


def in_order(groups: list[Group]) -> tuple[list[Group], bool]:
    """The groups, each after those that it follows, otherwise as they stand; True if that is a circle."""
    places = {g.content["id"]: n for n, g in enumerate(groups) if isinstance(g, Seen) and "id" in g.content}
    before: dict[int, set[int]] = {n: set() for n in range(len(groups))}
    for n, group in enumerate(groups):
        for related in group.parts("relatedAction") if isinstance(group, Seen) else ():
            other = places.get(related.value("actionId"))
            relationship = related.words("relationship")
            if other is None or other == n:
                continue
            if relationship in _AFTER:
                before[n].add(other)
            elif relationship in _BEFORE:
                before[other].add(n)
    ordered: list[int] = []
    while len(ordered) < len(groups):
        ready = [n for n in before if n not in ordered and before[n] <= set(ordered)]
        if not ready:
            return groups, True
        ordered.append(ready[0])
    return [groups[n] for n in ordered], False
