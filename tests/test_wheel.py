"""The built wheel, unpacked somewhere else, does the whole job."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (wheel,) = folder.glob("careplan-*.whl")
    target = folder / "site"
    zipfile.ZipFile(wheel).extractall(target)
    return target


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "careplan", *arguments]
    return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, timeout=120, check=False)


def test_the_wheel_holds_what_it_needs(installed: Path) -> None:
    for path in (
        "careplan/py.typed",
        "careplan/grammar/careplan.lark",
        "careplan/language/tables.json",
        "careplan/library/measures.careplan",
        "careplan/pages/unknown-name.md",
        "careplan/render/document/style.css",
    ):
        assert (installed / path).is_file(), path


def test_the_wheel_reads_draws_and_explains(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import careplan; print(careplan.__file__)"],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    plan = str(ROOT / "examples" / "oud-step-down.careplan")
    assert run(installed, "check", plan).returncode == 0
    assert run(installed, "fmt", "--check", plan).returncode == 0
    assert run(installed, "explain", "unknown-name").returncode == 0
    for picture in ("plan.html", "plan.svg"):
        ran = run(installed, "render", plan, "-o", str(tmp_path / picture))
        assert ran.returncode == 0, ran.stderr
        assert (tmp_path / picture).stat().st_size > 5000
    started = run(installed, "new", str(tmp_path / "mine.careplan"))
    assert started.returncode == 0, started.stderr
    assert run(installed, "check", str(tmp_path / "mine.careplan")).returncode == 0
