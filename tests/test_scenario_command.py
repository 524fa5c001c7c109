"""`careplan test`, its options and formats, and the picture of a stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from test_scenarios import CORPUS, PLAN

import careplan
from careplan.commands.main import main
from careplan.render.story import story_picture
from careplan.stay.scenario import run
from careplan.stay.scenario.coverage import percent

Run = Callable[..., tuple[int, str, str]]

GOOD = (
    PLAN
    + """
scenario "It steps up"
  in iop week 1 uds is positive
  expect phase residential on day 6  # the day after the second one
  expect because step up to residential

scenario "It steps down"
  from day 1 uds is negative
  on day 1 craving is 5
  expect phase aftercare on day 29
"""
)
BAD = GOOD.replace("residential on day 6", "aftercare on day 6").replace("day 29", "day 40")


@pytest.fixture
def careplan_(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in an empty folder: exit code, output, errors."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.careplan"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.careplan"
    path.write_text(BAD, "utf-8")
    return path


def test_exit_codes(careplan_: Run, good: Path, bad: Path, tmp_path: Path) -> None:
    assert careplan_("test", good.name)[0] == 0
    assert careplan_("test", bad.name)[0] == 1
    assert careplan_("test", ".")[0] == 1
    assert careplan_("test", "not-there.careplan")[0] == 2
    (tmp_path / "broken.careplan").write_text(GOOD.replace("start in iop\n\n", "start in iopp\n\n", 1))
    code, out, _ = careplan_("test", "broken.careplan")
    assert code == 1
    assert "this plan has errors, so its scenarios were not run (line 2:" in out


def test_no_scenario_is_no_success(careplan_: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "none.careplan").write_text(PLAN, "utf-8")
    code, _, err = careplan_("test", "none.careplan")
    assert code == 2
    assert "there is no scenario here" in err
    code, _, err = careplan_("test", good.name, "--filter", "zebra")
    assert code == 2
    assert "no scenario here has `zebra` in its title" in err


def test_filter_looks_at_titles_in_any_case(careplan_: Run, good: Path) -> None:
    code, out, _ = careplan_("test", good.name, "--filter", "STEPS UP")
    assert code == 0
    assert "1 scenario in 1 file: 1 passed" in out
    assert "It steps down" not in out


def test_threshold_is_never_rounded_up(careplan_: Run, good: Path) -> None:
    _, out, _ = careplan_("test", good.name, "--coverage", "--format", "json")
    covered = json.loads(out)["files"][0]["coverage"]
    share = 100 * covered["reached"] / covered["total"]
    assert careplan_("test", good.name, "--threshold", str(share - 0.001))[0] == 0
    code, out, _ = careplan_("test", good.name, "--threshold", str(share + 0.001))
    assert code == 1
    assert "reach too little" in out
    assert percent(999, 1000) == 99.9
    assert percent(99_999, 100_000) == 99.9
    assert percent(0, 0) == 100


def test_coverage_names_the_place_of_what_is_missed(careplan_: Run, good: Path) -> None:
    _, out, _ = careplan_("test", good.name, "--coverage")
    line = GOOD[: GOOD.index("at end step down to aftercare")].count("\n") + 1
    assert f"good.careplan:{line}:10: at end step down to aftercare" in out
    assert "step up to residential when" not in out.partition("Not reached")[2]
    assert "craving is 5" not in out.partition("Not reached")[2]  # a value on the edge, and reached


def test_update_rewrites_what_is_expected_and_nothing_else(careplan_: Run, bad: Path) -> None:
    code, out, err = careplan_("test", bad.name, "--update")
    assert code == 0
    assert "2 passed" in out
    assert "-  expect phase aftercare on day 6  # the day after the second one\n" in err
    assert "+  expect phase residential on day 6  # the day after the second one\n" in err
    assert bad.read_text("utf-8") == GOOD.replace("day 29", "day 40")  # which was true
    before = bad.read_bytes()
    assert careplan_("test", bad.name, "--update")[0] == 0
    assert bad.read_bytes() == before


def test_update_keeps_to_the_filter(careplan_: Run, bad: Path) -> None:
    before = bad.read_bytes()
    assert careplan_("test", bad.name, "--update", "--filter", "steps down")[0] == 0
    assert bad.read_bytes() == before


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_update_of_the_corpus_leaves_only_scenarios_that_are_themselves_wrong(
    path: Path, careplan_: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.careplan").write_text(path.read_text("utf-8"), "utf-8")
    careplan_("test", "a.careplan", "--update")
    _, out, _ = careplan_("test", "a.careplan", "--format", "json")
    for scenario in json.loads(out)["files"][0]["scenarios"]:
        left = [e for e in scenario["expectations"] if not e["met"] and e["instead"]]
        assert not left or scenario["errors"]
    old, new = path.read_text("utf-8").splitlines(), (tmp_path / "a.careplan").read_text("utf-8").splitlines()
    changed = [a for a, b in zip(old, new, strict=True) if a != b]
    assert all(line.startswith("  expect ") for line in changed)


def test_json_says_what_people_are_told(careplan_: Run, bad: Path) -> None:
    code, out, _ = careplan_("test", bad.name, "--format", "json", "--trace")
    assert code == 1
    found = json.loads(out)
    assert found["summary"]["failed"] == 1
    first = found["files"][0]["scenarios"][0]
    assert not first["passed"]
    assert first["expectations"][0]["instead"] == "expect phase residential on day 6"
    assert first["expectations"][1]["because"]["tests"][0]["value"] == "2 times (days 2 and 5)"
    assert first["trace"][0] == {
        "day": 1, "phase": "iop", "visit": 1, "phase_day": 1, "events": ["iop begins"], "tests": [],
    }  # fmt: skip


def test_junit_counts_add_up(careplan_: Run, bad: Path, tmp_path: Path) -> None:
    code, out, err = careplan_("test", bad.name, str(CORPUS[-1]), "-o", "scenarios.xml")
    assert code == 1
    assert out == ""
    assert "wrote scenarios.xml" in err
    for suite in ElementTree.parse(tmp_path / "scenarios.xml").getroot():
        cases = list(suite)
        assert int(suite.get("tests", 0)) == len(cases)
        assert int(suite.get("failures", 0)) == sum(c.find("failure") is not None for c in cases)
        assert int(suite.get("errors", 0)) == sum(c.find("error") is not None for c in cases)


def test_github_annotates_the_expectation(careplan_: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    code, out, _ = careplan_("test", bad.name)
    assert code == 1
    line = BAD[: BAD.index("expect phase aftercare on day 6")].count("\n") + 1
    first = out.splitlines()[0]
    assert first.startswith(
        f"::error file=bad.careplan,line={line},title=It steps up::expect phase aftercare"
    )
    assert sum(text.startswith("::") for text in out.splitlines()) == 1


def test_seed_is_told_where_it_matters(careplan_: Run, tmp_path: Path) -> None:
    drawn = GOOD.replace("assess uds 2 per week on tue and fri", "assess uds 2 per week at random")
    (tmp_path / "drawn.careplan").write_text(drawn.replace("residential on day 6", "residential by day 8"))
    code, out, _ = careplan_("test", "drawn.careplan", "--seed", "autumn", "--filter", "up")
    assert "(tests at random: seed autumn)" in out
    assert code == 0


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_picture_of_a_stay_has_no_overlapping_words(path: Path) -> None:
    plan = careplan.load(path)
    for scenario in plan.scenarios:
        story = run(plan, scenario).story
        if story is None:
            continue
        picture = story_picture(story)
        ElementTree.fromstring(picture.svg)
        for one, two in combinations(picture.labels, 2):
            assert not one.box.overlaps(two.box, 0.6), (one.text, two.text)
        for label in picture.labels:
            assert label.box.left >= 0, label.text
            assert label.box.right <= picture.width, label.text


def test_render_draws_the_stay_that_is_asked_for(careplan_: Run, good: Path, tmp_path: Path) -> None:
    code, _, _ = careplan_("render", good.name, "--scenario", "steps up", "-o", "stay.svg")
    assert code == 0
    svg = (tmp_path / "stay.svg").read_text("utf-8")
    assert "Day 5: step up to residential" in svg
    assert "It steps up" in svg
    code, _, err = careplan_("render", good.name, "--scenario", "It steps", "-o", "x.svg")
    assert code == 2
    assert 'more than one scenario is called "It steps"' in err
    assert careplan_("render", good.name, "--scenario", "zebra", "-o", "x.svg")[0] == 2
    assert careplan_("render", good.name, "--scenario", "steps up")[0] == 2
    assert careplan_("render", good.name, "--scenario", "steps up", "--graph", "-o", "x.svg")[0] == 2
