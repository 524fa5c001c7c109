"""Going round between levels without end, and stepping down one day to step up the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.plan.graph import circles
from careplan.plan.model import Expectation, Point, Promise
from careplan.plan.words import counted
from careplan.stay.proof.answer import Answer, Counter
from careplan.stay.proof.paths import comes_round
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

ROUND, FLAP = "round-without-end", "down-and-up-again"


def ask_rounds(proofs: Proofs) -> Iterator[Answer]:
    """The shortest round that can go on for ever."""
    if proofs.plan.phases:
        yield _round(proofs)


def _round(proofs: Proofs) -> Answer:
    asks, span = "can a stay go round between phases for ever?", proofs.plan.span
    found = comes_round(proofs, Promise(kind="ends"))
    if found is not None:
        return proofs.answered(ROUND, asks, found, span)
    for program in proofs.programs:
        steps = {n: [t for t in ts if t in proofs.phases] for n, ts in proofs.steps(program).items()}
        inside = {n: ts for n, ts in steps.items() if proofs.comes_to(program, n)}
        if len(set(circles(inside).values())) < len(inside) or any(n in ts for n, ts in inside.items()):
            return Answer(ROUND, asks, "undecided", "a way leads round, but none was found without end", span)
    return Answer(ROUND, asks, "proved", "no way leads back to a phase", span)


def ask_flaps(proofs: Proofs) -> Iterator[Answer]:
    """Each way down from which a way up leads back."""
    for phase in proofs.plan.phases:
        for target in dict.fromkeys(
            e.target for e in proofs.plan.exits_of(phase) if e.direction == "step down"
        ):
            there = proofs.phases.get(target or "")
            back = (
                []
                if there is None
                else [
                    e
                    for e in proofs.plan.exits_of(there)
                    if e.target == phase.name and e.direction == "step up"
                ]
            )
            if there is not None and back:
                yield _flap(proofs, phase.name, there.name)


def _flap(proofs: Proofs, upper: str, lower: str) -> Answer:
    asks = f"can somebody step down from `{upper}` to `{lower}` one day and up again the next?"
    span = proofs.phases[lower].span
    for visit in proofs.exploration.visits:
        before = visit.before
        down = (
            before is not None
            and before.phase == upper
            and before.exit
            and before.exit.direction == "step down"
        )
        up = visit.exit is not None and visit.exit.direction == "step up" and visit.exit.target == upper
        if down and up and visit.phase == lower and len(visit.days) == 1:
            first = visit.days[0]
            days = counted(first.plan_day, "day")
            why = f"down to `{lower}` and the next evening up to `{upper}` again, after {days}"
            expects = (in_phase(lower, first), up_again(upper, first.plan_day + 1))
            return proofs.answered(FLAP, asks, Counter(story(visit), expects, why), span)
    ways = [
        e
        for e in proofs.plan.exits_of(proofs.phases[lower])
        if e.target == upper and e.direction == "step up"
    ]
    if all(proofs.possible.why_not_on_day_1(proofs.phases[lower], e) is not None for e in ways):
        return Answer(FLAP, asks, "proved", "no way up is open on the first day", span)
    return Answer(FLAP, asks, "undecided", "nobody was found who does, and nothing rules it out", span)


def up_again(phase: str, day: int) -> Expectation:
    """Is back in the phase on that day."""
    return Expectation(kind="phase", name=phase, on=Point(day=day))
