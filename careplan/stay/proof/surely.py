"""Whether a way through phases is open to everybody who comes in, whatever happened to them before.

The way is lived as somebody goes it who knows nothing of the past: what the past could change is taken to be
unknown, and the way counts only where that changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import AnyOf, Condition, Exit, NotSo, Phase, Test, tests_of
from careplan.stay.day import due, live
from careplan.stay.moment import Now
from careplan.stay.moves import is_last_day
from careplan.stay.program import Program, ReadyExit
from careplan.stay.proof.behaviours import Behaviour, Repertoire
from careplan.stay.proof.explore import OPEN_VISIT, records_of
from careplan.stay.scenario.runner import SEED
from careplan.stay.state import State

Truth = bool | None


class Step(NamedTuple):
    """A visit of the way: how one goes through it, and the exit that is taken."""

    behaviour: Behaviour
    exit: Exit


def is_fit(phase: Phase) -> bool:
    """Whether what falls due in the phase hangs on nothing before the visit."""
    if any(back.way == "resume" for back in phase.returns):
        return False
    lines = (*phase.services, *phase.assessments)
    if any(line.plan_weeks for line in lines):
        return False
    asked = [c for line in lines for c in (line.while_, line.when, line.after) if c is not None]
    asked += [phase.lasts.until] if phase.lasts is not None and phase.lasts.until is not None else []
    return not any(_of_the_past(test) for condition in asked for test in tests_of(condition))


def leads_on(program: Program, entry: State, steps: list[Step], repertoire: Repertoire) -> int | None:
    """The days that the way takes whatever the past; None if it need not be open.

    `entry` says where and when the first phase is entered; what it remembers is forgotten.
    """
    state = entry._replace(tallies=tuple(tally.start() for tally in program.tallies))
    for step in steps:
        lived = _lives(program, state, step, repertoire)
        if lived is None:
            return None
        state = lived
    return state.plan_day - entry.plan_day


def _lives(program: Program, state: State, step: Step, repertoire: Repertoire) -> State | None:
    """The state after the visit; None if another exit may be taken, or this one never must be."""
    ready = program.phases[state.phase]
    if not is_fit(ready.phase):
        return None
    giver = records_of(program, state.phase, step.behaviour, repertoire)
    for number in range(1, (ready.phase.longest or OPEN_VISIT) + 1):
        fallen_due = due(program, state, SEED)
        taken: list[Exit | None] = []

        def pilot(now: Now, taken: list[Exit | None] = taken) -> Exit | None:
            way = _surely(program, now, step.exit)
            taken.append(way)
            return None if way is _PERHAPS else way

        state, _ = live(program, state, giver(fallen_due, number), SEED, pilot, fallen_due)
        if taken[0] is step.exit:
            return state
        if taken[0] is not None:
            return None
    return None


_PERHAPS = Exit(direction="move")
"""Stands for an exit that may be taken or not, by what was before."""


def _surely(program: Program, now: Now, wanted: Exit) -> Exit | None:
    """The wanted exit where it is taken whatever the past, None where surely none is."""
    for ready in _open(program, now):
        truth, past = (True, False) if ready.exit.when is None else _truth(program, now, ready.exit.when)
        if truth is True:
            return wanted if ready.exit is wanted else _PERHAPS
        if truth is None and past:
            return _PERHAPS
    return None


def _open(program: Program, now: Now) -> Iterator[ReadyExit]:
    """The exits that are looked at on an evening, in order, but for their conditions."""
    ready = program.phases[now.phase]
    last, review = is_last_day(now), ready.phase.review_days
    decided = now.day >= ready.low and (last or review is None or now.day % review == 0)
    yield from (exit_ for exit_ in ready.exits if exit_.urgent or decided)
    for place, exit_ in enumerate(ready.at_end if last else ()):
        if exit_.exit.direction != "extend" or now.extended[place] < (exit_.exit.extend_times or 0):
            yield exit_


def _truth(program: Program, now: Now, condition: Condition) -> tuple[Truth, bool]:
    """What the condition says, and if that is unknown, whether the past could make it known."""
    if isinstance(condition, Test):
        past = _of_the_past(condition)
        if past and condition.for_days is None:
            return None, True
        if past and condition.subject != "measure":
            return None, True
        return program.conditions.leaf(condition).asked(now), past
    if isinstance(condition, NotSo):
        truth, past = _truth(program, now, condition.part)
        return (None if truth is None else not truth), past
    found = [_truth(program, now, part) for part in condition.parts]
    decisive = isinstance(condition, AnyOf)
    truths = [truth for truth, _ in found]
    if decisive in truths:
        return decisive, False
    if None not in truths:
        return not decisive, False
    return None, any(past for truth, past in found if truth is None)


def _of_the_past(test: Test) -> bool:
    """Whether days before the visit can decide it. A window `for` so long that lies in the visit is known."""
    reaches_back = test.for_days is not None or test.since_admission or test.subject == "medication"
    return reaches_back or test.operator in ("falls by", "rises by")
