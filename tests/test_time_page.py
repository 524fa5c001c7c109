"""docs/time.md: every plan on it is lived, and its tables are what the core made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from time_page import EXAMPLE, examples, retold

PAGE = Path(__file__).resolve().parents[1] / "docs" / "time.md"


def test_the_tables_are_what_happens(expected: Callable[[Path, str], None]) -> None:
    expected(PAGE, retold(PAGE.read_text("utf-8")))


def test_every_plan_has_a_story_that_holds() -> None:
    page = PAGE.read_text("utf-8")
    found = list(examples(page))
    assert len(found) == page.count("```careplan\n")
    assert len(found) > 20
    for example in found:
        ran = example.lived()
        assert ran.result.passed, (example.plan, ran.result)


def test_every_rule_has_an_example() -> None:
    page = PAGE.read_text("utf-8")
    sections = page.split("\n### ")[1:]
    assert [s.splitlines()[0] for s in sections if not EXAMPLE.search(s)] == []
