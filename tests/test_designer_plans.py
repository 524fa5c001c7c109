"""Plans as a designer would write them: sound, in one style, drawn in every way, the same after JSON."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import careplan
from careplan.commands.main import main
from careplan.export.json import plan_json
from careplan.language.format import format_text
from careplan.plan.model import Plan
from careplan.plan.show import show
from careplan.reading import read_file
from careplan.render.document import document_html
from careplan.render.graph import graph_dot
from careplan.render.mermaid import graph_mermaid
from careplan.render.terminal import timeline_text
from careplan.render.timeline import timeline_svg
from careplan.render.week import week_svg
from careplan.report.show import show_text

FOLDER = Path(__file__).parent / "corpus" / "plans"
FILES = sorted(FOLDER.glob("*.careplan"))
every_plan = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_plan
def test_has_no_finding_and_says_what_it_is(path: Path) -> None:
    assert read_file(path).diagnostics == ()
    assert path.read_text("utf-8").startswith("# An invented illustration: ")


@every_plan
def test_is_in_the_one_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert format_text(text) == text


@every_plan
def test_is_drawn_and_told_in_every_way(path: Path) -> None:
    plan = careplan.load(path)
    first = plan.phases[0].name
    for svg in (timeline_svg(plan), week_svg(plan, first, 1)):
        ElementTree.fromstring(svg)
    told = [timeline_text(plan), document_html(plan), show_text(plan), show_text(plan, plain=True)]
    told += [graph_dot(plan, "full"), graph_mermaid(plan, "full")]
    for text in told:
        assert "None" not in text
        assert plan.phases[-1].label in text or plan.phases[-1].name in text


@every_plan
def test_survives_json(path: Path) -> None:
    plan = careplan.load(path)
    assert Plan.model_validate_json(plan_json(plan)) == plan


def told(name: str) -> str:
    return show_text(careplan.load(FOLDER / f"{name}.careplan"), plain=True)


def test_a_track_is_told_its_own_lengths_and_only_where_it_matters() -> None:
    text = told("stimulant-iop")
    assert "Sessions of cbt-group (track is day or evening): 36 to 48 of 90 min." in text
    assert "Sessions of cbt-group (track is weekend): 24 to 32 of 3 hours." in text
    assert "Sessions of relapse-prevention: 12 of 90 min." in text  # as outpatient, all tracks alike


def test_what_has_no_sessions_is_told_too() -> None:
    text = told("rural-telehealth-iop")
    assert "Also alumni (not counted): throughout." in text
    assert "Clinical hours from week 1 on: 0.8 h in every 2nd week from week 1, else none." in text
    assert "Also peer (not counted): as needed." in told("women-trauma-iop")


def test_sessions_of_tracks_are_never_added_up() -> None:
    view = show(careplan.load(FOLDER / "youth-iop.careplan"))
    individual = next(s for s in view.by_phase["iop"] if s.service == "individual")
    assert (individual.track, individual.by_phase["iop"][:2]) == ("", (8, 12))


PLANTED = [
    ("stimulant-iop", "on mon, wed at 10:45", "on mon, wed at 10:00", "two-sessions-at-once"),
    ("women-trauma-iop", "on wed at 11:15", "on wed at 10:00", "two-sessions-at-once"),
    ("women-trauma-iop", "as needed", "weekly in plan weeks 1 to 4", "plan-weeks-outside"),
    ("methadone-to-buprenorphine", "cows weekly", "cows weekly in plan weeks 1 to 8", "plan-weeks-outside"),
    ("stimulant-iop", '"Problem solving" 4', '"Problem solving" 40', "curriculum-slots"),
    ("stimulant-iop", "when uds is positive 2", "when uds is negative 2", "threshold-direction"),
    ("youth-iop", "age is 13 to 17", "age < 13 and age > 17", "condition-never-holds"),
    ("youth-iop", "age is 13 to 17", "age is 30 to 40", "out-of-range"),
    ("youth-iop", "phq-9 < 10", "phq-9 > 12", "threshold-direction"),
    ("youth-iop", "weeks 9 to 26", "weeks 9 to 30", "weeks-beyond-phase"),
    ("youth-iop", "  on return resume\n", "", "missing-on-return"),
    ("stimulant-iop", "at end discharge as referred otherwise", "", "at-end-needs-otherwise"),
    (
        "stimulant-iop",
        "3 per week on mon, wed, fri at 18:00",
        "4 per week on mon, wed, fri at 18:00",
        "weekdays-and-sessions",
    ),
    ("rural-telehealth-iop", "continue through aftercare", "", "medication-never-stops"),
    ("methadone-to-buprenorphine", "30 to 80 mg", "80 to 30 mg", "impossible-range"),
]


@pytest.mark.parametrize(("name", "text", "fault", "finding"), PLANTED)
def test_a_slip_is_found_and_nothing_else(name: str, text: str, fault: str, finding: str) -> None:
    source = (FOLDER / f"{name}.careplan").read_text("utf-8")
    assert text in source
    assert {d.name for d in careplan.check(source.replace(text, fault, 1))} == {finding}


def test_a_name_of_the_library_is_reported_where_the_designer_can_change_it() -> None:
    source = (FOLDER / "stimulant-iop.careplan").read_text("utf-8")
    own = source + '\nmeasure uds "Urine drug screen" one of negative, positive\n'
    [found] = careplan.check(own)
    assert (found.name, found.span.file) == ("duplicate-name", "plan")
    assert found.span.line == own.count("\n")


def test_plan_weeks_have_no_end_where_a_stay_can_go_round() -> None:
    source = (FOLDER / "stimulant-iop.careplan").read_text("utf-8")
    assert careplan.check(source.replace("in weeks 1 to 12", "in plan weeks 60 to 70")) == []
    once_through = source.replace("step up to iop", "discharge as referred")
    once_through = once_through.replace("  on return restart\n", "")
    assert careplan.check(once_through) == []
    found = careplan.check(once_through.replace("in weeks 1 to 12", "in plan weeks 60 to 70"))
    assert [d.message for d in found] == [
        "nobody is in `iop` in plan week 60: it is over after plan week 16 at the latest"
    ]


def test_the_starter_is_clean_and_reads_well(tmp_path: Path) -> None:
    path = tmp_path / "my-first-plan.careplan"
    assert main(["new", str(path)]) == 0
    text = path.read_text("utf-8")
    assert main(["check", str(path)]) == 0
    assert read_file(path).diagnostics == ()
    assert format_text(text) == text
    plan = careplan.load(path)
    assert plan.name == "my-first-plan"
    assert all(element.title for element in (*plan.services, *plan.phases, *plan.outcomes, *plan.measures))
    lines = text.splitlines()
    assert len(lines) <= 70
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("# A plan to start from.")
    view = show(plan)
    assert view.usual is not None
    assert view.usual.outcome == "completed"
