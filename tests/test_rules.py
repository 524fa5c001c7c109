"""Every rule's page is its test: the bad plan raises just this rule, the good one nothing."""

from __future__ import annotations

import re

import pytest

from careplan.diagnostics import Severity
from careplan.reading import read_text
from careplan.rules.facts import CONFIRM, facts
from careplan.rules.packs import all_rules, packs, packs_of
from careplan.rules.rule import Rule

RULES = all_rules()
FENCE = re.compile(r"^```careplan (bad|good)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


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
