"""The cases of many patients: careplan beside Polars and DuckDB, whole processes that write Parquet."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from timing import compare, process

import careplan

PEERS = str(Path(__file__).resolve().parent / "peers.py")
CAREPLAN = str(Path(sys.executable).with_name("careplan"))
ZONES = ("America/Chicago", "America/New_York", "America/Denver", "America/Los_Angeles")
PLAN = """
plan eighty
  start in iop
therapy group-therapy
  length 90 min
therapy individual
  length 50 min
phase iop
  lasts 16 weeks
  group-therapy 3 per week on mon, wed, fri at 18:00
  individual 2 per week on tue, thu at 09:00
  at end discharge as completed
outcome completed
  planned
"""
"""80 sessions in 16 weeks, each at its time."""


def enrolments(folder: Path, number: int) -> Path:
    """So many patients, on any day of a year, in four zones."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as parquet

    lot = np.random.default_rng(1)
    starts = pa.array(lot.integers(20_454, 20_819, number).astype("int32")).view(pa.date32())
    zones = pa.array(np.array(ZONES)[lot.integers(0, len(ZONES), number)])
    path = folder / f"enrolments-{number}.parquet"
    parquet.write_table(
        pa.table({"patient": pa.array(np.arange(number)), "start": starts, "zone": zones}), path
    )
    return path


def tables(folder: Path) -> tuple[Path, Path]:
    """The plan's rows by weekday, and finished for each first day and zone: what the peers are given."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as parquet

    plan = careplan.loads(PLAN)
    own: list[dict[str, Any]] = []
    for weekday in range(7):
        for each in careplan.sessions(plan, date(2026, 3, 2 + weekday), zone="UTC"):
            assert each.start is not None
            minute = each.start.hour * 60 + each.start.minute
            line = 0 if each.name == "group-therapy" else 1
            own.append({"weekday": weekday, "offset": each.plan_day - 1, "minute": minute, "line": line,
                        "visit": each.visit, "number": each.number})  # fmt: skip
    parquet.write_table(_narrow(pa.Table.from_pylist(own)), folder / "own.parquet")
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    every = [{"patient": f"{day} {zone}", "start": day, "zone": zone} for day in days for zone in ZONES]
    rows = careplan.expand(plan, pa.Table.from_pylist(every)).read_all()
    start = pc.cast(pc.utf8_slice_codeunits(rows["patient"], 0, 10), pa.date32())
    given = rows.drop_columns(["patient", "start"]).append_column("start", start)
    given = given.append_column("zone", pc.utf8_slice_codeunits(rows["patient"], 11))
    parquet.write_table(given.append_column("instant", rows["start"]), folder / "given.parquet")
    return folder / "own.parquet", folder / "given.parquet"


def _narrow(table: Any) -> Any:
    import pyarrow as pa

    return table.cast(pa.schema([(name, pa.int16()) for name in table.column_names]))


def ours(folder: Path, people: Path) -> Callable[[], object]:
    """The whole command, into a new folder each time."""
    plan = folder / "eighty.careplan"
    plan.write_text(PLAN)
    out = folder / "sessions"
    run = process([CAREPLAN, "expand", str(plan), str(people), "-o", str(out)])

    def anew() -> None:
        shutil.rmtree(out, ignore_errors=True)
        run()

    return anew


def peer(engine: str, how: str, people: Path, table: Path, folder: Path) -> Callable[[], object]:
    """The whole process of a peer."""
    out = folder / f"{engine}.parquet"
    return process([sys.executable, PEERS, engine, how, str(people), str(table), str(out)])


def against(engine: str, how: str, number: int) -> Callable[[Path, int], tuple[float, str]]:
    """Ours ÷ theirs for so many patients."""

    def measured(folder: Path, rounds: int) -> tuple[float, str]:
        people = enrolments(folder, number)
        table = tables(folder)[how == "given"]
        pair = compare(ours(folder, people), peer(engine, how, people, table, folder), max(2, rounds // 3))
        what = "its own time zones" if how == "own" else "the finished rows to join"
        return (
            pair.ratio,
            f"{pair.ours:.1f} s ÷ {pair.theirs:.1f} s of {engine} with {what}, {number:,} patients",
        )

    return measured


def in_process(engine: str) -> Callable[[Path, int], tuple[float, str]]:
    """1,000 patients, all imported: ours beside a peer with its own time zones."""

    def measured(folder: Path, rounds: int) -> tuple[float, str]:
        import peers
        import pyarrow.parquet as parquet

        people, (own, _), plan = enrolments(folder, 1000), tables(folder), careplan.loads(PLAN)
        theirs, out = getattr(peers, f"{engine}_own"), str(folder / "theirs.parquet")

        def mine() -> None:
            rows = careplan.expand(plan, str(people)).read_all()
            parquet.write_table(rows, folder / "ours.parquet", compression="lz4", use_dictionary=False)

        pair = compare(mine, lambda: theirs(str(people), str(own), out), 3 * rounds)
        return (
            pair.ratio,
            f"{pair.ours * 1e3:.0f} ms ÷ {pair.theirs * 1e3:.0f} ms of {engine}, 1,000 patients",
        )

    return measured


def peak(folder: Path, _rounds: int, number: int = 1_000_000) -> tuple[float, str]:
    """The most memory, in MB, that `careplan expand` of so many patients holds."""
    people = enrolments(folder, number)
    (folder / "eighty.careplan").write_text(PLAN)
    shutil.rmtree(folder / "sessions", ignore_errors=True)
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [
        CAREPLAN,
        "expand",
        str(folder / "eighty.careplan"),
        str(people),
        "-o",
        str(folder / "sessions"),
    ]
    ran = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(ran.stdout) / 1024, f"MB at most, while {number:,} patients are expanded"


def cluster(folder: Path, rounds: int, number: int = 1_000_000) -> tuple[float, str]:
    """Two local Dask workers against the local path, in process."""
    from distributed import Client, LocalCluster

    from careplan.stay.scale.cluster import expand_on
    from careplan.stay.scale.shards import expand_to

    plan, people, out = careplan.loads(PLAN), enrolments(folder, number), folder / "sessions"

    def local() -> None:
        shutil.rmtree(out, ignore_errors=True)
        expand_to(plan, people, out)

    here = {"dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **here) as workers, Client(workers) as client:

        def far() -> None:
            shutil.rmtree(out, ignore_errors=True)
            expand_on(client, plan, str(people), str(out))

        pair = compare(far, local, max(2, rounds // 4))
    return pair.ratio, f"{pair.ours:.1f} s on two Dask workers ÷ {pair.theirs:.1f} s here"


def one_schedule(_folder: Path, rounds: int) -> tuple[float, str]:
    """One patient's 16 weeks, every field, against dateutil's dates alone."""
    from zoneinfo import ZoneInfo

    from dateutil.rrule import FR, MO, TH, TU, WE, WEEKLY, rrule

    plan, zone = careplan.loads(PLAN), ZoneInfo("America/Chicago")
    begin = datetime(2026, 3, 2, tzinfo=zone)

    def theirs() -> int:
        groups = rrule(WEEKLY, begin.replace(hour=18), byweekday=(MO, WE, FR), count=48)
        talks = rrule(WEEKLY, begin.replace(hour=9), byweekday=(TU, TH), count=32)
        return len(list(groups)) + len(list(talks))

    def mine() -> int:
        return len(careplan.sessions(plan, date(2026, 3, 2), zone="America/Chicago"))

    if mine() != theirs():
        raise RuntimeError("not the same dates")
    pair = compare(mine, theirs, 30 * rounds)
    return pair.ratio, f"{pair.ours * 1e6:.0f} µs ÷ {pair.theirs * 1e6:.0f} µs of dateutil, 80 sessions"
