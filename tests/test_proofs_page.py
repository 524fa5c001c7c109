"""docs/proofs.md shows what `careplan prove` prints of its plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import careplan
from tests.shown_pages import as_run

PAGE = Path(__file__).resolve().parents[1] / "docs" / "proofs.md"


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
    assert commands == 4
    assert careplan.load(file).claims
    expected(PAGE, text)
