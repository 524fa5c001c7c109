"""docs/scheduling.md: its examples run as they stand, and its table names every kind of error."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import get_args

import pytest

from careplan.stay.live.trouble import Kind

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/scheduling.md").read_text(encoding="utf-8")


def test_the_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    found = doctest.DocTestParser().get_doctest(code, {}, "scheduling", "docs/scheduling.md", 0)
    assert len(found.examples) > 15
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(found, out=said.append)
    assert result.failed == 0, "".join(said)


def test_every_kind_of_error_is_named() -> None:
    assert [kind for kind in get_args(Kind) if f"`{kind}`" not in PAGE] == []
