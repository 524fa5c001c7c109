"""Session counts and hours of the example plans, against the figures that were published for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.plan.facts import Facts, assignments, holds
from careplan.plan.levels import hours_range, is_residential, known_levels, level_name, level_rank
from careplan.plan.model import Domain as Values
from careplan.plan.model import Fact, Plan
from careplan.plan.model import Test as Is
from careplan.plan.paths import paths
from careplan.plan.show import show
from careplan.plan.totals import clinical_minutes, phase_totals, plan_totals
from careplan.plan.tracks import by_track
from careplan.plan.weeks import phase_hours
from careplan.reading import read_file
from careplan.report.show import show_json, show_text

EXAMPLES = Path(__file__).parent.parent / "examples"
LIBRARY = Path(__file__).parent.parent / "careplan" / "library"
FILES = sorted(EXAMPLES.glob("*.careplan"))


def plan_of(name: str) -> Plan:
    plan = read_file(EXAMPLES / f"{name}.careplan").plan
    assert plan is not None
    return plan


def totals_of(plan: Plan) -> dict[str, tuple[int, int | None]]:
    usual = [step.phase for step in paths(plan).typical[0].steps]
    return {total.service: (total.low, total.high) for total in plan_totals(plan, usual)}


# Programme, service, sessions as published (each example cites where).
PUBLISHED = [
    ("matrix-iop", "individual-conjoint", 3),
    ("matrix-iop", "early-recovery-skills", 8),
    ("matrix-iop", "relapse-prevention", 32),
    ("matrix-iop", "family-education", 12),
    ("matrix-iop", "social-support", 36),
    ("combine-medical-management", "medical-management", 9),
    ("adolescent-iop", "met", 2),
    ("adolescent-iop", "cbt-group", 3),
]


@pytest.mark.parametrize(("example", "service", "sessions"), PUBLISHED)
def test_published_session_counts(example: str, service: str, sessions: int):
    assert totals_of(plan_of(example))[service] == (sessions, sessions)


def test_matrix_hours_follow_from_the_manual():
    plan = plan_of("matrix-iop")
    intensive, continuing = plan.phases
    by_week = {
        week: (span.low, span.high)
        for span in phase_hours(plan, intensive)
        for week in range(span.first_week, span.last_week + 1)
    }
    # 370 minutes in weeks 1 to 4, 270 after; the three individual sessions of 50 minutes come on top.
    assert [by_week[w] for w in (2, 3, 4)] == [(370, 370)] * 3
    assert [by_week[w] for w in range(7, 16)] == [(270, 270)] * 9
    assert by_week[1] == (420, 420)
    assert by_week[5] == by_week[6] == (270, 320)
    assert by_week[16] == (320, 320)
    assert [tuple(span)[:4] for span in phase_hours(plan, continuing)] == [(1, 32, 90, 90)]
    # 59 sessions and 81.2 hours in 16 weeks, 91 sessions over 48 weeks.
    totals = [t for t in phase_totals(plan, intensive) if t.clinical]
    assert sum(t.low for t in totals) == 59
    assert clinical_minutes(totals) == (4870, 4870, False)
    assert sum(t.low for t in plan_totals(plan, [p.name for p in plan.phases]) if t.clinical) == 91


def test_show_prints_the_figures_of_the_matrix_manual():
    text = show_text(plan_of("matrix-iop"))
    rows = {line.split("  ")[1].strip(): line.split() for line in text.splitlines() if line.startswith("  ")}
    assert {name: rows[name][-1] for _, name, _ in PUBLISHED[:5]} == {
        "individual-conjoint": "3",
        "early-recovery-skills": "8",
        "relapse-prevention": "32",
        "family-education": "12",
        "social-support": "36",
    }
    assert "1 to 4   6.2 h       7.0 h in week 1" in text
    assert "5 to 16  4.5 h       4.5 to 5.3 h in weeks 5 and 6; 5.3 h in week 16" in text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_can_be_shown_within_the_width(file: Path):
    plan = plan_of(file.stem)
    for width in (80, 100, 140):
        lines = show_text(plan, width).splitlines()
        assert max(map(len, lines)) <= width
        assert not any(line != line.rstrip() for line in lines)
    plain = show_text(plan, plain=True)
    assert all(phase.name in plain for phase in plan.phases)
    assert "--" not in plain
    value = json.loads(json.dumps(show_json(plan)))
    assert [phase["name"] for phase in value["phases"]] == [phase.name for phase in plan.phases]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_stretches_tell_exactly_the_hours_of_each_week(file: Path):
    plan = plan_of(file.stem)
    for view in show(plan).phases:
        spans = phase_hours(plan, plan.phase(view.name))
        for span in spans:
            for week in range(span.first_week, (span.last_week or span.first_week) + 1):
                told = [_told(track.stretches, week) for track in view.hours]
                assert min(low for low, _ in told) <= span.low
                assert max(high for _, high in told) >= span.high


def _told(stretches, week: int) -> tuple[int, int]:
    stretch = next(s for s in stretches if s.first <= week and (s.last is None or week <= s.last))
    other = next((o for o in stretch.others if week in o.weeks), stretch)
    return other.low, other.high


@pytest.mark.parametrize("file", sorted(LIBRARY.glob("*.careplan")), ids=lambda file: file.stem)
def test_a_library_is_shown_by_what_it_declares(file: Path):
    plan = read_file(file).plan
    assert plan is not None
    text = show_text(plan)
    declared = [*plan.measures, *plan.services, *plan.drugs]
    assert declared
    assert all(each.name in text for each in declared if each.span.file == plan.file)


# ----------------------------------------------------------------------------------------- levels of care


def test_hours_ranges_are_those_that_were_read_at_a_source():
    assert hours_range("2.1", "adults").words == "9 to 19 h"
    assert hours_range("2.1", "adolescents", "3").words == "6 to 19 h"
    assert hours_range("2.5", "adults", "4").words == "20 h or more"
    assert hours_range("1", "adults").words == "under 9 h"
    assert hours_range("3.1", None, "3").words == "5 h or more"
    for level, population, edition in [
        ("3.1", "adults", "4"),
        ("2.7", "adults", "4"),
        ("3.5", "adults", None),
        ("2.1", "adolescents", "4"),
        ("1.0", "adults", None),
    ]:
        assert hours_range(level, population, edition) is None


def test_levels_are_ordered_and_named_by_edition():
    order = ["1", "1.5", "1.7", "2.1", "2.5", "2.7", "3.1", "3.3", "3.5", "3.7", "4"]
    assert sorted(order, key=level_rank) == order
    assert [code for code in order if is_residential(code)] == ["3.1", "3.3", "3.5", "3.7", "4"]
    assert level_name("2.5", "3") == "Partial Hospitalization"
    assert level_name("2.5", "4") == "High-Intensity Outpatient"
    assert level_name("3.3", "4") is None
    assert all(level_rank(code) > 0 for code in known_levels())


# ------------------------------------------------------------------------------------------------ tracks


def fact(name: str, *values: str) -> Fact:
    return Fact(name=name, domain=Values(kind="choice", values=values))


def fact_is(name: str, value: str | float, operator: str = "is") -> Is:
    return Is(subject="fact", name=name, operator=operator, value=value)


def test_tracks_are_told_by_the_facts_that_matter():
    plan = Plan(
        name="p",
        facts=(
            fact("track", "day", "evening"),
            fact("co-occurring", "yes", "no"),
            Fact(name="age", domain=Values(kind="number", low=12, high=99)),
        ),
    )
    conditions = [fact_is("track", "day"), fact_is("co-occurring", "yes"), fact_is("age", 18, "<")]

    def told(place: int | None) -> list[str]:
        def answer(facts: Facts) -> object:
            if place is None:
                return all(holds(c, facts) for c in conditions)
            return holds(conditions[place], facts)

        return [track.words for track, _ in by_track(plan, conditions, answer)]

    assert told(0) == ["track is day", "track is evening"]
    assert told(1) == ["co-occurring is yes", "co-occurring is no"]
    assert told(2) == ["age 12 to 17", "age 18 to 99"]
    assert told(None) == ["track is day, co-occurring is yes, age 12 to 17", "everyone else"]
    adults = plan.model_copy(update={"admit": fact_is("age", 18, ">=")})
    assert len(by_track(adults, conditions, lambda facts: holds(conditions[2], facts))) == 1


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["<", "<=", ">", ">="]))
def test_regions_of_a_number_cover_every_value_once(one: int, two: int, operator: str):
    age = Fact(name="age", domain=Values(kind="number", low=0, high=40))
    conditions = [fact_is("age", one, operator), fact_is("age", two)]
    plan = Plan(name="p", facts=(age,))
    truths = {tuple(holds(c, {"age": value}) for c in conditions) for value in range(41)}
    told = {tuple(holds(c, each) for c in conditions) for each in assignments(plan, conditions)}
    assert told == truths
