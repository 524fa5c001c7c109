"""Claims: what is proved holds on every stay lived at random, what is refuted is lived again from text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import careplan
from careplan.plan.model import Plan, Promise
from careplan.plan.words.claims import promise_words
from careplan.plan.words.scenarios import scenario_words
from careplan.stay.proof.answer import Answer
from careplan.stay.proof.explore import live_visit
from careplan.stay.proof.paths import ways
from careplan.stay.proof.proofs import Proofs
from careplan.stay.scenario.runner import run
from careplan.stay.state import State
from tests.proof_plans import claims_about, plan_text
from tests.random_stays import Stay, Stays, breaks

ENTRIES = 40
"""Stays of which each way into a phase is tried against what can be reached from there."""

EXAMPLES = sorted(Path("examples").glob("*.careplan"))

FEW = [
    path for path in EXAMPLES if path.stem in ("oud-step-down", "combine-medical-management", "matrix-iop")
]


def made(seeds: range) -> Iterator[tuple[int, str, Plan]]:
    """The sound ones among the plans made of the seeds."""
    for seed in seeds:
        text = plan_text(seed)
        try:
            yield seed, text, careplan.loads(text)
        except careplan.PlanError:
            continue


def answers(proofs: Proofs) -> list[tuple[Answer, Promise]]:
    """The answers beside what they answer."""
    promises = [promise for claim in proofs.plan.claims for promise in claim.claims]
    return list(zip(proofs.answers(), promises, strict=True))


def faults(
    proofs: Proofs, given: list[tuple[Answer, Promise]], stays: Iterator[Stay], source: Stays
) -> Iterator[str]:
    """What stays do that was proved not to be."""
    plan = proofs.plan
    proved = [(a, p) for a, p in given if a.verdict == "proved"]
    dead = {
        (phase.name, id(exit_)): why
        for phase in plan.phases
        for exit_ in plan.exits_of(phase)
        if exit_.direction != "extend" and (why := proofs.possible.why_not(phase, exit_)) is not None
    }
    for number, stay in enumerate(stays):
        for day in stay.days:
            why = dead.get((day.phase, id(day.taken)))
            if why is not None:
                yield f"taken on day {day.plan_day} of {day.phase}, though {why}"
        for answer, promise in proved:
            found = breaks(source, stay, promise)
            if found is not None:
                yield f"{promise_words(promise)}: {found}, though {answer.why}"
            if promise.kind == "can reach" and not answer.trivial and number < ENTRIES:
                yield from (
                    f"{promise_words(promise)}: not from day {state.plan_day}"
                    for state in stay.states[:-1]
                    if state.phase == promise.source and state.day == state.entered
                    if not leads(proofs, stay, state, promise)
                )


def leads(proofs: Proofs, stay: Stay, entry: State, promise: Promise) -> bool:
    """Whether one of the ways on which the proof stands leads on from here, in time."""
    for way in ways(proofs, promise.source or "", promise.target or ""):
        state = entry
        for step in way:
            if state.outcome is not None:
                break
            visit = live_visit(stay.program, state, step.behaviour, None, 0, proofs.exploration.repertoire)
            if visit.exit is not step.exit:
                break
            state = visit.end
        else:
            if promise.within_days is None or state.plan_day - entry.plan_day <= promise.within_days:
                return True
    return False


def again(text: str, answer: Answer) -> str | None:
    """Why the counter-example, pasted into the plan, is not lived again; None if it is."""
    assert answer.scenario is not None
    plan = careplan.loads(f"{text}\n{scenario_words(answer.scenario)}")
    result = run(plan, plan.scenarios[-1]).result
    return None if result.passed else f"{scenario_words(answer.scenario)}\n{result}"


def attack(text: str, plan: Plan, seed: int, stays: int) -> None:
    """Random stays against what is proved; what is refuted, lived again."""
    proofs = Proofs(plan)
    source, given = Stays(plan), answers(proofs)
    if source.programs:
        assert not list(dict.fromkeys(faults(proofs, given, source.some(stays, seed), source))), text
    for answer, _ in given:
        if answer.verdict == "refuted" and answer.scenario is not None:
            assert again(text, answer) is None


def with_claims(path: Path, seed: int) -> str:
    """An example, with claims about it made at random."""
    text = path.read_text("utf-8")
    return f"{text}\n{claims_about(careplan.loads(text), Random(seed))}"


@pytest.mark.parametrize("seed", range(0, 30, 3))
def test_made_plans_are_proved_and_refuted_rightly(seed: int) -> None:
    for number, text, plan in made(range(seed, seed + 1)):
        attack(text, plan, number, 12)


@pytest.mark.parametrize("path", FEW, ids=lambda p: p.stem)
def test_claims_about_examples_are_decided_rightly(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    text = with_claims(Path(path.name), 1)
    attack(text, careplan.loads(text), 1, 4)


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_many_stays_of_each_example_keep_what_is_proved(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    text = with_claims(Path(path.name), 3)
    attack(text, careplan.loads(text), 3, 200)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(700, 730, 10))
def test_more_made_plans_are_proved_and_refuted_rightly(seed: int) -> None:
    for number, text, plan in made(range(1000 + seed, 1000 + seed + 10)):
        attack(text, plan, number, 100)


@pytest.mark.long
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_ten_thousand_stays_of_each_example_keep_what_is_proved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    text = with_claims(Path(path.name), 2)
    attack(text, careplan.loads(text), 2, 10_000)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(0, 600, 10))
def test_many_made_plans_are_proved_and_refuted_rightly(seed: int) -> None:
    for number, text, plan in made(range(1000 + seed, 1000 + seed + 10)):
        attack(text, plan, number, 400)
