"""What all tests share: `pytest --update-corpus` writes the expected files of the corpora anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


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
