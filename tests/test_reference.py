"""The vocabulary, the grammar and the reference page say the same."""

from __future__ import annotations

import re
from pathlib import Path

from careplan.language.grammar import grammar_text
from careplan.language.tables import tables
from careplan.report.reference import reference
from careplan.vocabulary import BLOCKS, CONDITIONS, HOW_OFTEN, STORIES, UNITS, WHERE, example, find

ROOT = Path(__file__).resolve().parents[1]


def line_rules(block: str) -> set[str]:
    """The rules that the grammar lists as lines of `block`."""
    found = re.search(rf"^\?{block}_line: (.+?)(?=^//|\Z)", grammar_text(), re.MULTILINE | re.DOTALL)
    assert found, block
    return {part.strip() for part in found.group(1).split("|")}


def test_the_vocabulary_has_every_line_of_the_grammar() -> None:
    for block in BLOCKS:
        if block.word in ("use", "anytime"):
            continue
        kind = {"support": "therapy"}.get(block.word, block.word)
        assert {rule for line in block.lines for rule in line.rules} == line_rules(kind), block.word


def test_every_row_has_its_rule_and_every_line_an_example() -> None:
    origins = {rule.origin for rule in tables().rules} | set(tables().docs)
    for block in BLOCKS:
        assert example(block.rule).split()[0] == block.word
        for line in block.lines:
            assert all(example(rule) for rule in line.rules), line
    for word in (*HOW_OFTEN, *WHERE, *CONDITIONS, *STORIES, *UNITS):
        assert set(word.rules) <= origins, word


def test_a_word_is_found_where_it_is_used() -> None:
    assert [block for block, _ in find("on return")] == ["medication", "phase"]
    assert find("no-such-word") == []


def test_the_reference_page_is_current() -> None:
    assert (ROOT / "docs" / "reference.md").read_text("utf-8") == reference()
