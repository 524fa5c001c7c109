"""`careplan prove`: its report, its options, and defects that are planted for it to find."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import careplan
from careplan.plan.words.scenarios import scenario_words
from careplan.stay.proof.answer import Answer
from careplan.stay.proof.explore import Bound
from careplan.stay.proof.proofs import Proofs
from careplan.stay.proof.standing import standing
from careplan.stay.scenario.runner import run as run_scenario
from tests.conftest import Run

HEAD = """plan small "A small plan"
  population adults
  start in iop

fact track one of day, evening
measure craving 0 to 30, lower is better
measure uds one of negative, positive

therapy group "Group"
  format group of 4 to 8
  length 60 min
"""
IOP = """
phase iop "Intensive outpatient"
  level 2.1
  lasts 4 to 8 weeks
  on return restart
  group 3 per week
  assess craving weekly
  assess uds weekly
"""
OUTPATIENT = """
phase outpatient "Outpatient"
  level 1
  lasts 8 weeks
  on return restart
  group weekly
  assess craving weekly
  assess uds weekly
"""
OUTCOMES = """
outcome completed "Completed"
  planned
outcome lost "Lost to care"
  unplanned
"""
SOUND = (
    HEAD + IOP + "  step down to outpatient when craving < 10\n  at end step down to outpatient\n"
    + OUTPATIENT + "  at end discharge as completed\n" + OUTCOMES
)  # fmt: skip
MEDICATION = """
medication bup "Buprenorphine/naloxone"
  drug buprenorphine-naloxone
  start in iop when craving >= 20
  maintenance 16 mg daily
  continue through outpatient
"""


def found(text: str, name: str) -> list[Answer]:
    """What the standing question of that name finds in a plan."""
    proofs = Proofs(careplan.loads(text))
    answers = [answer for answer in standing(proofs) if answer.name == name]
    for answer in answers:
        if answer.scenario is not None:
            plan = careplan.loads(f"{text}\n{scenario_words(answer.scenario)}")
            result = run_scenario(plan, plan.scenarios[-1]).result
            assert result.passed, result
    return [answer for answer in answers if answer.verdict == "refuted"]


def test_a_sound_plan_has_nothing_to_look_at() -> None:
    proofs = Proofs(careplan.loads(SOUND))
    assert [a for a in standing(proofs) if a.verdict != "proved"] == []


DOWN = "  step down to outpatient when craving < 10"
DONE = "  at end discharge as completed"
UP = "  step up to iop when craving >= 25\n"
RARE = "uds is positive 9 times within 1 week"
STOPS = MEDICATION.replace("continue through outpatient", "stop at end of iop")

PLANTED = {
    "a count that cannot be": ("exit-never-taken", "at most 2 times", {"when craving < 10": f"when {RARE}"}),
    "a minimum after the window": (
        "exit-never-taken", "is over when it first opens", {"craving < 10": "craving < 10 and days < 20"},
    ),
    "two ways on one day": (
        "exits-both-ways", "both hold on day", {DOWN: f"{DOWN}\n  discharge as lost when uds is positive"},
    ),
    "a gap": (
        "values-unanswered", "`craving 15`",
        {DOWN: f"{DOWN.replace('10', '15')}\n  discharge as lost when craving > 15"},
    ),
    "no way out": (
        "phase-never-left", "no exit of `outpatient` can ever be taken",
        {"lasts 8 weeks\n": "lasts at least 8 weeks\n", DONE: f"  discharge as completed when {RARE}"},
    ),
    "a loop": ("round-without-end", "31 days a round", {DONE: UP + DONE}),
    "a flap": (
        "down-and-up-again", "the next evening up to `iop` again",
        {DONE: UP + DONE, "group weekly\n  assess craving weekly": "group weekly\n  assess craving daily"},
    ),
    "no medication": (
        "leaves-without-medication", "without any medication", {"\nphase iop": f"{MEDICATION}\nphase iop"},
    ),
    "a cut medication": ("medication-cut-off", "is stopped when", {"\nphase iop": f"{STOPS}\nphase iop"}),
    "a count that is lost": (
        "kept-on-return", "begins anew", {"craving < 10": "sessions of group >= 12", DONE: UP + DONE},
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_planted_defects_are_found(planted: str) -> None:
    name, words, changes = PLANTED[planted]
    text = SOUND
    for was, becomes in changes.items():
        assert was in text
        text = text.replace(was, becomes, 1)
    answers = found(text, name)
    assert any(words in answer.why for answer in answers), [answer.why for answer in answers]


CLAIMS = """
claim good "Everybody comes to an end"
  every path ends within 20 weeks
  from iop can reach completed within 16 weeks
claim bad "Nobody craves"
  never craving >= 20 during iop
claim empty "Says nothing"
  always craving <= 30
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "small.careplan"
    path.write_text(SOUND + CLAIMS, "utf-8")
    return path


def test_the_report_says_what_is_proved_and_for_whom_not(run: Run, plan: Path) -> None:
    done = run("prove", plan)
    assert done.code == 1
    assert "Proved: good: every path ends within 20 weeks (line" in done.out
    assert "Refuted: bad: never craving >= 20 during iop" in done.out
    assert "is so on day 3, in `iop`" in done.out
    assert "no value could ever break it, so the claim says nothing" in done.out
    assert (
        "4 lines of claims in 1 file: 3 proved, 1 refuted; asked of every plan: 0 things to look at"
        in done.out
    )


def test_a_counter_example_can_be_pasted_and_tested(run: Run, plan: Path) -> None:
    answers = json.loads(run("prove", plan, "--format", "json").out)["files"][0]["claims"]
    scenario = next(a["scenario"] for a in answers if a["verdict"] == "refuted")
    plan.write_text(plan.read_text("utf-8") + "\n" + scenario, "utf-8")
    assert run("test", plan).code == 0


def test_one_claim_its_picture_and_no_questions(run: Run, plan: Path) -> None:
    done = run("prove", plan, "--claim", "bad", "--draw", "story.svg")
    assert done.code == 1
    assert "asked of every plan: 0 things" in done.out
    assert "<svg" in Path("story.svg").read_text("utf-8")
    assert run("prove", plan, "--claim", "good").code == 0
    nothing = run("prove", plan, "--claim", "good", "--draw", "none.svg")
    assert "nothing to draw" in nothing.err
    assert run("prove", plan, "--claim", "unknown").code == 2


def test_reports_for_machines(run: Run, plan: Path) -> None:
    cases = ElementTree.fromstring(run("prove", plan, "--format", "junit").out).findall(".//testcase")
    assert len(cases) == 4
    assert sum(case.find("failure") is not None for case in cases) == 1
    assert "::error file=" in run("prove", plan, "--format", "github").out


def test_what_is_not_decided_in_time_is_undecided(run: Run, plan: Path) -> None:
    done = run("prove", plan, "--within", "0.000001")
    assert "Undecided: good" in done.out
    assert done.code == 0
    assert run("prove", plan, "--within", "0.000001", "--strict").code == 1


def test_a_bound_that_is_hit_is_said() -> None:
    text = SOUND + "\nclaim c\n  never attendance < 50% during outpatient\n"
    proofs = Proofs(careplan.loads(text), Bound(visits=1))
    answer = next(iter(proofs.answers()))
    assert (answer.verdict, "the bound of 1 visits was hit" in answer.why) == ("undecided", True)


def test_plans_with_errors_and_libraries(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.careplan").write_text(SOUND.replace("lasts 8 weeks", "lasts 8 wombats"), "utf-8")
    (tmp_path / "library.careplan").write_text("measure mood 0 to 10, higher is better\n", "utf-8")
    done = run("prove", tmp_path)
    assert done.code == 2
    assert "so nothing is proved of it" in done.out
    assert "library" not in done.out
    assert run("prove", tmp_path / "none.careplan").code == 2
