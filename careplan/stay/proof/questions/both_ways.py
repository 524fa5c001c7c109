"""Two exits that lead different ways and hold on the same day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from careplan.plan.logic import can_hold_together
from careplan.plan.model import Exit, Phase
from careplan.plan.starts import is_opposite
from careplan.plan.words import exit_words
from careplan.stay.day import Day
from careplan.stay.moment import Now
from careplan.stay.program import Program, ReadyExit
from careplan.stay.proof.answer import Answer, Counter
from careplan.stay.proof.explore import Visit
from careplan.stay.proof.shrink import Still
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

NAME = "exits-both-ways"


def ask(proofs: Proofs) -> Iterator[Answer]:
    """Each two exits of a phase of which one leads to more care, or out, and the other to less."""
    for phase in proofs.plan.phases:
        exits = [e for e in proofs.plan.exits_of(phase) if not any(e is end for end in phase.at_end)]
        for one, other in combinations(exits, 2):
            if is_opposite(proofs.plan, one, other):
                yield _pair(proofs, phase, one, other)


def _pair(proofs: Proofs, phase: Phase, one: Exit, other: Exit) -> Answer:
    words = f"`{exit_words(one)}` and `{exit_words(other)}`"
    asks = f"can {words} hold on the same day in `{phase.name}`?"
    both = (v for v in proofs.exploration.visits if v.exit is one and _holds_too(v, other))
    found = min(both, key=lambda v: v.days[-1].plan_day, default=None)
    if found is not None:
        day = found.days[-1]
        why = f"both hold on day {day.plan_day}; the one written first, to `{one.target}`, is taken"
        counter = Counter(story(found), (in_phase(phase.name, day),), why, _still(day, one, other))
        return proofs.answered(NAME, asks, counter, other.span)
    never = proofs.possible.why_not(phase, one) or proofs.possible.why_not(phase, other)
    context = proofs.possible.context
    apart = (
        one.when is not None
        and other.when is not None
        and not can_hold_together(context, one.when, other.when)
    )
    if never is not None or apart:
        return Answer(NAME, asks, "proved", "no", other.span)
    return Answer(NAME, asks, "undecided", "no such day was found, and nothing rules it out", other.span)


def _holds_too(visit: Visit, other: Exit) -> bool:
    return holds_on(visit.program, visit.days[-1], other)


def holds_on(program: Program, day: Day, exit_: Exit) -> bool:
    """Whether an exit is open and holds on a day on which another one is taken."""
    ready = program.phases[day.phase]
    found: ReadyExit | None = next((e for e in ready.exits if e.exit is exit_), None)
    if found is None:
        return False
    now = Now(program, day.evening)
    review = ready.phase.review_days
    last = now.maximum is not None and now.day >= now.maximum
    decided = now.day >= ready.low and (last or review is None or now.day % review == 0)
    return (found.urgent or decided) and (found.when is None or found.when(now) is True)


def _still(day: Day, one: Exit, other: Exit) -> Still:
    def still(program: Program, days: list[Day]) -> bool:
        if len(days) < day.plan_day or days[day.plan_day - 1].taken is not one:
            return False
        return holds_on(program, days[day.plan_day - 1], other)

    return still
