"""The timeline as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_plans import plans

import careplan
from careplan.plan.model import Plan
from careplan.render.terminal import timeline_text

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.careplan"))
INK = re.compile(r"\x1b\[[0-9]*m")


def wide(text: str) -> int:
    return max(len(line) for line in text.splitlines())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_examples_keep_to_the_width(path: Path, width: int) -> None:
    plan = careplan.load(path)
    text = timeline_text(plan, width)
    assert wide(text) <= width
    # Colour adds nothing but colour.
    assert (
        "\n".join(line.rstrip() for line in INK.sub("", timeline_text(plan, width, colour=True)).split("\n"))
        == text
    )


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(most_phases=6, most_services=8), st.integers(40, 140))
def test_any_plan_keeps_to_the_width(plan: Plan, width: int) -> None:
    assert wide(timeline_text(plan, width)) <= width


def test_the_step_down_reads_well() -> None:
    plan = careplan.load(next(path for path in EXAMPLES if path.stem == "oud-step-down"))
    text = timeline_text(plan, 100)
    assert "████████░░░░░░░░" in text
    assert "3333333333333333" in text
    assert "▼ Step down to Intensive outpatient when cows < 5" in text
    assert "\x1b" not in text


def test_a_plan_without_phases_says_so() -> None:
    assert "no phases yet" in timeline_text(Plan(name="empty"))
