"""docs/scenarios.md shows what `careplan test` prints: its plan, stories and commands in their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import careplan
from careplan.render.story import story_picture
from careplan.stay.scenario import run
from tests.shown_pages import as_run

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "scenarios.md"


def test_the_page_says_the_truth(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    expected: Callable[[Path, str], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    file = tmp_path / "my-plan.careplan"
    text, commands = as_run(PAGE, file, capsys)
    assert commands > 5
    expected(PAGE, text)
    plan = careplan.load(file)
    story = run(plan, next(s for s in plan.scenarios if "comes back" in s.title)).story
    assert story is not None
    expected(DOCS / "pictures" / "stay.svg", story_picture(story).svg)
