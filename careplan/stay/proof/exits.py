"""Claims about exits: that one is never taken, or never because of a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careplan.plan.facts import holds
from careplan.plan.model import (
    AllOf,
    AnyOf,
    Condition,
    Exit,
    Expectation,
    NotSo,
    Point,
    Promise,
    Test,
    tests_of,
)
from careplan.plan.words import exit_words
from careplan.stay.day import Day
from careplan.stay.moment import Now
from careplan.stay.program import Program
from careplan.stay.proof.answer import Counter, Outcome, Verdict
from careplan.stay.proof.explore import Visit
from careplan.stay.proof.shrink import Still
from careplan.stay.proof.story import left_by, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs


def never_exit(proofs: Proofs, promise: Promise) -> Outcome:
    """No path takes the exit; with a measure: takes it where without the measure it would not."""
    wanted = promise.exit
    assert wanted is not None
    found = [v for v in proofs.visits(promise) if v.exit and _same(v.exit, wanted) and _breaks(v, promise)]
    if found:
        visit = min(found, key=lambda v: v.days[-1].plan_day)
        day = visit.days[-1]
        why = f"`{exit_words(visit.exit or wanted)}` is taken on day {day.plan_day}"
        return Counter(story(visit), (_expected(proofs, visit),), why, _taken_on(visit, promise))
    open_ones = [
        exit_
        for program in proofs.programs
        if holds(promise.if_facts, program.facts) is not False
        for phase in proofs.plan.phases
        if (not promise.phases or phase.name in promise.phases) and proofs.comes_to(program, phase.name)
        for exit_ in proofs.plan.exits_of(phase)
        if _same(exit_, wanted)
        and (promise.measure is None or promise.measure in {t.name for t in tests_of(exit_.when)})
        and proofs.possible.why_not(phase, exit_, program.facts) is None
    ]
    if not open_ones:
        named = any(_same(e, wanted) for p in proofs.plan.phases for e in proofs.plan.exits_of(p))
        what = "no such exit looks at it, or it can never be taken" if named else "the plan has no such exit"
        return Verdict("proved", what, trivial=not named)
    return proofs.undecided()


def _expected(proofs: Proofs, visit: Visit) -> Expectation:
    """That the phase is left by its exit; where another line reads the same, that it leads where it does."""
    phase, exit_, day = proofs.phases[visit.phase], visit.exit, visit.days[-1].plan_day
    assert exit_ is not None
    at_end = any(exit_ is e for e in phase.at_end)
    alike = [
        e for e in proofs.plan.exits_of(phase) if (e.direction, e.target) == (exit_.direction, exit_.target)
    ]
    if exit_.when is not None or len(alike) == 1:
        return left_by(exit_, at_end)
    if exit_.direction == "discharge":
        return Expectation(kind="outcome", name=exit_.target)
    return Expectation(kind="phase", name=exit_.target, on=Point(day=day + 1))


def _taken_on(visit: Visit, promise: Promise) -> Still:
    """Whether a stay lived again takes the exit on that day, for the reason that is named."""
    number = visit.days[-1].plan_day

    def still(program: Program, days: list[Day]) -> bool:
        if len(days) < number or days[number - 1].taken is not visit.exit:
            return False
        again = visit._replace(program=program, days=(days[number - 1],))
        return _breaks(again, promise)

    return still


def _same(exit_: Exit, wanted: Exit) -> bool:
    if wanted.called is not None:
        return exit_.called == wanted.called
    return (exit_.direction, exit_.target) == (wanted.direction, wanted.target)


def _breaks(visit: Visit, promise: Promise) -> bool:
    """Whether the day is one on which the exit must not be taken, and for the reason that is named."""
    if promise.condition is not None:
        place = visit.program.conditions.ready(promise.condition)
        now = Now(visit.program, visit.days[-1].evening)
        if place is None or place(now) is not True:
            return False
    return _because(visit, promise.measure)


def _because(visit: Visit, measure: str | None) -> bool:
    """Whether the exit would not have been taken had the measure told nothing."""
    if measure is None:
        return True
    exit_ = visit.exit
    if exit_ is None or exit_.when is None:
        return False
    now = Now(visit.program, visit.days[-1].evening)
    return _without(visit, now, exit_.when, measure) is not True


def _without(visit: Visit, now: Now, condition: Condition, measure: str) -> bool | None:
    """The condition with every test of the measure unknown."""
    if isinstance(condition, Test):
        if condition.subject == "measure" and condition.name == measure:
            return None
        return visit.program.conditions.leaf(condition).asked(now)
    if isinstance(condition, NotSo):
        truth = _without(visit, now, condition.part, measure)
        return None if truth is None else not truth
    truths = [_without(visit, now, part, measure) for part in condition.parts]
    decisive = isinstance(condition, AnyOf)
    assert isinstance(condition, AllOf | AnyOf)
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive
