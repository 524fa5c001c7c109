"""The rule book: every finding and every pack has its page, and the book in docs/ is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from careplan.commands.page import page_text
from careplan.report.rulebook import finding_page, pack_page, rule_book
from careplan.rules.facts import CONFIRM, facts
from careplan.rules.names import STRUCTURE, severities
from careplan.rules.packs import all_rules, packs, rules_of
from careplan.rules.rule import Rule

ROOT = Path(__file__).resolve().parents[1]


def test_the_book_is_current() -> None:
    """After a change: `careplan explain --all --format markdown > docs/rules.md`."""
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rule_book()


def test_the_book_has_every_finding_once() -> None:
    found = re.findall(r"^### (.+)$", rule_book(), re.MULTILINE)
    assert sorted(found) == sorted(severities())


@pytest.mark.parametrize("name", sorted(severities()))
def test_a_page_for_the_terminal(name: str) -> None:
    page = finding_page(name)
    assert page.startswith(f"# {name}\n\nseverity: {severities()[name].word}\n")
    text = page_text(page)
    assert "```" not in text
    assert not re.search(r"^(source|not reported): ", page, re.MULTILINE)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_a_rules_page_names_pack_sources_and_marks(rule: Rule) -> None:
    page = finding_page(rule.name)
    assert re.search(r"^packs?: `[a-z0-9-]+` \(version \d+, ", page, re.MULTILINE)
    assert "\nNot reported:\n\n- " in page
    for name in re.findall(r"^source: fact `([^`]+)`", rule.page, re.MULTILINE):
        fact = facts()[name]
        line = next(line for line in page.split("\n") if fact.url in line and fact.source in line)
        assert (CONFIRM in line) == (fact.mark != "verified")


@pytest.mark.parametrize("name", [*packs(), STRUCTURE])
def test_a_pack_has_a_page(name: str) -> None:
    page = pack_page(name)
    assert page.startswith(f"# {name}\n")
    if name != STRUCTURE:
        pack = packs()[name]
        assert f"Jurisdiction: {pack.jurisdiction}. Version {pack.version}. In force: " in page
        assert all(f"- `{rule.name}`: " in page for rule in rules_of(name))
        assert (pack.effective_from or "no date in its sources") in page


def test_there_is_no_page_on_what_does_not_exist() -> None:
    assert finding_page("no-such-finding") == ""
    assert pack_page("no-such-pack") == ""


def test_a_table_and_an_address_on_the_terminal() -> None:
    address = "<https://example.org/" + "a-b/" * 30 + ">"
    text = page_text(
        f"# One\n\n<!-- a remark -->\n\n| a | b |\n|---|---|\n| long words | c |\n\n- see {address}\n"
    )
    assert text == f"One\n\na           b\nlong words  c\n\n- see\n  {address}\n"
