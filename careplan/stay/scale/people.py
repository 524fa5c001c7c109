"""Enrolments read and checked: who begins when, with which facts, where; as codes of few distinct values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from careplan.plan.facts import FactValue
from careplan.plan.model import Plan
from careplan.stay.expected import deciding_facts
from careplan.stay.scale.faults import EnrolmentFault
from careplan.stay.schedule.dates import UnknownZone, zone_named
from careplan.stay.schedule.templates import UnknownFact, checked_facts

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
_EPOCH = date(1970, 1, 1).toordinal()


class Key(NamedTuple):
    """What a patient's rows depend on: days since 1970-01-01 of the first day, facts, and the zone."""

    start: int
    facts: tuple[tuple[str, FactValue], ...]
    zone: str


class People(NamedTuple):
    """A batch of patients: their ids, as they came, and for each the place of its key."""

    patients: pa.Array
    keys: list[Key]
    codes: np.ndarray[Any, np.dtype[np.int64]]


class Reader:
    """Reads batches of enrolments for one plan; counts rows, so that a fault can name its row."""

    def __init__(self, plan: Plan, schema: pa.Schema, zone: str | None):
        self.plan = plan
        self.facts = deciding_facts(plan)
        self.zone = zone
        self.has_zones = "zone" in schema.names
        self.rows = 0
        self._check(schema)

    def _check(self, schema: pa.Schema) -> None:
        for name in ("patient", "start", *self.facts):
            if name not in schema.names:
                needs = ", ".join(f"`{n}`" for n in ("patient", "start", *self.facts))
                raise EnrolmentFault(
                    name, f"is missing; the plan needs {needs}, and `zone` if you say no --zone"
                )
        if not self.has_zones and self.zone is None:
            raise EnrolmentFault("zone", "is missing, and no time zone is given for everybody")
        if self.zone is not None and not self.has_zones:
            _zone(self.zone, None)

    def people(self, batch: pa.RecordBatch) -> People:
        """The people of one batch; EnrolmentFault for the first row that cannot be used."""
        patients = batch.column("patient")
        self._no_nulls(patients, "patient")
        starts, start_codes = self._starts(batch.column("start"))
        columns: list[tuple[list[Any], np.ndarray[Any, Any]]] = [(starts, start_codes)]
        columns += [self._fact(name, batch.column(name)) for name in self.facts]
        columns.append(self._zones(batch))
        keys, codes = self._joined(columns, batch.num_rows)
        self.rows += batch.num_rows
        return People(patients, keys, codes)

    def _joined(self, columns: list[tuple[list[Any], Any]], rows: int) -> tuple[list[Key], Any]:
        """The distinct combinations of the columns' values, and the place of each row's."""
        joined = np.zeros(rows, dtype=np.int64)
        for values, codes in columns:
            joined = joined * max(len(values), 1) + codes
        distinct, places = np.unique(joined, return_inverse=True)
        keys = []
        for code in distinct.tolist():
            parts = []
            for values, _ in reversed(columns):
                code, place = divmod(code, max(len(values), 1))
                parts.append(values[place])
            start, *facts, zone = parts[::-1]
            keys.append(Key(start, tuple(zip(self.facts, facts, strict=True)), zone))
        return keys, places.astype(np.int64)

    # ---- columns ------------------------------------------------------------------------------------

    def _no_nulls(self, column: pa.Array, name: str) -> None:
        if column.null_count:
            row = pc.index(pc.is_null(column), True).as_py()
            raise EnrolmentFault(name, "is empty", self._row(row))

    def _row(self, place: Any) -> int:
        return self.rows + int(place) + 1

    def _coded(self, column: pa.Array, name: str) -> tuple[list[Any], Any]:
        self._no_nulls(column, name)
        found = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        return found.dictionary.to_pylist(), found.indices.to_numpy(zero_copy_only=False).astype(np.int64)

    def _starts(self, column: pa.Array) -> tuple[list[int], Any]:
        values, codes = self._coded(column, "start")
        return [self._start(value, codes, place) for place, value in enumerate(values)], codes

    def _start(self, value: Any, codes: Any, place: int) -> int:
        row = self._row(np.argmax(codes == place))
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else value
            ordinal = int(day.toordinal())
        except (ValueError, AttributeError):
            raise EnrolmentFault("start", "is no date; write it as 2026-03-02", row) from None
        if not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
            raise EnrolmentFault("start", f"lies outside of {EARLIEST} to {LATEST}", row)
        return ordinal - _EPOCH

    def _fact(self, name: str, column: pa.Array) -> tuple[list[Any], Any]:
        values, codes = self._coded(column, name)
        domain = next(fact.domain for fact in self.plan.facts if fact.name == name)
        if domain.kind == "number":
            right = f"is no number from {domain.low:g} to {domain.high:g}"
        else:
            right = f"is not one of {', '.join(domain.values or ('yes', 'no'))}"
        found = []
        for place, value in enumerate(values):
            try:
                found.append(checked_facts(self.plan, {name: value})[name])
            except UnknownFact:
                row = self._row(np.argmax(codes == place))
                raise EnrolmentFault(name, right, row) from None
        return found, codes

    def _zones(self, batch: pa.RecordBatch) -> tuple[list[str], Any]:
        if not self.has_zones:
            return [self.zone or ""], np.zeros(batch.num_rows, dtype=np.int64)
        values, codes = self._coded(batch.column("zone"), "zone")
        for place, value in enumerate(values):
            _zone(value, self._row(np.argmax(codes == place)))
        return values, codes


def _zone(name: str, row: int | None) -> None:
    try:
        zone_named(name)
    except UnknownZone:
        raise EnrolmentFault("zone", "is no time zone; it is named like America/Chicago", row) from None


def batches_of(table: Any, rows: int) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The schema and the batches of an Arrow table, batch, reader, or of a Parquet or CSV file."""
    import os

    if isinstance(table, str | os.PathLike):
        return _file(os.fspath(table), rows)
    if isinstance(table, pa.RecordBatchReader):
        return table.schema, iter(table)
    if isinstance(table, pa.RecordBatch):
        table = pa.Table.from_batches([table])
    return table.schema, iter(table.to_batches(max_chunksize=rows))


def _file(path: str, rows: int) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    if path.endswith(".csv"):
        import pyarrow.csv as csv

        reader = csv.open_csv(path)
        return reader.schema, iter(reader)
    import pyarrow.parquet as parquet

    file = parquet.ParquetFile(path)
    return file.schema_arrow, file.iter_batches(batch_size=rows)
