"""The reports for CI services, each held against somebody else's idea of the format."""

from __future__ import annotations

import json
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from markdown_it import MarkdownIt
from npm import install
from xmlschema import XMLSchema

from careplan.diagnostics import Severity, error, warning
from careplan.files import printable
from careplan.report import Findings, Report, report_for, write
from careplan.report.fingerprint import keys
from careplan.report.github import LIMIT, GitHub, command
from careplan.report.root import Root, relative
from careplan.report.summary import LARGEST, Summary, markdown
from careplan.source import NOWHERE, Source
from tests.test_report import LIBRARY, PLAN, at, findings

SCHEMAS = Path(__file__).parent / "schemas"
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


def many(number: int, severity: Severity = Severity.WARNING) -> list[Findings]:
    """As many findings, each on a line of its own, in files of 7."""
    every = []
    for first in range(0, number, 7):
        file = f"plans/p{first}.careplan"
        source = Source(file, "".join(f"line {n}\n" for n in range(min(7, number - first))))
        found = [
            warning("some-rule", f"finding {first + n}", source.span(start, start + 4))
            for n, start in enumerate(source.line_starts[:-1])
        ]
        every.append(Findings(file, tuple(d._replace(severity=severity) for d in found), {file: source}))
    return every


# ------------------------------------------------------------------------------------------------- GitHub


def runner(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner takes it apart."""
    head, _, message = line[2:].partition("::")
    kind, _, pairs = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in pairs.split(",") if pair)
    return kind, {name: _decoded(value, ":,") for name, value in properties.items()}, _decoded(message)


def _decoded(text: str, more: str = "") -> str:
    for sign in "\r\n" + more:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text.replace("%25", "%")


@given(st.dictionaries(st.sampled_from(["file", "line", "title"]), ANY_TEXT, min_size=1), ANY_TEXT)
def test_a_command_says_what_was_put_in(properties: dict[str, str], message: str) -> None:
    line = command("error", properties, message)
    assert "\n" not in line
    assert "\r" not in line
    assert runner(line) == ("error", properties, message)


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_of_a_plan_becomes_a_command(name: str, message: str) -> None:
    found = (error("some-rule", f"{message}##[add-mask]x\n::stop-commands::y", NOWHERE),) * 2
    every = [*many(LIMIT, Severity.ERROR), Findings(printable(name), found)]
    every.append(Findings(printable(name), problem=printable(message) or "gone"))
    for line in write(GitHub(), every).splitlines():
        if line.startswith("::"):
            assert runner(line)[0] == "error"
        else:
            assert not line.lstrip().startswith("::")
            assert "##[" not in line


@pytest.mark.parametrize("severity", Severity)
def test_what_is_beyond_the_limit_is_counted_and_in_the_log(severity: Severity) -> None:
    text = write(GitHub(), many(33, severity))
    shown = [line for line in text.splitlines() if line.startswith("::")]
    assert len(shown) == LIMIT
    assert f"23 {severity.word}s more: in this log only" in text
    assert all(re.search(rf"finding {n}\b", text) for n in range(33))
    assert "more:" not in write(GitHub(), many(LIMIT, severity))


def test_the_finding_of_a_file_that_several_plans_use_is_annotated_once() -> None:
    found = Findings("a", (error("x", "y", at(LIBRARY, "cows")),), {LIBRARY.name: LIBRARY})  # type: ignore[arg-type]
    assert write(GitHub(), [found, found._replace(file="b")]).count("::error") == 1


def test_paths_begin_at_the_repository() -> None:
    root = Root("/repo", "/repo/clinic")
    assert root.path("a.careplan") == "clinic/a.careplan"
    assert root.path("../plans/./a.careplan") == "plans/a.careplan"
    assert root.path("/repo/plans/a.careplan") == "plans/a.careplan"
    assert root.path("/elsewhere/a.careplan") == "/elsewhere/a.careplan"
    assert root.path("<stdin>") == "<stdin>"
    assert relative("/elsewhere/a", "/repo", "/repo") == "../elsewhere/a"
    for format_ in ("github", "gitlab", "sarif", "junit", "summary"):
        text = write(report_for(format_, root=root), findings())
        assert re.search(r"clinic.{1,5}plans.{1,5}oud", text), format_


def cells(text: str) -> list[list[str]]:
    """The texts of a Markdown table's rows."""
    parsed = MarkdownIt("commonmark").enable("table").parse(text)
    rows: list[list[str]] = []
    for token in parsed:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            assert {part.type for part in token.children or ()} <= {"text", "html_inline", "text_special"}
            kept = (part.content for part in token.children or () if part.type != "html_inline")
            rows[-1].append("".join(kept))
    return rows


@given(st.text(st.sampled_from("ab`|\\*_[]()<>&!#@:~$/. \u202e\n住"), max_size=30))
def test_a_cell_of_the_summary_says_what_was_put_in(text: str) -> None:
    (_, row) = cells(f"| a |\n|---|\n| .{markdown(text)}. |\n")
    printable = "".join(c if c.isprintable() else "\ufffd" for c in text)
    assert row[0] == "." + re.sub(r"`([^`]*)`", r"\1", printable) + "."


def test_the_summary_holds_every_finding_that_github_takes() -> None:
    rows = cells(write(Summary(), findings()))
    assert len(rows) == 1 + 9
    assert rows[1][1:] == ["plans/oud.careplan:2", "this file has Windows line ends (CRLF)", "line-ends"]
    long = Findings("a", (warning("x", "word " * 1000, NOWHERE),) * 50)
    text = write(Summary(), [long] * 10)
    assert len(text.encode()) < LARGEST + 1000
    assert re.search(r"; \d+ findings left out of this table", text)
    assert "table" not in write(Summary(), [Findings("a")])


# ------------------------------------------------------------------------------------------------- GitLab

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, with the severities and the
# rules given there: a relative path without `./`, lines as integers.
CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": "^[^\\n]*$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 32},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("every", [findings(), many(30), [], [Findings("clean")]], ids=len)
def test_gitlab_is_what_its_documentation_says(every: list[Findings]) -> None:
    report = json.loads(write(report_for("gitlab"), every))
    Draft202012Validator(CODE_QUALITY).validate(report)
    assert len({entry["fingerprint"] for entry in report}) == len(report)


# -------------------------------------------------------------------------------------------------- JUnit


@pytest.fixture(scope="module")
def junit() -> XMLSchema:
    """The schema of Jenkins's JUnit plugin, as pytest has it in its source package (MIT licence)."""
    return XMLSchema(SCHEMAS / "junit-10.xsd")


@pytest.mark.parametrize("every", [findings(), many(30), [], [Findings("clean")]], ids=len)
def test_junit_is_what_its_schema_says(junit: XMLSchema, every: list[Findings]) -> None:
    text = write(report_for("junit"), every)
    junit.validate(text)
    for suite in ET.fromstring(text):
        for kind in ("failure", "error"):
            assert len(list(suite.iter(kind))) == int(
                suite.get(kind.replace("ure", "ures").rstrip("s") + "s", "")
            )
        assert len(list(suite.iter("testcase"))) == int(suite.get("tests", ""))
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names)


@given(ANY_TEXT, ANY_TEXT)
def test_junit_is_xml_whatever_a_plan_says(name: str, message: str) -> None:
    found = warning("some-rule", message, PLAN.span(0, 4), here=message, help=message)
    ET.fromstring(write(report_for("junit"), [Findings(name, (found,)), Findings(name, problem=message)]))


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.ERROR, 4), (Severity.WARNING, 6), (Severity.NOTE, 7)]
)
def test_junit_fails_where_the_check_does(fail_on: Severity, failures: int) -> None:
    text = write(report_for("junit"), [findings()[1]._replace(fail_on=fail_on)])
    assert text.count("<failure ") == failures


# -------------------------------------------------------------------------------------------------- SARIF


@given(ANY_TEXT, ANY_TEXT)
def test_sarif_is_json_whatever_a_plan_says(name: str, message: str) -> None:
    found = warning("some-rule", message, PLAN.span(0, 4), help=message)
    unread = Findings(name, problem=message or "gone")
    text = write(report_for("sarif"), [Findings(name, (found,)), unread])
    (run,) = json.loads(text)["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["some-rule", "not-checked"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"some-rule", "not-checked"}


def test_sarif_has_the_page_of_each_rule() -> None:
    found = error("phase-without-exit", "x", PLAN.span(0, 4))
    (run,) = json.loads(write(report_for("sarif"), [Findings("a", (found,))]))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"].startswith("# phase-without-exit\n")
    assert rule["shortDescription"]["text"].startswith("A phase has a maximum")


@pytest.fixture(scope="module")
def multitool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Microsoft's SARIF tool, with the schema, from npm."""
    modules = install(tmp_path_factory.mktemp("sarif"), "@microsoft/sarif-multitool@5")
    found = [*modules.glob("@microsoft/sarif-multitool-*/Sarif.Multitool")]
    found[0].chmod(0o755)
    return found[0]


@pytest.mark.slow
@pytest.mark.parametrize("every", [findings(), many(30), [Findings("clean")]], ids=len)
def test_sarif_is_what_its_schema_and_microsofts_tool_say(
    multitool: Path, tmp_path: Path, every: list[Findings]
) -> None:
    text = write(report_for("sarif"), every)
    schema = json.loads((multitool.parent / "sarif-2.1.0.json").read_text("utf-8-sig"))
    validator_for(schema)(schema).validate(json.loads(text))
    assert complaints(multitool, tmp_path, text) == set()


@pytest.mark.slow
def test_microsofts_tool_finds_what_is_wrong(multitool: Path, tmp_path: Path) -> None:
    text = write(report_for("sarif"), findings())
    assert complaints(multitool, tmp_path, text.replace('"startLine": 3', '"startLine": 0'))
    assert complaints(multitool, tmp_path, text.replace('"startLine"', '"endLine"'))


def complaints(multitool: Path, folder: Path, text: str) -> set[str]:
    """The rules of the tool that the text breaks, but for the address of a web page, which we do not have."""
    (folder / "report.sarif").write_text(text, "utf-8")
    command = [multitool, "validate", "report.sarif", "--output", "found.sarif", "--log", "ForceOverwrite"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120, check=False)
    (run,) = json.loads((folder / "found.sarif").read_text("utf-8-sig"))["runs"]
    notices = run.get("invocations", [{}])[0].get("toolConfigurationNotifications", [])
    return {found["ruleId"] for found in (*run.get("results", ()), *notices)} - {"SARIF2005"}


# ------------------------------------------------------------------------------------------- fingerprints


def prints(text: str, words: list[str], file: str = "a.careplan") -> list[str]:
    """The fingerprints of findings at these words."""
    source = Source(file, text)
    found = [warning("some-rule", "x", source.span(text.index(w), text.index(w) + 1)) for w in words]
    return [key.digest for key in keys(Findings(file, tuple(found), {file: source}), str)]


def test_fingerprints_survive_moved_lines_and_tell_equal_ones_apart() -> None:
    before = prints("plan a\nphase x\n  lasts 8 weeks\nphase y\n", ["phase x", "lasts", "phase y"])
    moved = prints(
        "# new\n\nplan a\nphase x\n    lasts  8 weeks\n\nphase y\n", ["phase x", "lasts", "phase y"]
    )
    assert moved == before
    assert len(set(before)) == 3
    same = prints("lasts 8 weeks\n", ["lasts", "lasts"])
    assert len(set(same)) == 2
    assert prints("lasts 9 weeks\n", ["lasts"])[0] not in same
    assert prints("lasts 8 weeks\n", ["lasts"], "b.careplan")[0] not in same


@pytest.mark.parametrize("format_", ["github", "gitlab", "sarif", "junit", "summary"])
def test_a_report_keeps_no_file_in_memory(format_: str) -> None:
    import pickle

    def size_after(number: int) -> int:
        report: Report = report_for(format_)
        for every in many(number):
            report.shown(report.file(every))
        return len(pickle.dumps(report))

    assert size_after(7000) < size_after(70) + 100
