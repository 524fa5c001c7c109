"""Many patients at once: row for row what the core gives for each, in bounded memory, whatever happens."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import careplan
from careplan.commands.main import main
from careplan.plan.model import Plan
from careplan.stay.expected import deciding_facts
from careplan.stay.scale.faults import EnrolmentFault
from careplan.stay.scale.shards import PATIENTS_OF_A_PART, FolderFault, expand_to
from tests.strategies import plan_texts

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))
ZONES = ("America/Chicago", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def people(plan: Plan, number: int, seed: int) -> pa.Table:
    """Made-up enrolments, around the days on which clocks change."""
    lot = random.Random(seed)
    facts = {f.name: f.domain for f in plan.facts if f.name in deciding_facts(plan)}
    rows = []
    for patient in range(number):
        row = {"patient": f"p{patient}", "start": date(2026, 1, 1) + timedelta(lot.randrange(400))}
        row["zone"] = lot.choice(ZONES)
        for name, domain in facts.items():
            row[name] = lot.choice(domain.values or [domain.low or 0, domain.high or 9])
        rows.append(row)
    return pa.Table.from_pylist(rows)


def lines_of(schema: pa.Schema) -> list[dict[str, object]]:
    return json.loads(schema.metadata[b"careplan.lines"])


def agree(plan: Plan, table: pa.Table) -> None:
    """Every patient's rows are the core's dated sessions, one by one."""
    reader = careplan.expand(plan, table)
    lines = lines_of(reader.schema)
    ours: dict[str, list[tuple[object, ...]]] = {}
    for batch in reader:
        for row in batch.to_pylist():
            line = lines[row["line"]]["key"]
            ours.setdefault(row["patient"], []).append(
                (line, row["visit"], row["number"], row["date"], row["start"])
            )
    for person in table.to_pylist():
        facts = {k: v for k, v in person.items() if k not in ("patient", "start", "zone")}
        theirs = careplan.sessions(plan, person["start"], facts, person["zone"])
        rows = ours.get(person["patient"], [])
        assert [r[:4] for r in rows] == [(o.line_of_plan.key, o.visit, o.number, o.date) for o in theirs]
        for row, each in zip(rows, theirs, strict=True):
            if each.start is not None:
                assert row[4] == each.start.astimezone(UTC)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_rows_are_those_of_the_core(path: Path) -> None:
    plan = careplan.load(path)
    agree(plan, people(plan, 6, 7))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=plan_texts(), seed=st.integers(0, 10_000))
def test_rows_of_generated_plans_are_those_of_the_core(text: str, seed: int) -> None:
    plan = careplan.loads(text)
    agree(plan, people(plan, 3, seed))


OUD = careplan.load(ROOT / "examples" / "oud-step-down.careplan")


def test_demand_counts_what_expand_writes() -> None:
    table = people(OUD, 60, 3)
    reader = careplan.expand(OUD, table)
    lines = lines_of(reader.schema)
    zone_of = dict(zip(table["patient"].to_pylist(), table["zone"].to_pylist(), strict=True))
    expected: Counter[tuple[object, ...]] = Counter()
    for batch in reader:
        for row in batch.to_pylist():
            line = lines[row["line"]]
            if line["kind"] == "session" and line["owed"]:
                expected[row["date"], zone_of[row["patient"]], line["name"]] += 1
    found: Counter[tuple[object, ...]] = Counter()
    for row in careplan.demand(OUD, table).to_pylist():
        found[row["date"], row["zone"], row["service"]] += row["patients"]
    assert found == expected


def test_demand_counts_a_group_once_for_its_seats() -> None:
    same = [
        {"patient": n, "start": date(2026, 3, 2), "track": "day", "co-occurring": "no"} for n in range(25)
    ]
    rows = careplan.demand(OUD, pa.Table.from_pylist(same), zone="America/Chicago").to_pylist()
    group = next(r for r in rows if r["service"] == "process-group" and r["date"] == date(2026, 3, 2))
    assert (group["patients"], group["sessions"], group["hours"], group["time"]) == (25, 3, 10.5, "09:00")


# --------------------------------------------------------------------------------------------- bad rows


GOOD = {"patient": "a", "start": date(2026, 3, 2), "zone": "UTC", "track": "day", "co-occurring": "no"}


@pytest.mark.parametrize(
    ("change", "column", "row", "says"),
    [
        ({"start": None}, "start", 2, "is empty"),
        ({"start": date(2, 1, 1)}, "start", 2, "lies outside of"),
        ({"track": "SECRET"}, "track", 2, "is not one of day, evening"),
        ({"zone": "SECRET"}, "zone", 2, "is no time zone"),
        ({"patient": None}, "patient", 2, "is empty"),
    ],
)
def test_a_bad_row_is_named_without_its_data(
    change: dict[str, object], column: str, row: int, says: str
) -> None:
    table = pa.Table.from_pylist([GOOD, {**GOOD, "patient": "b", **change}])
    with pytest.raises(EnrolmentFault) as caught:
        careplan.expand(OUD, table).read_all()
    assert (caught.value.column, caught.value.row) == (column, row)
    assert says in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_a_missing_column_is_named() -> None:
    table = pa.Table.from_pylist([GOOD]).drop_columns(["track"])
    with pytest.raises(EnrolmentFault, match="column `track`: is missing"):
        careplan.expand(OUD, table)


# --------------------------------------------------------------------------------------- files and kills


SMALL = """
plan small
  start in a
therapy talk
  length 50 min
phase a
  lasts 4 weeks
  talk 2 per week on tue, thu at 09:00
  at end discharge as done
outcome done
  planned
"""


def enrolments(folder: Path, number: int) -> Path:
    path = folder / "enrolments.parquet"
    starts = pa.array([20_500 + n % 365 for n in range(number)], pa.int32()).view(pa.date32())
    parquet.write_table(pa.table({"patient": pa.array(range(number)), "start": starts}), path)
    return path


def patients_in(folder: Path) -> Counter[int]:
    found: Counter[int] = Counter()
    for path in sorted(folder.glob("part-*.parquet")):
        found.update(parquet.read_table(path, columns=["patient"])["patient"].to_pylist())
    return found


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    plan, table = careplan.loads(SMALL), enrolments(tmp_path, 2 * PATIENTS_OF_A_PART + 10)
    whole = expand_to(plan, table, tmp_path / "out", zone="UTC")
    assert (whole.parts, whole.found) == (3, 0)
    (tmp_path / "out" / "part-00001.parquet").unlink()
    (tmp_path / "out" / "part-00001.99.unfinished").write_text("half a file")
    again = expand_to(plan, table, tmp_path / "out", zone="UTC")
    assert (again.parts, again.found) == (3, 2)
    assert not list((tmp_path / "out").glob("*.unfinished"))
    counts = patients_in(tmp_path / "out")
    assert len(counts) == 2 * PATIENTS_OF_A_PART + 10
    assert set(counts.values()) == {8}


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    plan, table = careplan.loads(SMALL), enrolments(tmp_path, 10)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(FolderFault, match="is not empty"):
        expand_to(plan, table, tmp_path / "out", zone="UTC")
    expand_to(plan, table, tmp_path / "other", zone="UTC")
    with pytest.raises(FolderFault, match="another plan, other enrolments or other options"):
        expand_to(plan, table, tmp_path / "other", zone="America/Chicago")


@pytest.mark.slow
def test_a_killed_run_loses_and_doubles_nothing(tmp_path: Path) -> None:
    number = 12 * PATIENTS_OF_A_PART
    (tmp_path / "small.careplan").write_text(SMALL)
    enrolments(tmp_path, number)
    said = "expand small.careplan enrolments.parquet -o out --zone America/Chicago --workers 1"
    command = [sys.executable, "-m", "careplan", *said.split()]
    running = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
    until = time.monotonic() + 60
    while len(list((tmp_path / "out").glob("part-*.parquet"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert 2 <= len(list((tmp_path / "out").glob("part-*.parquet"))) < 12
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    counts = patients_in(tmp_path / "out")
    assert len(counts) == number
    assert set(counts.values()) == {8}


# --------------------------------------------------------------------------------------------- as typed


def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.careplan").write_text(SMALL)
    assert main(["expand", "small.careplan", "nobody.parquet", "-o", "out"]) == 2
    assert "there is no file nobody.parquet" in capsys.readouterr().err
    Path("people.csv").write_text("patient,start\n1,2026-03-02\n2,2026-13-02\n")
    assert main(["expand", "small.careplan", "people.csv", "-o", "out", "--zone", "UTC"]) == 2
    assert "row 2, column `start`: is no date; write it as 2026-03-02" in capsys.readouterr().err
    Path("people.csv").write_text("patient,start\n1,2026-03-02\n")
    assert main(["expand", "small.careplan", "people.csv", "-o", "out", "--zone", "UTC"]) == 0
    assert main(["demand", "small.careplan", "people.csv", "--zone", "UTC"]) == 0
    assert '2026-03-03,"UTC","talk"' in capsys.readouterr().out.replace("UTC,talk", '"UTC","talk"')
