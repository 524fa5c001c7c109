"""The timeline: no label overlaps another or leaves the page, whatever the plan."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from growth import seconds
from hypothesis import HealthCheck, given, settings
from made_plans import plans

import careplan
from careplan.plan.model import Phase, Plan
from careplan.render.timeline import Timeline, timeline, timeline_html, timeline_svg
from careplan.render.timeline.picture import Box

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


STEP = re.compile(r"([MHVLhvlazZ])([^MHVLhvlazZ]*)")


def ink(d: str) -> Box:
    """The box around a path of the few commands that the timeline uses."""
    x = y = 0.0
    xs, ys = [], []
    for command, rest in STEP.findall(d):
        n = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", rest)]
        if command in "ML":
            x, y = n
        elif command in "Hh":
            x = n[0] + (x if command == "h" else 0)
        elif command in "Vv":
            y = n[0] + (y if command == "v" else 0)
        elif command in "la":
            x, y = x + n[-2], y + n[-1]
            ys += [y - n[0], y + n[0]] if command == "a" else []
        xs.append(x)
        ys.append(y)
    return Box(min(xs), min(ys), max(xs), max(ys))


def drawn_shapes(svg: str) -> list[Box]:
    """The boxes of all that stands for something, but the ribbons, which carry words."""
    root = ElementTree.fromstring(svg)
    ribbons = {
        shape
        for group in root.iter(f"{SVG}g")
        if group.get("aria-label", "").startswith("Phase ")
        for shape in group
    }
    found = []
    for shape in root.iter():
        if shape in ribbons or shape.find(f"{SVG}title") is None or shape is root:
            continue
        if shape.tag == f"{SVG}rect":
            left, top, width, height = (float(shape.get(n, "0")) for n in ("x", "y", "width", "height"))
            found.append(Box(left, top, left + width, top + height))
            continue
        moved = re.search(r"translate\((\S+) (\S+)\)", shape.get("transform", ""))
        dx, dy = (float(moved[1]), float(moved[2])) if moved else (0.0, 0.0)
        for part in re.findall(r"M[^M]+", shape.get("d", "")):
            box = ink(part)
            found.append(Box(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy))
    return found


def covered(drawn: Timeline) -> list[str]:
    """Every label that a dot, bar, dose or sign touches, and every shape off the page."""
    shapes = sorted(drawn_shapes(drawn.svg), key=lambda box: box.top)
    off = [
        f"off the page: {b}" for b in shapes if b.left < 0 or b.right > drawn.width or b.bottom > drawn.height
    ]
    tops = [shape.top for shape in shapes]
    highest = max((shape.bottom - shape.top for shape in shapes), default=0.0)
    for label in drawn.labels:
        near = shapes[bisect_left(tops, label.box.top - highest) : bisect_right(tops, label.box.bottom)]
        off += [f"{label} under {shape}" for shape in near if shape.overlaps(label.box, slack=0.3)]
    return off


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_labels_of_the_examples_are_apart(path: Path) -> None:
    drawn = timeline(careplan.load(path))
    assert faults(drawn) == []
    assert covered(drawn) == []
    ElementTree.fromstring(drawn.svg)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_labels_of_any_plan_are_apart(plan: Plan) -> None:
    drawn = timeline(plan)
    assert faults(drawn) == []
    assert covered(drawn) == []
    ElementTree.fromstring(drawn.svg)


def test_a_plan_without_phases_says_so() -> None:
    drawn = timeline(Plan(name="empty"))
    assert faults(drawn) == []
    assert any("no phases yet" in label.text for label in drawn.labels)


def test_boxes_that_overlap_are_found() -> None:
    drawn = timeline(Plan(name="empty"))
    twice = drawn._replace(labels=(*drawn.labels, drawn.labels[0]))
    assert len(faults(twice)) == 1


def test_a_mark_on_words_is_found() -> None:
    drawn = timeline(example("matrix-iop"))
    assert drawn_shapes(drawn.svg)
    shape = drawn_shapes(drawn.svg)[0]
    assert len(covered(drawn._replace(labels=(drawn.labels[0]._replace(box=shape),)))) == 1


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


def test_a_timeline_costs_a_few_times_the_reading() -> None:
    """The ratio is the machine's own; `benchmarks/` has the figure in milliseconds."""
    plan = example("oud-step-down")
    timeline(plan)
    reading = seconds(lambda: example("oud-step-down"), times=5)
    assert seconds(lambda: timeline(plan), times=5) < 8 * reading


def test_columns_leave_room_between_them() -> None:
    from careplan.render.timeline.columns import columns

    placed = columns(example("residential-28-day"))
    assert all(a.right < b.left for a, b in pairwise(placed))


ODD = """
plan odd
  start in short when not late
  start in other
fact late "Comes late" yes or no
measure ciwa "Withdrawal" 0 to 67, lower is better
therapy visit "Visit"
  length 50 min
medication film "Film"
  drug buprenorphine-naloxone
  start in short, other when ciwa >= 8
  maintenance 8 to 16 mg daily
  continue through long
medication injection "Injection"
  drug naltrexone-xr
  start in long
  maintenance 190 to 380 mg every 4 weeks
  continue through long
phase short
  level 3.7
  lasts 1 to 3 days
  on return restart
  assess ciwa daily
  at end step down to long
phase long
  level 2.1
  lasts 26 to 52 weeks
  on return restart
  visit 3 per week
  assess ciwa weekly
  step up to crisis when ciwa >= 20
  at end discharge as done
phase crisis
  level 4
  lasts 1 to 3 days
  on return restart
  assess ciwa daily
  at end step down to long
phase other
  level 3.7
  lasts up to 4 weeks
  assess ciwa daily
  at end step down to long
outcome done
  planned
"""


def odd() -> Plan:
    return careplan.loads(ODD)


def test_very_short_phases_beside_long_ones_are_apart() -> None:
    drawn = timeline(odd())
    assert faults(drawn) == []
    assert "max 3 d" in texts(drawn)


def test_a_medication_is_shown_in_every_phase_it_can_run_in() -> None:
    from careplan.render.timeline.columns import columns
    from careplan.render.timeline.medication import medication_words

    plan = odd()
    placed = columns(plan)
    film = dict(
        zip([c.phase.name for c in placed], medication_words(plan, placed, plan.medications[0]), strict=True)
    )
    assert film["short"] == film["other"] == ("start when ciwa ≥ 8", "maintenance 8 to 16 mg daily")
    assert film["long"][0] == film["crisis"][0] == "maintenance 8 to 16 mg daily (goes on)"
    starts = [t for t in titles(plan) if t == "Film starts"]
    assert len(starts) == 2


def titles(plan: Plan) -> list[str]:
    root = ElementTree.fromstring(timeline_svg(plan))
    return [title.text or "" for title in root.iter(f"{SVG}title")]


def test_a_name_that_conditions_use_stands_at_its_lane() -> None:
    words = texts(timeline(example("oud-step-down")))
    assert "called uds" in words
    assert "called bup-nx" in words
    assert "called phq-9" not in words


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    injections, days, extended = (
        {label.text for label in timeline(example(name)).labels}
        for name in ("xr-buprenorphine", "oud-step-down", "residential-28-day")
    )
    hatched, rings = "dose range, prescriber's choice", "up to this dose, prescriber's choice"
    assert rings in injections - days
    assert hatched in days - injections
    assert "extended" in extended - days


def test_both_ends_of_the_hours_asked_for_are_drawn_where_they_are_near() -> None:
    from careplan.render.timeline.style import FLOOR

    def ends(plan: Plan) -> set[str | None]:
        root = ElementTree.fromstring(timeline_svg(plan))
        return {line.get("y1") for line in root.iter(f"{SVG}line") if line.get("stroke-dasharray") == "5 3"}

    assert FLOOR in timeline_svg(example("oud-step-down"))
    assert len(ends(example("oud-step-down"))) == 2
    assert len(ends(odd())) == 1


def test_the_first_number_stands_in_the_middle_of_a_wide_week() -> None:
    from careplan.render.timeline.columns import columns

    plan = example("veterans-telephone-care")
    first, week = columns(plan)[0], timeline(plan)
    label = next(label for label in week.labels if label.text == "wk 1" and label.box.left < first.right)
    middle = (label.box.left + label.box.right) / 2
    assert middle == pytest.approx(sum(first.week(1)) / 2)


def test_sessions_of_weeks_too_narrow_for_dots_are_one_bar() -> None:
    from careplan.plan.model import Assessment, Domain, Frequency, Lasts, Measure

    weekly = Assessment(measures=("uds",), moments=(Frequency(kind="every", period_days=7),))
    phase = Phase(name="a", lasts=Lasts(low=7 * 300, high=7 * 400), assessments=(weekly,))
    uds = Measure(name="uds", domain=Domain(kind="yes-no"))
    drawn = timeline(Plan(name="p", phases=(phase,), measures=(uds,)))
    bars = [box for box in drawn_shapes(drawn.svg) if box.right - box.left > 800]
    assert len(bars) == 1
    assert covered(drawn) == []


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
