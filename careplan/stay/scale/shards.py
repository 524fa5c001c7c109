"""Sessions written as Parquet files, one for each stretch of patients; a run that was stopped goes on.

A folder holds `careplan.json` (what is being written, and of what), `lines.parquet` (the table of lines) and
`part-00000.parquet` and so on. A part appears only when it is whole: it is written under another name first.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as parquet

from careplan.plan.model import Plan
from careplan.stay.expected import Length
from careplan.stay.scale.expand import BATCH, every_line, gathered, lines_of, rows_schema
from careplan.stay.scale.people import Reader, batches_of
from careplan.stay.scale.stays import Stays

PATIENTS_OF_A_PART = BATCH
MANIFEST, LINES = "careplan.json", "lines.parquet"


class FolderFault(ValueError):
    """A folder that holds something else, or sessions of another plan or other enrolments."""


class Done(NamedTuple):
    """What a run has written: parts in all, those that were there before, and rows of the new ones."""

    parts: int
    found: int
    rows: int


class Order(NamedTuple):
    """What is to be written."""

    plan: Plan
    enrolments: str
    folder: Path
    zone: str | None
    length: Length
    stays: dict[str, int]


def expand_to(
    plan: Plan,
    enrolments: str | os.PathLike[str],
    folder: str | os.PathLike[str],
    *,
    zone: str | None = None,
    length: Length = "shortest",
    stays: Mapping[str, int] | None = None,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Done:
    """Write the sessions of a file of enrolments (Parquet or CSV) into `folder`.

    A run that was stopped is taken up where it was: whole parts stay. `workers`: threads (default: one for
    each core). `progress` is told how many patients each part held. Raises EnrolmentFault, FolderFault and
    OSError.
    """
    order = Order(plan, os.fspath(enrolments), Path(folder), zone, length, dict(stays or {}))
    prepare(order)
    done = Done(0, 0, 0)
    for part, rows, patients in _written(order, workers or _cores()):
        done = Done(done.parts + 1, done.found + (rows is None), done.rows + (rows or 0))
        if progress is not None:
            progress(patients)
        del part
    finish(order, done.parts)
    return done


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def _written(order: Order, workers: int) -> Iterator[tuple[int, int | None, int]]:
    """The parts in their order: number, rows (None: it was there), and patients."""
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    schema, batches = batches_of(order.enrolments, BATCH)
    writer = Writer(order, schema)
    waiting: deque[tuple[int, Future[int | None], int]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for number, part in enumerate(parts_of(batches)):
            patients = sum(batch.num_rows for batch in part)
            waiting.append((number, pool.submit(writer.write, number, part), patients))
            if len(waiting) > workers:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(job: tuple[int, Any, int]) -> tuple[int, int | None, int]:
    number, future, patients = job
    return number, future.result(), patients


def parts_of(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """The patients of each part: as many as fill it, whatever the size of the batches."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        while count + batch.num_rows >= PATIENTS_OF_A_PART:
            size = PATIENTS_OF_A_PART - count
            yield [*held, batch.slice(0, size)]
            batch, held, count = batch.slice(size), [], 0
        if batch.num_rows:
            held.append(batch)
            count += batch.num_rows
    if held:
        yield held


class Writer:
    """Writes single parts; the same part always holds the same rows, whoever writes it."""

    def __init__(self, order: Order, schema: pa.Schema):
        self.order = order
        self.schema = schema
        self._kept = threading.local()
        made = self._stays(self._reader())
        self.rows = rows_schema(schema.field("patient").type, made)
        self.lines = lines_of(made)

    def _reader(self) -> Reader:
        return Reader(self.order.plan, self.schema, self.order.zone)

    def _stays(self, reader: Reader) -> Stays:
        """The distinct stays, one set for each thread."""
        found: Stays | None = getattr(self._kept, "stays", None)
        if found is None:
            found = self._kept.stays = Stays(self.order.plan, self.order.length, self.order.stays)
            every_line(found, reader)
        return found

    def write(self, number: int, batches: list[pa.RecordBatch]) -> int | None:
        """Write one part; the number of its rows, None if it was there already."""
        target = self.order.folder / f"part-{number:05}.parquet"
        if target.exists():
            return None
        reader = self._reader()
        made = self._stays(reader)
        reader.rows = number * PATIENTS_OF_A_PART
        beside = target.with_suffix(f".{os.getpid()}.unfinished")
        rows = 0
        options = {"compression": "lz4", "use_dictionary": False, "write_statistics": ["patient", "date"]}
        with parquet.ParquetWriter(beside, self.rows, **options) as file:
            for batch in batches:
                for found in gathered(reader.people(batch), made, self.rows):
                    file.write_batch(found)
                    rows += found.num_rows
        os.replace(beside, target)
        return rows


# ------------------------------------------------------------------------------------------- the folder


def prepare(order: Order) -> None:
    """Make the folder, or see that what is in it belongs to this very run; FolderFault otherwise."""
    order.folder.mkdir(parents=True, exist_ok=True)
    manifest = order.folder / MANIFEST
    wanted = _identity(order)
    if manifest.exists():
        known = json.loads(manifest.read_text("utf-8"))
        same = {**known, "finished": None} == {**wanted, "finished": None}
        if not same and any(order.folder.glob("part-*.parquet")):
            raise FolderFault(
                f"{order.folder} holds the sessions of another plan, other enrolments or other options: "
                "choose another folder, or empty it"
            )
        for stray in order.folder.glob("*.unfinished"):
            stray.unlink()
        if same:
            return
    elif any(order.folder.iterdir()):
        raise FolderFault(f"{order.folder} is not empty: choose another folder, so that nothing is lost")
    _replace(manifest, json.dumps(wanted, indent=2) + "\n")


def finish(order: Order, parts: int) -> None:
    """Write the table of lines, and say in the manifest how many parts there are."""
    schema, _ = batches_of(order.enrolments, BATCH)
    lines = pa.Table.from_pylist(Writer(order, schema).lines)
    beside = order.folder / f"{LINES}.unfinished"
    parquet.write_table(lines, beside)
    os.replace(beside, order.folder / LINES)
    _replace(order.folder / MANIFEST, json.dumps({**_identity(order), "finished": parts}, indent=2) + "\n")


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".unfinished")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


def _identity(order: Order) -> dict[str, Any]:
    plan = hashlib.blake2b(order.plan.model_dump_json().encode(), digest_size=16).hexdigest()
    stat = os.stat(order.enrolments)
    return {
        "written by": "careplan expand",
        "plan": order.plan.name,
        "version": order.plan.version,
        "plan hash": plan,
        "enrolments": os.path.abspath(order.enrolments),
        "enrolments size": stat.st_size,
        "enrolments changed": stat.st_mtime_ns,
        "zone": order.zone,
        "length": order.length,
        "stays": order.stays,
        "patients of a part": PATIENTS_OF_A_PART,
        "finished": None,
    }
