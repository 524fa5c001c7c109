"""A stream of sessions for a table of enrolments, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from careplan.plan.model import Plan
from careplan.stay.expected import Length
from careplan.stay.scale.people import People, Reader, batches_of
from careplan.stay.scale.stays import Rows, Stays

BATCH = 32_768
"""Patients that are read at once."""
MOST_ROWS = 131_072
"""Rows of one batch that is given out."""
OF_LINES = (
    "key", "kind", "name", "title", "timing_hash", "often", "clinical_minutes", "clock_minutes", "staff",
    "formats", "seats", "delivery", "owed", "condition", "floating", "file", "line",
)  # fmt: skip
"""What the table of lines says of each."""
INSTANT = pa.timestamp("ms", "UTC")
"""Parquet has no seconds: it would count them anew as milliseconds."""


def expand(
    plan: Plan,
    enrolments: Any,
    *,
    zone: str | None = None,
    length: Length = "shortest",
    stays: Mapping[str, int] | None = None,
) -> pa.RecordBatchReader:
    """The sessions, tests and doses of all the patients, patient by patient in order of time.

    `enrolments`: an Arrow table, batch or reader, or the path of a Parquet or CSV file, with the columns
    `patient` (of any type), `start` (a date), one for each fact that decides, and `zone` unless `zone` is
    said for everybody. The rows: `patient`; `line`, a place in the table of `lines_of`, which the schema's
    metadata holds too; `visit`; `number` of the line in the visit; `date`; `start`, an instant (of a row
    whose line has no time of day, the day's beginning). No column is ever null.

    Raises EnrolmentFault, which names column and row but never a patient's data.
    """
    schema, batches = batches_of(enrolments, BATCH)
    reader = Reader(plan, schema, zone)
    made = Stays(plan, length, dict(stays) if stays else None)
    every_line(made, reader)
    out = rows_schema(schema.field("patient").type, made)
    return pa.RecordBatchReader.from_batches(out, _batches(reader, made, batches, out))


def every_line(made: Stays, reader: Reader) -> None:
    """Work out the stays of everybody's facts, so that the table of lines is whole before the first row."""
    from careplan.plan.facts import assignments
    from careplan.plan.places import places_of

    conditions = [
        p.condition for p in places_of(made.plan) if p.role in ("if", "door", "start", "exit", "at end")
    ]
    for facts in assignments(made.plan, conditions):
        given = tuple((name, facts[name]) for name in reader.facts if name in facts)
        if len(given) == len(reader.facts):
            for weekday in range(7):
                made.pattern_of(weekday, given)


def rows_schema(patient: pa.DataType, made: Stays) -> pa.Schema:
    """The schema of the rows; its metadata holds the lines as JSON, under `careplan.lines`."""
    value = patient.value_type if pa.types.is_dictionary(patient) else patient
    fields = [
        pa.field("patient", value, nullable=False),
        pa.field("line", pa.int16(), nullable=False),
        pa.field("visit", pa.int16(), nullable=False),
        pa.field("number", pa.int32(), nullable=False),
        pa.field("date", pa.date32(), nullable=False),
        pa.field("start", INSTANT, nullable=False),
    ]
    lines = json.dumps(lines_of(made), separators=(",", ":"))
    metadata = {"careplan.plan": made.plan.name, "careplan.version": made.plan.version or ""}
    return pa.schema(fields, metadata={**metadata, "careplan.lines": lines})


def lines_of(made: Stays) -> list[dict[str, Any]]:
    """The lines that rows point to, each with all that its sessions have in common."""
    return [
        {"place": place, **{name: getattr(line, name) for name in OF_LINES}}
        for place, line in enumerate(made.lines)
    ]


def _batches(
    reader: Reader, made: Stays, batches: Iterator[pa.RecordBatch], schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        people = reader.people(batch)
        yield from gathered(people, made, schema)


def gathered(people: People, made: Stays, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of a batch of people: those of each distinct stay, copied for each who has it."""
    if not people.keys:
        return
    copies = Copies(*made.rows(people.keys), people.codes)
    ends = np.cumsum(copies.lengths)
    first = 0
    while first < len(ends):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + MOST_ROWS, "right")), first + 1)
        if int(ends[last - 1]) > done:
            yield _batch(people, copies, first, last, schema)
        first = last


class Copies:
    """The rows of distinct stays, one after another, and who has which."""

    def __init__(self, pool: Rows, sizes: Any, codes: Any):
        self.pool, self.codes = pool, codes
        self.lengths = sizes[codes]
        self._begins = np.cumsum(sizes) - sizes
        self._size = int(sizes[0]) if len(sizes) and (sizes == sizes[0]).all() else None

    def columns(self, first: int, last: int) -> Iterator[Any]:
        """Each column of the pool, copied for the people from `first` to before `last`."""
        codes = self.codes[first:last]
        if self._size:  # everybody has as many rows: whole stays are copied at once
            for column in self.pool:
                yield column.reshape(-1, self._size).take(codes, axis=0).reshape(-1)
            return
        lengths = self.lengths[first:last]
        before = np.cumsum(lengths) - lengths
        places = np.repeat((self._begins[codes] - before).astype(np.int32), lengths)
        places += np.arange(len(places), dtype=np.int32)
        for column in self.pool:
            # `clip` spares numpy a copy that it makes to check bounds, which hold by construction.
            yield column.take(places, mode="clip")


def _batch(people: People, copies: Copies, first: int, last: int, schema: pa.Schema) -> pa.RecordBatch:
    line, visit, number, day, start = (pa.array(column) for column in copies.columns(first, last))
    patients = _repeated(people.patients.slice(first, last - first), copies.lengths[first:last])
    columns = [patients, line, visit, number, day.view(pa.date32()), start.view(INSTANT)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _repeated(patients: pa.Array, times: Any) -> pa.Array:
    """Each patient's id as often as the patient has rows."""
    if pa.types.is_integer(patients.type):
        return pa.array(np.repeat(patients.to_numpy(), times), patients.type)
    whose = pa.array(np.repeat(np.arange(len(times), dtype=np.int32), times))
    found = patients.take(whose)
    return found.dictionary_decode() if pa.types.is_dictionary(found.type) else found


def rows_of(path: str) -> int:
    """How many patients a file holds; 0 where that is known only at its end."""
    if path.endswith(".csv"):
        return 0
    import pyarrow.parquet as parquet

    rows: int = parquet.ParquetFile(path).metadata.num_rows
    return rows
