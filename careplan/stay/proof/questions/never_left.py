"""Phases that some people can never leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.plan.possible import longest_visit
from careplan.stay.proof.answer import Answer, Counter
from careplan.stay.proof.paths import open_exits, surely_left
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

NAME = "phase-never-left"


def ask(proofs: Proofs) -> Iterator[Answer]:
    """Each phase: is there a way out for everybody who comes in?"""
    for phase in proofs.plan.phases:
        asks = f"can everybody who comes into `{phase.name}` leave it?"
        people = [program for program in proofs.programs if proofs.comes_to(program, phase.name)]
        if not people:
            continue
        if longest_visit(phase) is not None:
            yield Answer(NAME, asks, "proved", "its last day comes, and `at end` answers it", phase.span)
            continue
        stuck = next((p for p in people if not any(open_exits(proofs, p, phase))), None)
        if stuck is not None:
            why = f"no exit of `{phase.name}` can ever be taken"
            entry = next(
                (v for v in proofs.exploration.visits if v.phase == phase.name and v.program is stuck), None
            )
            if entry is not None:
                told = Counter(story(entry, entry.days[0]), (in_phase(phase.name, entry.days[0]),), why)
                yield proofs.answered(NAME, asks, told, phase.span)
            else:
                yield Answer(NAME, asks, "undecided", f"{why}, but nobody was found who comes in", phase.span)
        elif surely_left(proofs, phase.name, people):
            yield Answer(NAME, asks, "proved", "by a way that hangs on nothing before it", phase.span)
        else:
            yield Answer(NAME, asks, "undecided", "what came before may close its exits", phase.span)
