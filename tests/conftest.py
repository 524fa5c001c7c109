"""What all tests share: `pytest --update-corpus` writes the expected files of the corpora anew."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from careplan.commands.main import main
from tests.starter_plans import ERROR, PLAN


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-corpus",
        action="store_true",
        help="write what careplan now gives into the corpora, to be read before it is committed",
    )


Expected = Callable[[Path, str], None]


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Expected:
    """Compares a text with a file; with `--update-corpus`, writes it there instead."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-corpus"):
            path.write_text(text, "utf-8", newline="")
        assert path.is_file(), (
            f"there is no {path.name}: run `pytest --update-corpus` and read what it writes"
        )
        assert text == path.read_bytes().decode("utf-8")

    return compare


Run = Callable[..., SimpleNamespace]

_OF_THE_PLACE = (
    "CAREPLAN_DEBUG CI_PROJECT_DIR FORCE_COLOR GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITHUB_WORKSPACE NO_COLOR"
)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in this process, in an empty folder: `code`, `out`, `err`, and `data` (bytes)."""
    for name in _OF_THE_PLACE.split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path, stdin: str | bytes = b"") -> SimpleNamespace:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = main([str(a) for a in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return SimpleNamespace(code=code, data=out, out=out.decode("utf-8", "replace"), err=err.decode())

    return command


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan without faults."""
    path = tmp_path / "plan.careplan"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A plan with one error."""
    path = tmp_path / "bad.careplan"
    path.write_text(ERROR, "utf-8")
    return path
