"""How many sessions, staff hours and room hours a clinic needs on each day, for all its patients.

No row of a session is made: patients of the same facts are counted by their first day, and each row of
their stay adds that count, shifted, to its service.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from careplan.plan.facts import FactValue
from careplan.plan.model import Plan
from careplan.stay.expected import Length
from careplan.stay.scale.expand import BATCH
from careplan.stay.scale.people import Reader, batches_of
from careplan.stay.scale.stays import Array, Stays
from careplan.stay.schedule.lines import Line

Group = tuple[tuple[tuple[str, FactValue], ...], str]
"""The facts and the zone that people have in common."""


class _Slot(NamedTuple):
    """A service at a time of day (second -1: no time is said), in a zone."""

    zone: str
    service: str
    second: int
    line: Line


def demand(
    plan: Plan,
    enrolments: Any,
    *,
    zone: str | None = None,
    length: Length = "shortest",
    stays: Mapping[str, int] | None = None,
) -> pa.Table:
    """A table of what falls due: one row for each date, zone, service and time of day, in this order.

    Columns: `date`, `zone`, `service`, `title`, `staff` (roles joined by " or "), `time` (empty where the
    plan says none), `patients` who are due, `sessions` that this takes (groups of the largest size, or one
    for each patient), and `hours` of a room and of one member of staff for them (null where the plan says no
    length). What is only urged is left out. `enrolments` are those of `expand`, and raise what it raises.
    """
    counts = _counted(plan, enrolments, zone)
    made = Stays(plan, length, dict(stays) if stays else None)
    days: dict[_Slot, dict[int, int]] = {}
    for (facts, where), starts in counts.items():
        _add(made, facts, where, starts, days)
    return _table(days)


def _counted(plan: Plan, enrolments: Any, zone: str | None) -> dict[Group, dict[int, int]]:
    """People by their facts, zone and first day."""
    schema, batches = batches_of(enrolments, BATCH)
    reader = Reader(plan, schema, zone)
    found: dict[Group, dict[int, int]] = {}
    for batch in batches:
        people = reader.people(batch)
        for key, count in zip(people.keys, np.bincount(people.codes).tolist(), strict=True):
            starts = found.setdefault((key.facts, key.zone), {})
            starts[key.start] = starts.get(key.start, 0) + count
    return found


def _add(
    made: Stays, facts: tuple[tuple[str, FactValue], ...], zone: str, starts: dict[int, int],
    days: dict[_Slot, dict[int, int]],
) -> None:  # fmt: skip
    for weekday in range(7):
        mine = {start: count for start, count in starts.items() if (start + 3) % 7 == weekday}
        if not mine:
            continue
        first = min(mine)
        people: Array = np.zeros(max(mine) - first + 1, dtype=np.int64)
        for start, count in mine.items():
            people[start - first] = count
        pattern = made.pattern_of(weekday, facts)
        rows = zip(pattern.line, pattern.offset, pattern.second, pattern.timed, strict=True)
        for line, offset, second, timed in rows:
            found = made.lines[int(line)]
            if found.kind != "session" or not found.owed:
                continue
            at = int(second) if timed else -1
            slot = days.setdefault(_Slot(zone, found.name, at, found), {})
            for place in np.flatnonzero(people).tolist():
                day = first + place + int(offset)
                slot[day] = slot.get(day, 0) + int(people[place])


def _table(days: dict[_Slot, dict[int, int]]) -> pa.Table:
    merged: dict[tuple[int, str, str, int], tuple[Line, int]] = {}
    for slot, counts in days.items():
        for day, count in counts.items():
            key = (day, slot.zone, slot.service, slot.second)
            merged[key] = (slot.line, merged[key][1] + count if key in merged else count)
    rows = [_row(key, *merged[key]) for key in sorted(merged)]
    schema = pa.schema([
        ("date", pa.date32()), ("zone", pa.string()), ("service", pa.string()), ("title", pa.string()),
        ("staff", pa.string()), ("time", pa.string()), ("patients", pa.int64()), ("sessions", pa.int64()),
        ("hours", pa.float64()),
    ])  # fmt: skip
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _row(key: tuple[int, str, str, int], line: Line, patients: int) -> tuple[Any, ...]:
    day, zone, service, second = key
    time = f"{second // 3600:02}:{second % 3600 // 60:02}" if second >= 0 else ""
    sessions = -(-patients // line.seats) if line.seats else patients
    hours = sessions * line.clock_minutes / 60 if line.clock_minutes is not None else None
    staff = " or ".join(line.staff)
    return (day, zone, service, line.title, staff, time, patients, sessions, hours)
