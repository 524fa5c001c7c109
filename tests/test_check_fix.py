"""`careplan check --fix` and `--diff`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.pages import read_pages
from tests.starter_plans import ERROR, HYPHEN, PLAN, write


def test_fix_mends_and_reports_what_is_left(run: Run) -> None:
    path = write("a.careplan", HYPHEN.replace("discharge as completed", "discharge as complete"))
    other = write("b.careplan", PLAN)
    stamp = other.stat().st_mtime_ns
    done = run("check", ".", "--fix", "--format", "concise")
    assert done.code == 1
    assert done.err == "1 finding fixed in 1 file\n"
    assert path.read_text("utf-8") == ERROR
    assert "unknown-name" in done.out
    assert "range-with-hyphen" not in done.out
    assert other.stat().st_mtime_ns == stamp
    assert sorted(os.listdir()) == ["a.careplan", "b.careplan"]


def test_diff_changes_nothing(run: Run) -> None:
    path = write("a.careplan", HYPHEN)
    done = run("check", path, "--diff")
    assert done.code == 1
    assert "-  lasts 8-12 weeks\n+  lasts 8 to 12 weeks\n" in done.out
    assert done.err == "1 finding can be fixed in 1 file\n1 plan checked, nothing to report.\n"
    assert path.read_text("utf-8") == HYPHEN
    patched = subprocess.run(["patch", "-p0"], input=done.out, text=True, capture_output=True, check=False)
    assert patched.returncode == 0
    assert path.read_text("utf-8") == PLAN
    done = run("check", path, "--diff")
    assert (done.code, done.out) == (0, "")


def test_fix_of_the_standard_input(run: Run) -> None:
    done = run("check", "-", "--fix", stdin=HYPHEN)
    assert (done.code, done.out) == (0, PLAN)
    done = run("check", "-", "--fix", stdin=ERROR)
    assert (done.code, done.out) == (1, ERROR)
    assert "Error on line" in done.err


def test_fix_keeps_line_ends_and_a_file_that_changed_meanwhile(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("a.careplan")
    path.write_bytes(HYPHEN.replace("\n", "\r\n").encode())
    run("check", path, "--fix")
    assert path.read_bytes() == PLAN.replace("\n", "\r\n").encode()
    write("a.careplan", HYPHEN)

    def late(source: object, see: object) -> object:
        path.write_text("saved by somebody else", "utf-8")
        return before(source, see)  # type: ignore[arg-type]

    from careplan.commands import fixing

    before = fixing.fixed
    monkeypatch.setattr(fixing, "fixed", late)
    done = run("check", path, "--fix")
    assert done.code == 2
    assert "has changed since it was read" in done.err
    assert path.read_text("utf-8") == "saved by somebody else"


def test_a_fix_that_would_bring_other_faults_leaves_the_file_alone(run: Run) -> None:
    (page,) = [page for page in read_pages() if page.name == "unknown-name"]
    path = write("a.careplan", page.bad[0])
    done = run("check", path, "--fix")
    assert (done.code, path.read_text("utf-8")) == (1, page.bad[0])
    assert done.err == "careplan: a.careplan: 1 fix not made: it would bring other faults\n"


def test_fix_has_the_baseline_and_the_settings_of_a_check(run: Run) -> None:
    path = write("a.careplan", PLAN.replace("individual weekly", "individual_ weekly"))
    write("careplan.toml", '[levels]\nunderscore = "off"\nstray-hyphen = "off"\n')
    before = path.read_text("utf-8")
    run("check", path, "--fix")
    assert path.read_text("utf-8") == before
