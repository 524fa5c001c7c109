"""docs/scenarios.md shows what `careplan test` prints: its plan, stories and commands in their order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

import careplan
from careplan.commands.main import main
from careplan.render.story import story_picture
from careplan.stay.scenario import run

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "scenarios.md"
FENCE = re.compile(r"^```(careplan|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_says_the_truth(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    expected: Callable[[Path, str], None],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    file = tmp_path / "my-plan.careplan"
    file.touch()
    commands = 0

    def block(found: re.Match[str]) -> str:
        nonlocal commands
        kind, text = found.groups()
        if kind == "careplan":
            file.write_text(file.read_text("utf-8") + text + "\n", "utf-8")
            return found[0]
        command, *_ = text.splitlines()
        arguments = shlex.split(command.removeprefix("$ careplan "))
        main([*arguments, "--format", "full"])
        out, err = capsys.readouterr()
        commands += 1
        return f"```text\n{command}\n{err}{out}```"

    text = FENCE.sub(block, PAGE.read_text("utf-8"))
    assert commands > 5
    assert careplan.loads(file.read_text("utf-8"))
    expected(PAGE, text)
    plan = careplan.load(file)
    story = run(plan, next(s for s in plan.scenarios if "comes back" in s.title)).story
    assert story is not None
    expected(DOCS / "pictures" / "stay.svg", story_picture(story).svg)
