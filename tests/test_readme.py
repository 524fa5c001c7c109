"""What the README shows is what careplan does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import careplan
from careplan.commands.main import main
from careplan.render.graph import graph_svg
from careplan.render.timeline import timeline_svg

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_finding_is_the_one_that_check_prints(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["check", "--format", "full", "tests/corpus/readme.careplan"]) == 1
    shown = re.search(r"```\n(error\[.*?)\n```", README, re.DOTALL)
    assert shown
    assert capsys.readouterr().out.startswith(shown[1] + "\n")


def test_the_python_example_says_the_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    plan = careplan.load("examples/oud-step-down.careplan")
    lasts = plan.phase("iop").lasts
    assert lasts is not None
    assert lasts.high == 112
    assert plan.medication("bup-nx").steps[0].low == 4.0


def test_the_pictures_are_current(expected: Callable[[Path, str], None]) -> None:
    plan = careplan.load(ROOT / "examples" / "oud-step-down.careplan")
    expected(ROOT / "docs" / "pictures" / "oud-step-down.svg", timeline_svg(plan))
    expected(ROOT / "docs" / "pictures" / "oud-step-down-graph.svg", graph_svg(plan))


def test_there_are_just_two_setup_commands() -> None:
    blocks = re.findall(r"<!-- setup: (\w+) -->\n```sh\n(.*?)\n```", README, re.DOTALL)
    assert [name for name, _ in blocks] == ["run", "test"]
    assert all("\n" not in command for _, command in blocks)


def test_every_linked_file_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
