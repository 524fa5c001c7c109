"""Other people's tools from npm. Where there is no npm, or no network, their tests are skipped; not in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def install(folder: Path, *packages: str) -> Path:
    """Install the packages into the folder, without running scripts of theirs; their `node_modules`."""
    npm = shutil.which("npm")
    if npm is None:
        _missing("npm is not installed")
    (folder / "package.json").write_text('{"private": true}')
    command = [npm, "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", *packages]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        _missing(f"npm could not install {', '.join(packages)}: {done.stderr}")
    return folder / "node_modules"


def node(folder: Path, script: str, given: str) -> str:
    """What the script (CommonJS) prints when it reads `given` from its standard input."""
    (folder / "script.cjs").write_text(script, "utf-8")
    command = ["node", "script.cjs"]
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _missing(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)
