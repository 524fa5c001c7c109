"""docs/ci.md says what the action, the hooks and the settings are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from careplan.rules.settings import Settings, with_table

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_table_has_every_input_of_the_action() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    table = PAGE[PAGE.index("| input |") : PAGE.index("## Elsewhere")]
    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == list(action["inputs"])


def test_the_configuration_for_pre_commit_names_our_hooks() -> None:
    given = next(yaml.safe_load(block) for block in blocks("yaml") if "repos:" in block)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {h["id"] for h in given["repos"][0]["hooks"]} == {h["id"] for h in hooks}


def test_the_settings_are_settings() -> None:
    (text,) = blocks("toml")
    settings = with_table(Settings(), tomllib.loads(text), "careplan.toml")
    assert settings.packs == ("asam-4",)
    assert set(settings.levels) == {"unused-name"}
