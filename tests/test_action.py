"""The action for GitHub: its form by GitHub's schema, and its steps run as a runner runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tests.starter_plans import ERROR, PLAN, warnings

ROOT = Path(__file__).resolve().parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+)(?: == '(\w+)')? \}\}")

Act = Callable[..., SimpleNamespace]


def test_the_action_is_what_githubs_schema_says(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    text = (ROOT / "action.yml").read_text("utf-8")
    for written, code in ((text, 0), (text.replace("using: composite", ""), 1)):
        (tmp_path / "action.yml").write_text(written, "utf-8")
        done = subprocess.run(
            [*command, tmp_path / "action.yml"], capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stdout


def test_no_script_has_an_input_written_into_it() -> None:
    """An input reaches a script as a variable: what somebody names a file is never run."""
    used = {name for step in ACTION["runs"]["steps"] for name, _ in INPUT.findall(json.dumps(step))}
    assert used == set(ACTION["inputs"])
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        assert "${{" not in INPUT.sub("", json.dumps(step))


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a runner on which the action's first step has run."""
    place = tmp_path_factory.mktemp("runner")
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    environment = {**os.environ, "RUNNER_TEMP": str(place), "GITHUB_ACTION_PATH": str(ROOT)}
    environment |= {"GITHUB_ENV": str(place / "env"), "GITHUB_ACTIONS": "true"}
    done = step_run(ACTION["runs"]["steps"][0], {}, environment, place)
    assert done.returncode == 0, done.stdout + done.stderr
    pairs = (line.split("=", 1) for line in (place / "env").read_text("utf-8").splitlines())
    return environment | dict(pairs)


@pytest.fixture
def act(runner: dict[str, str], tmp_path: Path) -> Act:
    """Runs the other steps with these inputs, in a working copy: `code`, `out`, `err`, `summary`."""

    def with_inputs(**inputs: str) -> SimpleNamespace:
        given = {name: value["default"] for name, value in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        summary = tmp_path.with_name("summary.md")
        summary.write_text("")
        environment = {**runner, "GITHUB_WORKSPACE": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}
        out = err = ""
        for step in ACTION["runs"]["steps"][1:]:
            if value_of(step.get("if", "true"), given) != "true":
                continue
            done = step_run(step, given, environment, tmp_path)
            out, err = out + done.stdout, err + done.stderr
            if done.returncode:
                break
        return SimpleNamespace(code=done.returncode, out=out, err=err, summary=summary.read_text("utf-8"))

    return with_inputs


def value_of(text: str, inputs: dict[str, str]) -> str:
    """The text with GitHub's expressions worked out, as far as the action uses them."""

    def value(match: re.Match[str]) -> str:
        given = inputs[match[1]]
        return given if match[2] is None else str(given == match[2]).lower()

    return INPUT.sub(value, text)


def step_run(
    step: dict[str, Any], inputs: dict[str, str], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """The step's script, run with the options that a runner gives to bash."""
    own = {name: value_of(value, inputs) for name, value in step.get("env", {}).items()}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=folder, env=environment | own, text=True, capture_output=True, check=False
    )


@pytest.mark.slow
def test_a_mistake_is_annotated_and_in_the_summary(act: Act, tmp_path: Path) -> None:
    (tmp_path / "a plan.careplan").write_text(ERROR, "utf-8")
    done = act()
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("::error file=a plan.careplan,line=")
    assert "| error | a plan.careplan" in done.summary


@pytest.mark.slow
def test_what_is_clean_passes(act: Act, tmp_path: Path) -> None:
    (tmp_path / "a.careplan").write_text(PLAN, "utf-8")
    done = act(fmt="true")
    assert (done.code, done.out, done.err) == (0, "1 plan checked, nothing to report\n", "")
    assert "1 plan checked" in done.summary


@pytest.mark.slow
def test_every_input(act: Act, tmp_path: Path, runner: dict[str, str]) -> None:
    for name in ("one", "two two", "$(touch run)"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.careplan").write_text(warnings(1), "utf-8")
    (tmp_path / "other.careplan").write_text(ERROR, "utf-8")
    plans = "one\n\ntwo two\n$(touch run)\n"
    assert act(plans=plans).out.count("::warning") == 3
    assert act(plans=plans, fail_on="error").code == 0
    assert act(plans=plans, fail_on="sometimes").code == 2
    assert not (tmp_path / "run").exists()
    assert act(plans="one", sarif="found.sarif").code == 1
    (run,) = json.loads((tmp_path / "found.sarif").read_text("utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["unused-name"]
    write = [runner["CAREPLAN"], "check", "one", "--write-baseline", "known.json"]
    subprocess.run(write, cwd=tmp_path, check=True, capture_output=True)
    assert act(plans="one", baseline="known.json").code == 0
    (tmp_path / "one" / "a.careplan").write_text(PLAN.replace("  lasts", " lasts"), "utf-8")
    assert act(plans="one").code == 0
    done = act(plans="one", fmt="true")
    assert (done.code, done.out.splitlines()[-1]) == (1, "would change one/a.careplan")
    done = act(plans="-x")
    assert done.code == 2
    assert "-x: there is no such file" in done.err


@pytest.mark.slow
def test_a_python_that_is_too_old_is_told(tmp_path: Path) -> None:
    for name in ("python3", "python"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path)}
    done = step_run(ACTION["runs"]["steps"][0], {}, environment, tmp_path)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith("::error title=careplan::careplan needs Python 3.11 or later")
