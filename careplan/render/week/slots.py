"""On which weekdays and at what times the sessions of one week are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careplan.plan.model import Placement

# Where floating sessions sit, by how many there are in the week (Monday is 0).
FLOATING: dict[int, tuple[int, ...]] = {
    1: (2,),
    2: (1, 3),
    3: (0, 2, 4),
    4: (0, 1, 3, 4),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 2, 3, 4, 5),
    7: (0, 1, 2, 3, 4, 5, 6),
}


class Slot(NamedTuple):
    """A weekday (0 is Monday), a local time or an empty text, and whether the day may be another."""

    weekday: int
    time: str
    movable: bool


def slots(count: int, place: Placement) -> list[Slot]:
    """Places for `count` sessions in a full week: the named weekdays, else spread evenly and movable."""
    if place.weekdays:
        return _on_named_days(count, sorted(set(place.weekdays)), place.times)
    times = place.times or ("",)
    if len(times) > 1 and count > 7:
        return _on_named_days(count, list(range(7)), times)
    placed = []
    for round_ in range(-(-count // 7)):
        in_round = min(7, count - 7 * round_)
        time = times[min(round_, len(times) - 1)]
        placed += [Slot(day, time, in_round < 7) for day in FLOATING[in_round]]
    return placed


def _on_named_days(count: int, weekdays: Sequence[int], times: Sequence[str]) -> list[Slot]:
    own_times = list(times) or [""]
    if count <= len(weekdays):
        chosen = [weekdays[i * len(weekdays) // count] for i in range(count)]
        return [Slot(day, " or ".join(own_times), count < len(weekdays)) for day in chosen]
    each, rest = divmod(count, len(weekdays))
    placed = []
    for position, day in enumerate(weekdays):
        for number in range(each + (position < rest)):
            time = own_times[number] if number < len(own_times) else ""
            placed.append(Slot(day, time, False))
    return placed
