"""The rows of each distinct stay, as arrays: counted in days once for each weekday and set of facts, then
put on dates and into Universal Time, exactly, for each first day and zone."""

from __future__ import annotations

from datetime import date
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
MOST_ROWS = 1_000_000
"""Rows of distinct stays that are kept; beyond that they are worked out anew."""


class Rows(NamedTuple):
    """The rows of one stay. `line`: the place of the line in `Stays.lines`; `day`: days since 1970-01-01;
    `start`: seconds since then in Universal Time, of the wall time or, without one, of the day's beginning.
    """

    line: Array  # int16
    visit: Array  # int16
    number: Array  # int32
    day: Array  # int32
    start: Array  # int64


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
        self._patterns: dict[tuple[int, tuple[tuple[str, FactValue], ...]], Pattern] = {}
        self._zones: dict[str, _Zone] = {}
        self._rows: dict[Key, Rows] = {}
        self._kept = 0

    def rows(self, key: Key) -> Rows:
        """The rows of a stay."""
        found = self._rows.get(key)
        if found is None:
            found = self._made(key)
            if self._kept > MOST_ROWS:
                self._rows.clear()
                self._kept = 0
            self._rows[key] = found
            self._kept += len(found.line)
        return found

    def _made(self, key: Key) -> Rows:
        # 1970-01-01 was a Thursday.
        pattern = self.pattern_of((key.start + 3) % 7, key.facts)
        days = pattern.offset + np.int32(key.start)
        if key.zone not in self._zones:
            self._zones[key.zone] = _Zone(key.zone)
        start = self._zones[key.zone].instants(days, pattern.second)
        return Rows(pattern.line, pattern.visit, pattern.number, days, start)

    def pattern_of(self, weekday: int, facts: tuple[tuple[str, FactValue], ...]) -> Pattern:
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


class _Zone:
    """The offsets of a zone, day by day, worked out as they are asked for."""

    def __init__(self, name: str):
        self.zone = zone_named(name)
        self._first = 0
        self._offsets: Array = np.zeros(0, dtype=np.int64)
        self._changing: Array = np.zeros(0, dtype=np.bool_)

    def instants(self, days: Array, seconds: Array) -> Array:
        """Seconds since 1970-01-01 in Universal Time of wall times on days."""
        if not len(days):
            return np.zeros(0, dtype=np.int64)
        self._reach(int(days.min()), int(days.max()))
        places = days - self._first
        found: Array = days.astype(np.int64) * _DAY + seconds - self._offsets[places]
        for at in np.flatnonzero(self._changing[places]).tolist():
            hour, minute = divmod(int(seconds[at]) // 60, 60)
            begins, _ = at_wall_time(self.zone, date.fromordinal(_EPOCH + int(days[at])), hour, minute)
            found[at] = int(begins.timestamp())
        return found

    def _reach(self, low: int, high: int) -> None:
        if len(self._offsets) and self._first <= low and high < self._first + len(self._offsets):
            return
        if len(self._offsets):
            low, high = min(low, self._first), max(high, self._first + len(self._offsets) - 1)
        low, high = low - 366, high + 366
        days = [date.fromordinal(_EPOCH + day) for day in range(low, high + 1)]
        self._offsets = np.array([self._offset(day) for day in days], dtype=np.int64)
        self._changing = np.array([changes_on(self.zone, day) for day in days], dtype=np.bool_)
        self._first = low

    def _offset(self, day: date) -> int:
        noon, _ = at_wall_time(self.zone, day, 12, 0)
        offset = noon.utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0
