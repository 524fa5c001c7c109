"""`careplan export` of every kind, as it is used, and what it says when it cannot."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from careplan.commands.exporting import DATED, TARGETS
from careplan.commands.main import main

PLAN = str(Path(__file__).parents[1] / "examples/oud-step-down.careplan")
STAY = (
    "--start",
    "2026-03-02",
    "--zone",
    "America/Chicago",
    "--fact",
    "track=day",
    "--fact",
    "co-occurring=no",
)


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_writes_its_file_and_says_what_it_left_out(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    more = [*STAY] if target in DATED else []
    more += ["--patient", "Patient/7"] if target == "fhir-stay" else []
    assert main(["export", target, PLAN, "-o", str(out), *more]) == 0
    assert out.stat().st_size > 1000
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0] == f"wrote {out}"
    assert all(line.startswith("not carried: ") for line in lines[1:])
    assert (len(lines) > 1) == (target not in ("json", "dot", "mermaid", "csv", "parquet", "arrow"))


def test_standard_output_holds_the_export_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "fhir", PLAN]) == 0
    assert json.loads(capsys.readouterr().out)["resourceType"] == "Bundle"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ics", PLAN], "say when it begins, such as `--start 2026-03-02`"),
        (["fhir-stay", PLAN, *STAY], "such as `--patient Patient/123`"),
        (["fhir-stay", PLAN, *STAY, "--patient", "7"], "`7` is no reference to a patient"),
        (["fhir", PLAN, *STAY], "--start has no meaning for fhir"),
        (["csv", PLAN, *STAY, "--patient", "7"], "--patient has no meaning for csv"),
        (["csv", PLAN, *STAY, "--part-2"], "--part-2 has no meaning for csv"),
        (["json", PLAN, "--detail", "full"], "--detail has no meaning for json"),
        (["csv", PLAN, "--start", "2 March"], "write it as 2026-03-02"),
        (["csv", PLAN, "--start", "2026-03-02"], "for example `--fact track=day`"),
        (["csv", PLAN, *STAY, "--zone", "Chicago"], "Chicago"),
    ],
)
def test_misuse_is_told_in_plain_words(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "itself failed" not in captured.err


@pytest.mark.parametrize(
    ("target", "package"), [("ics", "icalendar"), ("parquet", "pyarrow"), ("arrow", "pyarrow")]
)
def test_without_its_package_an_export_says_which(
    target: str, package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["export", target, PLAN, *STAY, "-o", "never"]) == 2
    said = capsys.readouterr().err
    assert "pip install 'careplan[" in said
    assert not Path("never").exists()


def test_schedule_writes_the_same_tables_and_calendars(tmp_path: Path) -> None:
    for kind in ("csv", "ics"):
        ours, theirs = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
        assert main(["export", kind, PLAN, *STAY, "--holidays", "US-IL", "-o", str(ours)]) == 0
        assert main(["schedule", PLAN, *STAY, "--holidays", "US-IL", "-o", str(theirs)]) == 0
        assert ours.read_bytes() == theirs.read_bytes()
