"""Reports held against what others have made for their formats: ajv, check-jsonschema, @actions/core."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from npm import install, node

from careplan.export.json import plan_schema
from careplan.report import report_for, write
from careplan.report.github import command
from careplan.report.schema import report_schema
from tests.test_ci_reports import many
from tests.test_report import findings

SCHEMAS: dict[str, Callable[[], object]] = {"report": report_schema, "plan": plan_schema}


def check_jsonschema(*arguments: str | Path) -> int:
    command = [sys.executable, "-m", "check_jsonschema", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", SCHEMAS)
def test_our_schemas_are_schemas(tmp_path: Path, name: str) -> None:
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(SCHEMAS[name]()), "utf-8")
    assert check_jsonschema("--check-metaschema", path) == 0
    path.write_text(json.dumps({**SCHEMAS[name](), "type": "thing"}), "utf-8")  # type: ignore[dict-item]
    assert check_jsonschema("--check-metaschema", path) == 1


def test_a_report_is_what_its_schema_says(tmp_path: Path) -> None:
    schema, report = tmp_path / "schema.json", tmp_path / "report.json"
    schema.write_text(json.dumps(report_schema()), "utf-8")
    text = write(report_for("json"), findings())
    report.write_text(text, "utf-8")
    assert check_jsonschema("--schemafile", schema, report) == 0
    report.write_text(text.replace('"severity": "error"', '"severity": "fatal"'), "utf-8")
    assert check_jsonschema("--schemafile", schema, report) == 1


AJV = """\
const Ajv = require("ajv/dist/2020").default;
const {schema, reports} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const validate = new Ajv({strict: true, allowUnionTypes: true}).compile(schema);
console.log(JSON.stringify(reports.map((report) => validate(report))));
"""


@pytest.mark.slow
def test_ajv_agrees(tmp_path: Path) -> None:
    install(tmp_path, "ajv@8")
    texts = [write(report_for("json"), every) for every in (findings(), many(30), [])]
    texts.append(texts[0].replace('"severity": "error"', '"severity": "fatal"'))
    given = {"schema": report_schema(), "reports": [json.loads(text) for text in texts]}
    assert json.loads(node(tmp_path, AJV, json.dumps(given))) == [True, True, True, False]


ACTIONS = """\
const {issueCommand} = require("@actions/core/lib/command");
for (const [kind, properties, message] of JSON.parse(require("fs").readFileSync(0, "utf8")))
  issueCommand(kind, properties, message);
"""


@pytest.mark.slow
def test_commands_are_written_as_githubs_own_library_writes_them(tmp_path: Path) -> None:
    install(tmp_path, "@actions/core@1")
    hard = "100%, a: b\r\n::error::x %0A"
    given = [
        ("error", {"file": "plans/a, b: c.careplan", "line": "3", "title": hard}, hard),
        ("warning", {"file": "住院.careplan", "col": "1"}, "“x”"),
        ("notice", {"title": "some-rule"}, "plain"),
    ]
    lines = node(tmp_path, ACTIONS, json.dumps(given)).splitlines()
    assert lines == [command(*each) for each in given]
