"""`careplan check`: where the report goes, and in which form."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from careplan.report.schema import report_schema
from careplan.rules.rule import Found, Rule
from tests.conftest import Run
from tests.starter_plans import ERROR, PLAN, warnings, write
from tests.test_ci_reports import runner


def test_the_format_follows_from_where_it_goes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.careplan", ERROR)
    plain = run("check", "a.careplan", "--format", "plain").out
    assert run("check", "a.careplan").out == plain
    for name, start in (
        ("x.sarif", "{"),
        ("x.xml", "<?xml"),
        ("x.json", '{"format_version"'),
        ("x.txt", plain),
    ):
        done = run("check", "a.careplan", "-o", name)
        assert (done.code, done.out) == (1, "")
        assert done.err == f"wrote {name}: 1 error in 1 file\n"
        assert Path(name).read_text("utf-8").startswith(start)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("check", "a.careplan").out.startswith("::error file=a.careplan,line=")
    assert run("check", "a.careplan", "--format", "plain").out == plain


def test_an_output_is_written_whole_or_not_at_all(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.careplan", PLAN)
    write("x.json", "before")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("careplan.reading.read_file", stop)
        assert run("check", "a.careplan", "-o", "x.json").code == 130
    assert Path("x.json").read_text() == "before"
    assert sorted(os.listdir()) == ["a.careplan", "x.json"]
    for name in ("a.careplan", "b.careplan"):
        done = run("check", "a.careplan", "-o", name)
        assert (done.code, "would be overwritten" in done.err) == (2, True)
    done = run("check", "a.careplan", "-o", "nowhere/x.json")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert Path("a.careplan").read_text("utf-8") == PLAN


def test_github_has_annotations_and_the_jobs_summary(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("clinic/a.careplan", ERROR)
    summary = write("summary.md", "what another step said\n").resolve()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", os.getcwd())
    monkeypatch.chdir("clinic")
    done = run("check", "a.careplan")
    assert (done.code, done.err) == (1, "")
    kind, properties, _ = runner(done.out.splitlines()[0])
    assert (kind, properties["file"], properties["title"]) == ("error", "clinic/a.careplan", "unknown-name")
    text = summary.read_text("utf-8")
    assert text.startswith("what another step said\n### careplan\n")
    assert "| error | clinic/a.careplan&#58;" in text
    run("check", "a.careplan", "--format", "plain")
    assert summary.read_text("utf-8") == text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary.parent))
    done = run("check", "a.careplan")
    assert (done.code, done.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("format_", ["github", "gitlab", "sarif", "junit"])
def test_several_processes_write_the_same(run: Run, format_: str) -> None:
    for n in range(30):
        write(f"p/{n:02}.careplan", ERROR if n % 2 else PLAN)
    write("p/03.careplan", "")
    alone, together = (run("check", "p", "--format", format_, "--jobs", n) for n in "13")
    assert vars(alone) == vars(together)
    assert alone.code == 2


@pytest.fixture
def failing_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule `zero-slack` has a fault of its own."""
    from careplan.rules import run

    def broken(_: object) -> Iterator[Found]:
        raise KeyError("iop")
        yield

    def with_a_broken_one(names: Collection[str]) -> list[Rule]:
        return [r._replace(check=broken) if r.name == "zero-slack" else r for r in before(names)]

    before = run.rules_of_all
    monkeypatch.setattr(run, "rules_of_all", with_a_broken_one)


@pytest.mark.usefixtures("failing_rule")
def test_a_rule_that_fails_is_named_and_the_others_findings_are_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.careplan", warnings(1))
    done = run("check", "a.careplan")
    assert done.code == 2
    assert "spare-0" in done.out
    assert done.out.endswith("1 warning in 1 file; a rule of careplan failed.\n")
    assert done.err.startswith(
        "careplan: a.careplan: the rule `zero-slack` failed, so its findings are missing"
    )
    assert "report this" in done.err
    assert done.err.count("\n") == 1
    monkeypatch.setenv("CAREPLAN_DEBUG", "1")
    assert "Traceback" in run("check", "a.careplan").err


@pytest.mark.usefixtures("failing_rule")
@pytest.mark.parametrize(
    ("format_", "told"),
    [
        ("json", '"failures": ["the rule `zero-slack` failed'),
        ("github", "::error file=a.careplan,title=careplan::the rule `zero-slack` failed"),
        ("gitlab", '"check_name": "rule-failed"'),
        ("sarif", '"executionSuccessful": false'),
        ("junit", '<error type="rule-failed" message="the rule `zero-slack` failed'),
    ],
)
def test_a_report_that_is_read_alone_says_that_a_rule_failed(run: Run, format_: str, told: str) -> None:
    write("a.careplan", warnings(1))
    done = run("check", "a.careplan", "--format", format_)
    assert told in done.out
    assert "spare-0" in done.out
    if format_ == "json":
        report = json.loads(done.out)
        Draft202012Validator(report_schema()).validate(report)
        assert report["totals"]["failed"] == 1
