"""Every rule's page is its test: the bad plan raises just this rule, the good one nothing."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from careplan.diagnostics import Severity
from careplan.reading import read_text
from careplan.rules.facts import CONFIRM, facts
from careplan.rules.packs import all_rules, packs, packs_of
from careplan.rules.rule import Rule

RULES = all_rules()
FENCE = re.compile(r"^```careplan (bad|good)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


CALENDAR = {0, 1, 2, 7, 24, 31, 52, 60, 1e-6}
"""Days of a week and of a month, hours of a day, weeks of a year, minutes of an hour; a rounding."""


def facts_of(rule: Rule) -> set[str]:
    return set(re.findall(r"^source: fact `([^`]+)`", rule.page, re.MULTILINE))


def plans(rule: Rule, kind: str) -> list[str]:
    return [text for word, text in FENCE.findall(rule.page) if word == kind]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_bad_plan_raises_just_this_rule(rule: Rule) -> None:
    assert plans(rule, "bad")
    for text in plans(rule, "bad"):
        reading = read_text(text)
        assert reading.failures == ()
        assert {d.name for d in reading.diagnostics} == {rule.name}, [d.message for d in reading.diagnostics]
        for found in reading.diagnostics:
            assert found.severity is rule.severity
            assert not found.message.endswith(".")
            assert "None" not in found.message + found.help


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_good_plan_raises_nothing(rule: Rule) -> None:
    assert plans(rule, "good")
    for text in plans(rule, "good"):
        assert [d.message for d in read_text(text).diagnostics] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_says_what_why_and_where_from(rule: Rule) -> None:
    first = rule.page.split("\n\n")[0]
    assert first.endswith(".")
    assert "\n" not in first.strip()
    if rule.folder != "clarity":
        assert re.search(r"^source: ", rule.page, re.MULTILINE), (
            "a rule that people can cite names its source"
        )
    for name in re.findall(r"^source: fact `([^`]+)`", rule.page, re.MULTILINE):
        fact = facts()[name]
        if fact.mark != "verified":
            assert CONFIRM in " ".join(rule.page.split())
            assert rule.severity <= Severity.WARNING
    assert re.search(r"^not reported: ", rule.page, re.MULTILINE), "the page names its false-positive traps"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_rule_is_stricter_than_what_it_rests_on(rule: Rule) -> None:
    """What no one has read at its source yet is a warning at most, and the finding says so."""
    if CONFIRM not in " ".join(rule.page.split()):
        assert all(facts()[name].mark == "verified" for name in facts_of(rule))
        return
    assert rule.severity <= Severity.WARNING
    found = [d for text in plans(rule, "bad") for d in read_text(text).diagnostics]
    assert any(CONFIRM in d.message + d.help for d in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_numbers_of_a_rule_stand_in_the_table(rule: Rule) -> None:
    """In the code are only those of the calendar and the clock, and every number asked for is on the page."""
    tree = ast.parse(Path(sys.modules[rule.check.__module__].__file__ or "").read_text("utf-8"))
    numbers = {
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) in (int, float)
    }
    assert numbers <= CALENDAR
    asked = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "fact"
        if isinstance(node.args[0], ast.Constant)
    }
    assert asked <= facts_of(rule)


def test_names_are_unique_and_packs_described() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(packs_of(rule) for rule in RULES)
    shared = {folder for pack in packs().values() for folder in pack.shares}
    assert shared <= {rule.folder for rule in RULES}


def test_every_number_has_its_source() -> None:
    for fact in facts().values():
        assert fact.url.startswith("http")
        assert fact.mark in ("verified", "located")
        assert fact.source
