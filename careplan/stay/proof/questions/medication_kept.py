"""Medication across every exit: a course that is cut off, and people who move on without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.plan.courses import goes_on
from careplan.plan.model import Exit, Expectation, Medication, Phase, Point
from careplan.plan.words import exit_words, listed
from careplan.stay.proof.always import running
from careplan.stay.proof.answer import Answer, Counter
from careplan.stay.proof.explore import Visit
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

CUT, WITHOUT = "medication-cut-off", "leaves-without-medication"


def ask_cut(proofs: Proofs) -> Iterator[Answer]:
    """Each course, at each exit from a phase to another that ends it."""
    for medication in proofs.plan.medications:
        for phase in proofs.plan.phases:
            for exit_ in proofs.plan.exits_of(phase):
                if exit_.target in proofs.phases and not goes_on(medication, phase, exit_):
                    yield _cut(proofs, medication, phase, exit_)


def ask_without(proofs: Proofs) -> Iterator[Answer]:
    """Each phase in which medication should start: does anybody go on from it to another without any?"""
    for phase in proofs.plan.phases:
        begin = [m for m in proofs.plan.medications if m.start is not None and phase.name in m.start.phases]
        if begin and any(proofs.comes_to(program, phase.name) for program in proofs.programs):
            yield _without(proofs, phase, begin)


def _cut(proofs: Proofs, medication: Medication, phase: Phase, exit_: Exit) -> Answer:
    """A course that ends because its phase is left by this exit, while no other one runs."""
    name, words = medication.name, exit_words(exit_, any(exit_ is e for e in phase.at_end))
    asks = f"is `{name}` cut off when `{phase.name}` is left by `{words}`?"
    for visit in proofs.exploration.visits:
        if (
            visit.phase == phase.name
            and visit.exit is exit_
            and name in running(visit.program, visit.days[-1])
        ):
            day = visit.days[-1]
            why = (
                f"`{name}` runs on day {day.plan_day} and is stopped when `{phase.name}` is left that evening"
            )
            expects = (_taking(name, day.plan_day), in_phase(phase.name, day))
            return proofs.answered(CUT, asks, Counter(story(visit), expects, why), exit_.span)
    can = any(
        proofs.comes_to(p, phase.name) and proofs.courses(p, name).can_be(phase.name, True)
        for p in proofs.programs
    )
    if not can or proofs.possible.why_not(phase, exit_) is not None:
        return Answer(CUT, asks, "proved", "it never runs then", exit_.span)
    return Answer(
        CUT, asks, "undecided", "nobody was found with whom it is, and nothing rules it out", exit_.span
    )


def _without(proofs: Proofs, phase: Phase, begin: list[Medication]) -> Answer:
    """People who leave the phase for another one while no course runs."""
    name = phase.name
    courses = listed([f"`{medication.name}`" for medication in begin], "or")
    asks = f"does everybody who goes on from `{name}` take {courses}, or another medication?"
    found = min(
        (v for v in proofs.exploration.visits if _leaves_without(v, name)),
        key=lambda v: v.days[-1].plan_day,
        default=None,
    )
    if found is not None:
        day = found.days[-1]
        target = found.exit.target if found.exit is not None else ""
        why = f"somebody goes on to `{target}` on day {day.plan_day} without any medication"
        at = Point(day=day.plan_day)
        off = [Expectation(kind="not taking", name=medication.name, on=at) for medication in begin]
        return proofs.answered(
            WITHOUT, asks, Counter(story(found), (*off, in_phase(name, day)), why), phase.span
        )
    people = [program for program in proofs.programs if proofs.comes_to(program, name)]
    if all(any(proofs.courses(p, m.name).leaves_on(name) for m in begin) for p in people):
        return Answer(
            WITHOUT, asks, "proved", "the exits see to it, or it starts on the first day", phase.span
        )
    return Answer(WITHOUT, asks, "undecided", "nobody was found who does not", phase.span)


def _leaves_without(visit: Visit, name: str) -> bool:
    goes = visit.exit is not None and visit.exit.direction != "discharge"
    if visit.phase != name or not goes:
        return False
    return not running(visit.program, visit.days[-1])  # another course does as well


def _taking(name: str, day: int) -> Expectation:
    return Expectation(kind="taking", name=name, on=Point(day=day))
