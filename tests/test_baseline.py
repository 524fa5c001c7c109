"""`careplan check --baseline` and `--write-baseline`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.starter_plans import ERROR, PLAN, warnings, write


def test_a_baseline_holds_what_was_there_and_nothing_else(run: Run) -> None:
    path = write("plans/a.careplan", warnings(2))
    assert run("check", path).code == 1
    done = run("check", path, "--write-baseline", "old.json")
    assert (done.code, done.err) == (0, "wrote old.json: 2 findings\n")
    assert "2 findings of the baseline not shown" in done.out
    done = run("check", path, "--baseline", "old.json")
    assert (done.code, done.err) == (0, "")
    assert done.out == "1 plan checked, nothing new to report; 2 findings of the baseline not shown.\n"
    write("plans/a.careplan", "# a remark\n\n" + warnings(3))
    done = run("check", "plans", "--baseline", "old.json", "--format", "concise")
    assert done.code == 1
    assert "spare-2" in done.out
    assert "spare-1" not in done.out
    report = json.loads(run("check", "plans", "--baseline", "old.json", "--format", "json").out)
    assert report["totals"]["held"] == 2


def test_a_baseline_is_good_from_every_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("plans/a.careplan", warnings(1))
    Path("state").mkdir()
    run("check", "plans", "--write-baseline", "state/old.json")
    assert json.loads(Path("state/old.json").read_text())["findings"][0]["file"] == "../plans/a.careplan"
    monkeypatch.chdir("plans")
    assert run("check", ".", "--baseline", "../state/old.json").code == 0
    assert run("check", os.path.abspath("a.careplan"), "--baseline", "../state/old.json").code == 0


def test_what_a_baseline_no_longer_needs_is_said(run: Run) -> None:
    for name in "abc":
        write(f"{name}.careplan", warnings(1))
    run("check", ".", "--write-baseline", "old.json")
    write("a.careplan", PLAN)
    Path("b.careplan").unlink()
    done = run("check", "a.careplan", "--baseline", "old.json")
    assert done.code == 0
    assert [line.split(":")[0].strip() for line in done.err.splitlines()[1:]] == ["a.careplan", "b.careplan"]
    write("c.careplan", warnings(1).replace("lasts 8 to 12 weeks", "lasts 8 to weeks"))
    assert "c.careplan" not in run("check", "c.careplan", "--baseline", "old.json").err


def test_what_makes_a_plan_meaningless_is_in_no_baseline(run: Run) -> None:
    write("a.careplan", ERROR)
    done = run("check", "a.careplan", "--write-baseline", "old.json")
    assert (done.code, json.loads(Path("old.json").read_text())["findings"]) == (1, [])
    assert "unknown-name" in done.out
    row = {"file": "a.careplan", "name": "unknown-name", "line": "at end discharge as complete", "number": 1}
    write("old.json", json.dumps({"format_version": 1, "findings": [row]}))
    assert run("check", "a.careplan", "--baseline", "old.json").code == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such baseline"),
        ("{", "it is not JSON"),
        ("\xff", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", "no list of `findings`"),
        ('{"format_version": 2, "findings": []}', "another version"),
        ('{"format_version": 1, "findings": [{"file": "a"}]}', "finding 1 is not as careplan writes them"),
        ('{"format_version": 1, "findings": [3]}', "finding 1"),
        (
            '{"format_version": 1, "findings": [{"file": 1, "name": "a", "line": "", "number": 1}]}',
            "finding 1",
        ),
    ],
)
def test_a_bad_baseline_is_told_in_a_line(run: Run, content: str | None, said: str) -> None:
    write("a.careplan", PLAN)
    if content is not None:
        Path("old.json").write_bytes(content.encode("latin-1"))
    done = run("check", "a.careplan", "--baseline", "old.json")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("careplan: old.json: ")
    assert said in done.err


@pytest.mark.parametrize(
    "options",
    [
        "--baseline x --write-baseline x",
        "--write-baseline x --fix",
        "--watch --fix",
        "--watch --write-baseline x",
    ],
)
def test_options_that_do_not_go_together(run: Run, options: str) -> None:
    done = run("check", "a.careplan", *options.split())
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 2)
