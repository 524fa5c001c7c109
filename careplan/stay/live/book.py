"""What was recorded of each day of a stay, by what it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.stay.live.events import StayEvent

Slot = tuple[str, ...]


class Book:
    """The records that hold, of each plan day: one for each thing, in whatever order they came in."""

    def __init__(self) -> None:
        self._days: dict[int, dict[Slot, StayEvent]] = {}
        self._keys: dict[str, StayEvent] = {}

    def of(self, plan_day: int) -> tuple[StayEvent, ...]:
        """The records of a day, in an order that does not hang on how they came."""
        return tuple(record for _slot, record in sorted(self._days.get(plan_day, {}).items()))

    def find(self, plan_day: int, slot: Slot) -> StayEvent | None:
        """What is recorded of a thing on a day."""
        return self._days.get(plan_day, {}).get(slot)

    def put(self, plan_day: int, record: StayEvent) -> None:
        """What holds of a thing from now on."""
        self._days.setdefault(plan_day, {})[record.slot] = record

    def remove(self, plan_day: int, slot: Slot) -> None:
        """Nothing is recorded of it."""
        self._days.get(plan_day, {}).pop(slot, None)

    def keep(self, event: StayEvent) -> None:
        """Remember what its key stands for."""
        if event.key is not None:
            self._keys[event.key] = event

    def with_key(self, key: str | None) -> StayEvent | None:
        """What was told under a key."""
        return None if key is None else self._keys.get(key)

    def after(self, plan_day: int) -> Iterator[StayEvent]:
        """The records of all later days."""
        for day in sorted(day for day in self._days if day > plan_day):
            yield from self.of(day)
