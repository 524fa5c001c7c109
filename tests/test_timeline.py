"""The timeline: no label overlaps another or leaves the page, whatever the plan."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from made_plans import plans

import careplan
from careplan.plan.model import Phase, Plan
from careplan.render.timeline import Timeline, timeline, timeline_html, timeline_svg

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.careplan"))
SVG = "{http://www.w3.org/2000/svg}"


def faults(drawn: Timeline) -> list[str]:
    """Every label that touches another one or the edge of the page."""
    found = []
    by_top = sorted(drawn.labels, key=lambda label: label.box.top)
    for number, label in enumerate(by_top):
        box = label.box
        if box.left < 0 or box.top < 0 or box.right > drawn.width or box.bottom > drawn.height:
            found.append(f"off the page: {label}")
        for other in by_top[number + 1 :]:
            if other.box.top >= box.bottom:
                break
            if box.overlaps(other.box, slack=0.01):
                found.append(f"{label} overlaps {other}")
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_labels_of_the_examples_are_apart(path: Path) -> None:
    drawn = timeline(careplan.load(path))
    assert faults(drawn) == []
    ElementTree.fromstring(drawn.svg)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_labels_of_any_plan_are_apart(plan: Plan) -> None:
    drawn = timeline(plan)
    assert faults(drawn) == []
    ElementTree.fromstring(drawn.svg)


def test_a_plan_without_phases_says_so() -> None:
    drawn = timeline(Plan(name="empty"))
    assert faults(drawn) == []
    assert any("no phases yet" in label.text for label in drawn.labels)


def test_boxes_that_overlap_are_found() -> None:
    drawn = timeline(Plan(name="empty"))
    twice = drawn._replace(labels=(*drawn.labels, drawn.labels[0]))
    assert len(faults(twice)) == 1


def example(name: str) -> Plan:
    return careplan.load(next(path for path in EXAMPLES if path.stem == name))


def texts(drawn: Timeline) -> str:
    return "\n".join(label.text for label in drawn.labels)


def test_the_step_down_is_all_there() -> None:
    drawn = timeline(example("oud-step-down"))
    words = texts(drawn)
    for wanted in ("min 8 wk", "max 16 wk", "26 wk", "ACTIVE", "3 per week on mon, wed and fri",
                   "weekly if co-occurring", "induction 4 mg daily for 1 day", "level 2.1: 9 to 19 h",
                   "In any phase", "Step down to Continuing care", "decided every day"):  # fmt: skip
        assert wanted in words, wanted


def test_facts_choose_what_is_drawn() -> None:
    plan = example("oud-step-down")
    yes = timeline(plan, {"co-occurring": "yes"})
    no = timeline(plan, {"co-occurring": "no"})
    assert "Coping skills" in texts(yes)
    assert "Coping skills" not in texts(no)
    assert "weekly if" not in texts(yes)


def test_matrix_has_a_dot_for_each_session_of_the_manual() -> None:
    root = ElementTree.fromstring(timeline_svg(example("matrix-iop")))
    lanes = {group.get("aria-label", "").split(",")[0]: group for group in root.iter(f"{SVG}g")}
    for lane, sessions in (
        ("Early recovery skills", 8),
        ("Relapse prevention", 32),
        ("Family education", 12),
    ):
        dots = sum((path.get("d") or "").count("M") for path in lanes[lane].iter(f"{SVG}path"))
        assert dots == sessions, lane


def test_phases_follow_the_typical_path() -> None:
    drawn = timeline(example("residential-28-day"))
    heads = [
        label for label in drawn.labels if label.text.startswith(("Residential", "High-intensity", "Alumni"))
    ]
    first = {label.text.split()[0]: label.box.left for label in reversed(heads) if label.box.left > 200}
    assert first["Residential"] < first["High-intensity"] < first["Alumni"]


def test_every_mark_has_a_tooltip_and_the_picture_a_title() -> None:
    root = ElementTree.fromstring(timeline_svg(example("oud-step-down")))
    assert root.get("role") == "graphics-document"
    ids = {element.get("id") for element in root}
    assert set((root.get("aria-labelledby") or "").split()) <= ids
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(title.endswith("Intensive outpatient, week 3: 3 sessions") for title in titles)
    assert any("maintenance 16 to 24 mg daily" in title for title in titles)


def test_texts_hold_their_width_in_any_font() -> None:
    root = ElementTree.fromstring(timeline_svg(example("oud-step-down")))
    assert all(text.get("textLength") for text in root.iter(f"{SVG}text") if len(text.text or "") > 3)


def test_the_page_stands_alone() -> None:
    page = timeline_html(example("oud-step-down"))
    assert page.startswith("<!DOCTYPE html>")
    assert "<svg" in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_same_plan_gives_the_same_picture() -> None:
    plan = example("otp-methadone")
    assert timeline_svg(plan) == timeline_svg(plan)


def test_open_ended_and_unlimited_phases_can_be_drawn() -> None:
    plan = Plan(name="p", phases=(Phase(name="a"), Phase(name="b")))
    assert "no length given" in texts(timeline(plan))


def test_a_timeline_takes_less_than_100_ms() -> None:
    plan = example("oud-step-down")
    timeline(plan)
    took = []
    for _ in range(5):
        started = time.process_time()
        timeline(plan)
        took.append(time.process_time() - started)
    assert min(took) < 0.1


def test_columns_leave_room_between_them() -> None:
    from careplan.render.timeline.columns import columns

    placed = columns(example("residential-28-day"))
    assert all(a.right < b.left for a, b in pairwise(placed))


def test_a_single_dose_is_drawn_once_and_a_daily_one_as_a_day_takes_it() -> None:
    from careplan.plan.model import DoseStep, Frequency, Medication, Start
    from careplan.render.timeline.columns import columns
    from careplan.render.timeline.courses import course, dose_at

    once = DoseStep(step="dose", low=4, high=4, frequency=Frequency(kind="once"))
    thrice = DoseStep(
        step="then", low=2, high=4, frequency=Frequency(kind="per", low=3, high=3, period_days=1)
    )
    medication = Medication(name="m", drug="d", start=Start(phases=("a",)), steps=(once, thrice))
    plan = Plan(name="p", phases=(Phase(name="a"),), medications=(medication,))
    pieces = course(plan, columns(plan), medication).pieces
    assert (pieces[0].first, pieces[0].last, pieces[1].first) == (0, 1, 1)
    assert dose_at(thrice, 0) == (6, 12)
