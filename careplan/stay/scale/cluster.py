"""The same shards, written by a Dask cluster: each task reads its own patients and writes their part.

Rows never travel through the scheduler. A worker that dies loses nothing: its part has no name until it is
whole, and the task is given to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as parquet

from careplan.plan.model import Plan
from careplan.stay.expected import Length
from careplan.stay.scale.expand import BATCH
from careplan.stay.scale.people import Reader
from careplan.stay.scale.shards import PATIENTS_OF_A_PART, Done, Order, Writer, finish, prepare

if TYPE_CHECKING:
    from distributed import Client


def expand_on(
    client: Client,
    plan: Plan,
    enrolments: str,
    folder: str,
    *,
    zone: str | None = None,
    length: Length = "shortest",
    stays: Mapping[str, int] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Done:
    """As `expand_to`, on a Dask cluster whose workers see both paths; `enrolments` is a Parquet file."""
    from distributed import as_completed

    order = Order(plan, str(enrolments), Path(folder), zone, length, dict(stays or {}))
    prepare(order)
    file = parquet.ParquetFile(order.enrolments)
    Reader(plan, file.schema_arrow, zone)  # what is wrong with the columns is said here, not by a worker
    patients = file.metadata.num_rows
    text = plan.model_dump_json()
    settings = (order.enrolments, str(order.folder), zone, length, tuple(sorted(order.stays.items())))
    parts = range(-(-patients // PATIENTS_OF_A_PART))
    tasks = client.map(write_part, list(parts), plan=text, settings=settings, pure=False, retries=3)
    done = Done(0, 0, 0)
    for _, rows in as_completed(tasks, with_results=True):  # type: ignore[no-untyped-call] # Dask's own
        done = Done(done.parts + 1, done.found + (rows is None), done.rows + (rows or 0))
        if progress is not None:
            progress(min(PATIENTS_OF_A_PART, patients))
    finish(order, done.parts)
    return done


def write_part(number: int, plan: str, settings: tuple[Any, ...]) -> int | None:
    """One task: write one part; the number of its rows, None if it was there already."""
    writer, path = _writer(plan, settings)
    return writer.write(number, list(_patients(path, number)))


@lru_cache(maxsize=4)
def _writer(plan: str, settings: tuple[Any, ...]) -> tuple[Writer, str]:
    """What a worker keeps between its tasks."""
    enrolments, folder, zone, length, stays = settings
    order = Order(Plan.model_validate_json(plan), enrolments, Path(folder), zone, length, dict(stays))
    return Writer(order, parquet.ParquetFile(enrolments).schema_arrow), enrolments


def _patients(path: str, number: int) -> Iterator[pa.RecordBatch]:
    """The patients of one part, from the row groups that hold them."""
    first, wanted, before = number * PATIENTS_OF_A_PART, PATIENTS_OF_A_PART, 0
    metadata = parquet.ParquetFile(path).metadata
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        low, high = max(first - before, 0), min(first + wanted - before, rows)
        if low < high:
            yield from _row_group(path, group).slice(low, high - low).to_batches(max_chunksize=BATCH)
        before += rows


@lru_cache(maxsize=1)
def _row_group(path: str, group: int) -> pa.Table:
    """A row group, kept for the parts that follow in it: to read it anew for each would take longer."""
    return parquet.ParquetFile(path).read_row_group(group)
