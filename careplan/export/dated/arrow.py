"""Occurrences as Parquet or as an Arrow file, with dates and times as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from careplan.export.carried import ExportError
from careplan.export.dated.columns import COLUMNS, rows
from careplan.stay.schedule.occurrence import Occurrence

if TYPE_CHECKING:
    import pyarrow as pa

MISSING = "a Parquet or Arrow file needs pyarrow: install it with `pip install 'careplan[parquet]'`"


def arrow_table(found: Sequence[Occurrence]) -> pa.Table:
    """A table of the columns of `COLUMNS`; times are instants shown in the stay's zone."""
    try:
        import pyarrow as pa
    except ImportError as trouble:
        raise ExportError(MISSING) from trouble
    zone = found[0].zone if found and found[0].zone else "UTC"
    kinds = {
        "string": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("s", zone),
    }
    schema = pa.schema([pa.field(c.name, kinds[c.kind], nullable=not c.required) for c in COLUMNS])
    content = list(rows(list(found)))
    columns: dict[str, list[Any]] = {column.name: [row[column.name] for row in content] for column in COLUMNS}
    for column in COLUMNS:
        if column.kind in ("date", "datetime"):
            columns[column.name] = [getattr(each, column.name) for each in found]
    return pa.table(columns, schema=schema)


def arrow_bytes(found: Sequence[Occurrence], format_: Literal["parquet", "arrow"]) -> bytes:
    """The table as the bytes of a Parquet file, or of an Arrow IPC file; ExportError without pyarrow."""
    table = arrow_table(found)
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    if format_ == "parquet":
        import pyarrow.parquet as pq

        pq.write_table(table, sink, compression="lz4")
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    return bytes(sink.getvalue().to_pybytes())
