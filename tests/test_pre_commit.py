"""The hooks for pre-commit: their form, and pre-commit itself with this checkout as the hooks' repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.starter_plans import ERROR, PLAN

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = "pyproject.toml README.md LICENSE NOTICE careplan grammar examples .pre-commit-hooks.yaml".split()
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
GIT |= {f"GIT_{who}_{what}": "tester" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def test_the_hooks_are_what_pre_commit_takes() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert [hook["id"] for hook in hooks()] == ["careplan-check", "careplan-fmt"]


def hooks() -> list[dict[str, str]]:
    return list(yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")))


class Repository:
    """A git repository in a folder, with a home for pre-commit beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environment = {**clean, **GIT, "PRE_COMMIT_HOME": str(folder.with_name("pre-commit"))}
        self.run("git", "init", "--quiet", "--initial-branch=main")

    def run(self, *command: str, code: int = 0) -> str:
        """What the command prints; it ends with `code`."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, text=True, capture_output=True, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, code: int = 0) -> str:
        """Commit everything, with the hooks that are installed."""
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "Plans", code=code)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository of plans whose commits pass through both hooks."""
    place = tmp_path_factory.mktemp("git")
    ours = Repository(place / "careplan")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, ours.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, ours.folder / name)
    ours.commit()
    revision = ours.run("git", "rev-parse", "HEAD").strip()
    theirs = Repository(place / "plans")
    entry = {"repo": str(ours.folder), "rev": revision, "hooks": [{"id": hook["id"]} for hook in hooks()]}
    (theirs.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [entry]}), "utf-8")
    theirs.run(sys.executable, "-m", "pre_commit", "install", "--install-hooks")
    return theirs


@needs_git
@pytest.mark.slow
def test_a_commit_passes_through_both_hooks(plans: Repository) -> None:
    path = plans.folder / "clinic" / "a plan.careplan"
    path.parent.mkdir()
    (plans.folder / "notes.txt").write_text("no plan\n")
    path.write_text(ERROR, "utf-8")
    said = plans.commit(code=1)
    assert "careplan check" in said
    assert "no outcome is called `complete`" in said
    assert "careplan explain unknown-name" in said
    assert "notes.txt" not in said

    path.write_text(PLAN.replace("  lasts", " lasts"), "utf-8")
    said = plans.commit(code=1)
    assert "files were modified by this hook" in said
    assert path.read_text("utf-8") == PLAN

    said = plans.commit()
    assert plans.run("git", "status", "--short") == ""
    path.write_bytes(PLAN.replace("lasts 8 to 12", "lasts 8-12").encode())
    assert "range-with-hyphen" in plans.run(sys.executable, "-m", "pre_commit", "run", "--all-files", code=1)
