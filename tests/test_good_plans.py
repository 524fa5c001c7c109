"""Precision: what is right stays free of findings, in the one style, and can be kept and drawn."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from good_slips import SLIPS

import careplan
from careplan.diagnostics import Severity
from careplan.plan.model import Plan
from careplan.reading import Reading, read_file
from careplan.render.timeline import timeline_svg
from careplan.rules.packs import all_rules, in_force, packs, packs_of
from careplan.rules.rule import Rule

ROOT = Path(__file__).resolve().parents[1]
GOOD = sorted((ROOT / "tests" / "corpus" / "good").rglob("*.careplan"))
OTHERS = [
    *sorted((ROOT / "tests" / "corpus" / "clean").glob("*.careplan")),
    *sorted((ROOT / "tests" / "corpus" / "plans").glob("*.careplan")),
    *sorted((ROOT / "examples").glob("*.careplan")),
    *sorted((ROOT / "careplan" / "library").glob("*.careplan")),
]
FILES = [*GOOD, *OTHERS]
IDS = [f"{path.parent.name}/{path.stem}" for path in FILES]

# Notes that the good plans of a folder may have.
NOTES: dict[str, set[str]] = {
    "clean": {"no-way-up"},  # sketches of one point each, whose last phase leads only out
}


@cache
def reading_of(path: Path) -> Reading:
    return read_file(path)


@cache
def good_plans() -> tuple[Plan, ...]:
    plans = (reading_of(path).plan for path in GOOD if path.parent.name == "good")
    return tuple(plan for plan in plans if plan is not None)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_has_no_warning_and_no_new_note(path: Path) -> None:
    reading = reading_of(path)
    assert reading.failures == ()
    above = [(d.name, d.message) for d in reading.diagnostics if d.severity is not Severity.NOTE]
    assert above == []
    assert {d.name for d in reading.diagnostics} <= NOTES.get(path.parent.name, set()), [
        d.message for d in reading.diagnostics
    ]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_is_in_the_one_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert careplan.format_text(text) == text


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_survives_json_and_is_drawn(path: Path) -> None:
    plan = reading_of(path).plan
    if plan is None:  # a library
        assert "\nplan " not in path.read_text("utf-8")
        return
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    picture = timeline_svg(plan)
    assert picture.startswith("<svg")
    assert "NaN" not in picture


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_plan_says_that_it_is_invented(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# An invented illustration")


def test_there_are_enough() -> None:
    assert len(good_plans()) >= 30
    assert len({plan.name for plan in good_plans()}) == len(good_plans())


def test_every_pack_is_followed_by_three_good_plans() -> None:
    followed = Counter(name for plan in good_plans() for name in plan.follows)
    print(f"\n{len(good_plans())} good plans:", ", ".join(f"{n} {c}" for n, c in followed.most_common()))
    few = {name for name, pack in packs().items() if not pack.always and followed[name] < 3}
    assert not few


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_every_rule_looks_at_a_good_plan(rule: Rule) -> None:
    assert any(name in in_force(plan.follows) for plan in good_plans() for name in packs_of(rule))


@pytest.mark.parametrize("name", sorted(SLIPS))
def test_one_slip_in_a_good_plan_and_the_rule_speaks(name: str) -> None:
    slip = SLIPS[name]
    path = ROOT / "tests" / "corpus" / "good" / f"{slip.plan}.careplan"
    text = path.read_text("utf-8")
    assert slip.right in text
    found = read_file(path, text=text.replace(slip.right, slip.wrong)).diagnostics
    assert name in {d.name for d in found}, [(d.name, d.message) for d in found]


def test_every_slip_is_about_a_rule() -> None:
    assert set(SLIPS) <= {rule.name for rule in all_rules()}
