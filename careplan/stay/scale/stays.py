"""The rows of each distinct stay, as arrays: counted in days once for each weekday and set of facts, then
put on dates and into Universal Time, exactly, for each first day and zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from careplan.plan.facts import FactValue
from careplan.plan.model import Plan
from careplan.stay.expected import Length
from careplan.stay.scale.people import Key
from careplan.stay.schedule.dates import at_wall_time, changes_on, zone_named
from careplan.stay.schedule.lines import Line
from careplan.stay.schedule.slots import Slot
from careplan.stay.schedule.templates import template

Array = np.ndarray[Any, np.dtype[Any]]
_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
Facts = tuple[tuple[str, FactValue], ...]
Known = tuple[int, Facts]


class Rows(NamedTuple):
    """The rows of one stay. `line`: the place of the line in `Stays.lines`; `day`: days since 1970-01-01;
    `start`: milliseconds since then in Universal Time, of the wall time or else of the day's beginning.
    """

    line: Array  # int16
    visit: Array  # int16
    number: Array  # int32
    day: Array  # int32
    start: Array  # int64


def _empty(rows: int) -> Rows:
    types = (np.int16, np.int16, np.int32, np.int32, np.int64)
    return Rows(*(np.empty(rows, dtype=each) for each in types))


class Pattern(NamedTuple):
    """The rows of a stay in days from admission."""

    line: Array
    visit: Array
    number: Array
    offset: Array  # days after the first day
    second: Array  # of the wall clock's day
    timed: Array  # whether the plan says a time of day


class Stays:
    """The distinct stays of a plan."""

    def __init__(self, plan: Plan, length: Length = "shortest", stays: dict[str, int] | None = None):
        self.plan, self.length, self.stays = plan, length, stays
        self.lines: list[Line] = []
        self._places: dict[str, int] = {}
        self._patterns: dict[Known, Pattern] = {}

    def rows(self, keys: Sequence[Key]) -> tuple[Rows, Array]:
        """The rows of these stays, one stay after another, and how many each has."""
        # 1970-01-01 was a Thursday.
        patterns = [self.pattern_of((key.start + 3) % 7, key.facts) for key in keys]
        sizes: Array = np.array([len(pattern.line) for pattern in patterns], dtype=np.int64)
        begins = np.cumsum(sizes) - sizes
        found = _empty(int(sizes.sum()))
        alike: dict[tuple[int, str], list[int]] = {}
        for place, key in enumerate(keys):
            alike.setdefault((id(patterns[place]), key.zone), []).append(place)
        for (_, zone), places in alike.items():
            self._fill(found, patterns[places[0]], zone, begins[places], [keys[p].start for p in places])
        return found, sizes

    def _fill(self, found: Rows, pattern: Pattern, zone: str, begins: Array, starts: list[int]) -> None:
        """Write the rows of stays that differ in their first day alone."""
        there = begins[:, None] + np.arange(len(pattern.line))
        days = np.array(starts, dtype=np.int32)[:, None] + pattern.offset
        found.line[there], found.visit[there] = pattern.line, pattern.visit
        found.number[there], found.day[there] = pattern.number, days
        seconds = np.broadcast_to(pattern.second, days.shape)
        instants = _zone(zone).instants(days.ravel(), seconds.ravel())
        found.start[there] = 1000 * instants.reshape(days.shape)

    def pattern_of(self, weekday: int, facts: Facts) -> Pattern:
        """The rows of a stay that begins on a weekday (0 is Monday), in days from then."""
        known = (weekday, facts)
        if known not in self._patterns:
            slots = template(self.plan, weekday, dict(facts), self.length, self.stays)
            slots = tuple(sorted(slots, key=lambda slot: (slot.plan_day, slot.time or "")))
            self._patterns[known] = Pattern(
                np.array([self._place(slot) for slot in slots], dtype=np.int16),
                np.array([slot.visit for slot in slots], dtype=np.int16),
                np.array([slot.number for slot in slots], dtype=np.int32),
                np.array([slot.plan_day - 1 for slot in slots], dtype=np.int32),
                np.array([_second(slot.time) for slot in slots], dtype=np.int64),
                np.array([slot.time is not None for slot in slots], dtype=np.bool_),
            )
        return self._patterns[known]

    def _place(self, slot: Slot) -> int:
        key = slot.line.key
        if key not in self._places:
            self._places[key] = len(self.lines)
            self.lines.append(slot.line)
        return self._places[key]


def _second(time: str | None) -> int:
    if time is None:
        return 0
    hour, minute = time.split(":")
    return 3600 * int(hour) + 60 * int(minute)


class _Table(NamedTuple):
    """Of each day from `first` on: the offset at noon in seconds, and whether the clocks change."""

    first: int
    offsets: Array
    changing: Array


class _Zone:
    """The offsets of a zone, day by day, worked out as they are asked for; threads may share it."""

    def __init__(self, name: str):
        self.zone = zone_named(name)
        self._table = _Table(0, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_))

    def instants(self, days: Array, seconds: Array) -> Array:
        """Seconds since 1970-01-01 in Universal Time of wall times on days."""
        if not len(days):
            return np.zeros(0, dtype=np.int64)
        table = self._reaching(int(days.min()), int(days.max()))
        places = days - table.first
        found: Array = days.astype(np.int64) * _DAY + seconds - table.offsets[places]
        odd = np.flatnonzero(table.changing[places])
        if len(odd):  # on days on which the clocks change, each time of day has its own offset
            walls, which = np.unique(days[odd].astype(np.int64) * _DAY + seconds[odd], return_inverse=True)
            found[odd] = np.array([self._instant(wall) for wall in walls.tolist()], dtype=np.int64)[which]
        return found

    def _instant(self, wall: int) -> int:
        day, second = divmod(wall, _DAY)
        begins, _ = at_wall_time(
            self.zone, date.fromordinal(_EPOCH + day), second // 3600, second % 3600 // 60
        )
        return int(begins.timestamp())

    def _reaching(self, low: int, high: int) -> _Table:
        """A table that holds these days; a wider one takes its place at once, never half."""
        table = self._table
        if len(table.offsets):
            if table.first <= low and high < table.first + len(table.offsets):
                return table
            low, high = min(low, table.first), max(high, table.first + len(table.offsets) - 1)
        low, high = low - 366, high + 366
        days = [date.fromordinal(_EPOCH + day) for day in range(low, high + 1)]
        offsets: Array = np.array([self._offset(day) for day in days], dtype=np.int64)
        changing: Array = np.array([changes_on(self.zone, day) for day in days], dtype=np.bool_)
        table = self._table = _Table(low, offsets, changing)
        return table

    def _offset(self, day: date) -> int:
        noon, _ = at_wall_time(self.zone, day, 12, 0)
        offset = noon.utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0


@lru_cache(maxsize=64)
def _zone(name: str) -> _Zone:
    """A zone's offsets, worked out once for all."""
    return _Zone(name)
