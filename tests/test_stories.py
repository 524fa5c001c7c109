"""Claims and scenarios as part of a plan: the examples keep theirs, and they can be read as plain English."""

from __future__ import annotations

from pathlib import Path

import pytest

import careplan
from careplan.commands.main import main
from careplan.plan.model import Plan
from careplan.plan.places import places_of
from careplan.reading import read_text
from careplan.render.document import document_html
from careplan.render.plain.claims import plain_promise
from careplan.render.plain.scenarios import plain_expectation, plain_patient, plain_said
from careplan.stay.proof.proofs import Proofs

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.careplan"))

PLAN = """
plan small "A small plan"
  start in iop

fact age 18 to 99 years
measure uds "Urine drug screen" one of negative, positive

therapy cbt "Cognitive behavioural therapy"
  format individual
  length 50 min

phase iop "Intensive outpatient"
  lasts 8 to 12 weeks
  cbt weekly if age < 60
  assess uds weekly
  discharge as completed when uds is negative for 8 weeks called well
  at end discharge as completed

outcome completed "Completed"
  planned
"""


def with_lines(block: str) -> Plan:
    return careplan.loads(f"{PLAN}\n{block}")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", ["1", "another"])
def test_the_scenarios_of_an_example_pass(path: Path, seed: str) -> None:
    assert main(["test", str(path), "--seed", seed]) == 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_claims_of_an_example_are_proved(path: Path) -> None:
    plan = careplan.load(path)
    assert plan.claims
    assert plan.scenarios
    assert [(a.asks, a.why) for a in Proofs(plan).answers() if a.verdict != "proved"] == []


SAID = {
    "on day 1 uds is positive": "On day 1, Urine drug screen is positive.",
    "from day 8 uds is negative": "From day 8 on, Urine drug screen is negative.",
    "in iop week 3 uds is positive, negative":
        "In week 3 of Intensive outpatient, Urine drug screen is positive, then negative.",
    "in second iop uds is missing":
        "Throughout the second time in Intensive outpatient, the test is missed: Urine drug screen.",
    "from day 1 attend 80%": "From day 1 on, 80% of all sessions are attended.",
    "on days 3 to 4 miss cbt": "On days 3 to 4, sessions of Cognitive behavioural therapy are missed.",
}  # fmt: skip
EXPECTED = {
    "expect phase iop again by iop week 5":
        "By the end of week 5 of Intensive outpatient, the person comes to Intensive outpatient again.",
    "expect phase iop on day 20": "On day 20, the person is in Intensive outpatient.",
    "expect outcome completed": "Treatment ends as “Completed”.",
    "expect 1 session of cbt due in iop":
        "1 session of Cognitive behavioural therapy has been planned in Intensive outpatient.",
    "expect because well":
        "This is what happens: this treatment ends as “Completed”, because Urine drug screen is negative for "
        "8 weeks.",
}  # fmt: skip
PROMISED = {
    "never uds is positive during iop": "Never in Intensive outpatient: Urine drug screen is positive.",
    "from iop can reach completed within 12 weeks":
        "From Intensive outpatient there is always a way to Completed within 12 weeks.",
    "every path ends with at most 1 return":
        "Treatment always comes to an end, if no phase is entered again more than 1 time.",
    "at least 6 sessions of cbt on every completing path if age < 60":
        "If age is below 60: whoever completes treatment has had at least 6 sessions "
        "of Cognitive behavioural therapy.",
    "first session within 1 week of admission": "The first session comes within 1 week of admission.",
}  # fmt: skip


@pytest.mark.parametrize("line", SAID)
def test_what_happens_in_plain_english(line: str) -> None:
    plan = with_lines(f'scenario "S"\n  given age is 34\n  {line}\n  expect outcome completed')
    assert plain_patient(plan, plan.scenarios[0]) == "Age is 34."
    assert plain_said(plan, plan.scenarios[0].says[0]) == SAID[line]


@pytest.mark.parametrize("line", EXPECTED)
def test_what_is_expected_in_plain_english(line: str) -> None:
    plan = with_lines(f'scenario "S"\n  given age is 34\n  {line}')
    assert plain_expectation(plan, plan.scenarios[0].expects[0]) == EXPECTED[line]


@pytest.mark.parametrize("line", PROMISED)
def test_what_is_claimed_in_plain_english(line: str) -> None:
    plan = with_lines(f"claim c\n  {line}")
    assert plain_promise(plan, plan.claims[0].claims[0]) == PROMISED[line]


def test_the_document_tells_both() -> None:
    page = document_html(with_lines('claim c\n  every path ends\nscenario "A story"\n  given age is 34\n'
                                    "  expect outcome completed"))  # fmt: skip
    assert "What must hold on every path" in page
    assert "Stories that this plan is held against" in page
    assert "A story" in page


def test_conditions_of_claims_have_their_places() -> None:
    plan = with_lines("claim c\n  always uds is negative during iop if age < 60")
    roles = [(place.role, place.phases) for place in places_of(plan)]
    assert ("claim", ("iop",)) in roles
    assert ("claim if", ()) in roles


def test_a_claim_uses_what_it_tests_and_a_scenario_does_not() -> None:
    mood = PLAN.replace("measure uds", "measure mood 0 to 9\nmeasure uds")
    told = f'{mood}\nscenario "S"\n  given age is 34\n  on day 1 mood is 3\n  expect outcome completed\n'
    assert "unused-name" in [d.name for d in read_text(told).diagnostics]
    claimed = mood.replace("assess uds weekly", "assess uds weekly\n  assess mood weekly")
    found = read_text(f"{claimed}\nclaim c\n  never mood > 8\n").diagnostics
    assert "unused-name" not in [d.name for d in found]


def test_a_line_with_several_times_says_the_same_for_each() -> None:
    plan = with_lines(
        'scenario "S"\n  given age is 34\n  on days 3 to 4, 9 miss cbt\n  expect outcome completed'
    )
    stages = [(said.stage.first, said.stage.last, said.names) for said in plan.scenarios[0].says]
    assert stages == [(3, 4, ("cbt",)), (9, 9, ("cbt",))]
