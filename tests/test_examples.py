"""The example plans: sound, cited, listed, and with the figures that their sources publish."""

from __future__ import annotations

from pathlib import Path

import pytest

import careplan
from careplan.plan.model import Phase, Plan
from careplan.plan.totals import line_total
from careplan.plan.weeks import phase_hours
from careplan.reading import read_file

FOLDER = Path(__file__).parent.parent / "examples"
FILES = sorted(FOLDER.glob("*.careplan"))

# Clinical minutes a week of some levels, for adults and for adolescents; None where there is no upper end.
MINUTES = {"2.1": ((540, 1140), (360, 1140)), "2.5": ((1200, None), (1200, None)), "1": ((0, 539), (0, 359))}


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {path.stem: careplan.load(path) for path in FILES}


def test_there_are_enough() -> None:
    assert len(FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_has_no_finding(path: Path) -> None:
    assert read_file(path).diagnostics == ()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_says_what_is_published_and_what_is_chosen(path: Path) -> None:
    text = path.read_text("utf-8")
    comment = text[: text.index("\nplan ")]
    assert comment.startswith("# ")
    assert "own choice" in comment or "manual" in comment or "protocol" in comment
    plan = careplan.load(path)
    assert plan.name == path.stem
    assert plan.sources
    assert all(source.url for source in plan.sources)


def test_the_index_lists_each_once() -> None:
    index = (FOLDER / "README.md").read_text("utf-8")
    for path in FILES:
        assert index.count(f"]({path.name})") == 1, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_hours_fit_the_level(path: Path) -> None:
    plan = careplan.load(path)
    young = plan.population == ("adolescents",)
    for phase in plan.phases:
        limits = MINUTES.get(phase.level.code) if phase.level else None
        for span in phase_hours(plan, phase) if limits else ():
            assert limits is not None
            low, high = limits[1 if young else 0]
            assert span.low >= low, (phase.name, span)
            assert high is None or span.high <= high, (phase.name, span)


def _sessions(plan: Plan, phase: Phase, service: str) -> int:
    assert phase.longest is not None
    counts = [
        line_total(plan, phase, line, phase.longest) for line in phase.services if line.service == service
    ]
    assert all(count.low == count.high for count in counts)
    return sum(count.low for count in counts)


def test_matrix_has_the_manuals_counts_and_hours(plans: dict[str, Plan]) -> None:
    plan = plans["matrix-iop"]
    intensive, continuing = plan.phases
    counts = {s.name: _sessions(plan, intensive, s.name) for s in plan.services if s.kind == "therapy"}
    assert counts == {
        "individual-conjoint": 3,
        "early-recovery-skills": 8,
        "relapse-prevention": 32,
        "family-education": 12,
        "social-support": 4,
    }
    assert counts["social-support"] + _sessions(plan, continuing, "social-support") == 36
    assert sum(counts.values()) == 59
    minutes = sum(counts[s.name] * (s.minutes or 0) for s in plan.services if s.kind == "therapy")
    assert round(minutes / 60, 1) == 81.2
    weeks = {
        week: span for span in phase_hours(plan, intensive) for week in range(span[0], (span[1] or 0) + 1)
    }
    # 370 minutes of groups, then 270; the individual sessions are on top in weeks 1, 5 or 6, and 16.
    assert [(weeks[w].low, weeks[w].high) for w in (1, 2, 4)] == [(420, 420), (370, 370), (370, 370)]
    assert [(weeks[w].low, weeks[w].high) for w in (5, 6, 7)] == [(270, 320), (270, 320), (270, 270)]
    assert {(weeks[w].low, weeks[w].high) for w in range(7, 16)} == {(270, 270)}
    assert (weeks[16].low, weeks[16].high) == (320, 320)
    assert {(span.low, span.high) for span in phase_hours(plan, continuing)} == {(90, 90)}


def test_combine_has_nine_visits(plans: dict[str, Plan]) -> None:
    plan = plans["combine-medical-management"]
    assert _sessions(plan, plan.phase("treatment"), "medical-management") == 9


def test_residential_weeks_hold_thirty_hours(plans: dict[str, Plan]) -> None:
    plan = plans["residential-28-day"]
    assert min(span.low for span in phase_hours(plan, plan.phase("residential"))) == 30 * 60


def test_take_home_bands_tile_the_days(plans: dict[str, Plan]) -> None:
    bands = plans["otp-methadone"].medication("methadone-course").take_home
    assert [(band.supply_days, band.first, band.last) for band in bands] == [
        (7, 1, 14),
        (14, 15, 30),
        (28, 31, None),
    ]


def test_json_round_trip_gives_the_same_plan(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        assert Plan.model_validate_json(plan.model_dump_json()) == plan
