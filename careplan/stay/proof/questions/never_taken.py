"""Exits that can never be taken, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.plan.words import exit_words
from careplan.stay.proof.answer import Answer

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

NAME = "exit-never-taken"


def ask(proofs: Proofs) -> Iterator[Answer]:
    """Each exit of each phase that somebody comes to: is there anybody who takes it?"""
    taken = {(v.phase, id(v.exit)) for v in proofs.exploration.visits if v.exit is not None}
    taken |= {
        (v.phase, id(d.taken)) for v in proofs.exploration.visits for d in v.days if d.taken is not None
    }
    for phase in proofs.plan.phases:
        if not any(proofs.comes_to(program, phase.name) for program in proofs.programs):
            continue
        for exit_ in proofs.plan.exits_of(phase):
            words = exit_words(exit_, any(exit_ is e for e in phase.at_end))
            asks = f"can anybody leave `{phase.name}` by `{words}`?"
            why = proofs.possible.why_not(phase, exit_)
            if why is not None:
                # An `anytime` line that makes no sense in one phase is written for the others.
                trivial = proofs.possible.is_anytime(exit_)
                yield Answer(NAME, asks, "refuted", f"never: {why}", exit_.span, trivial=trivial)
            elif (phase.name, id(exit_)) in taken:
                yield Answer(NAME, asks, "proved", "somebody does", exit_.span)
            else:
                yield Answer(
                    NAME, asks, "undecided", "nobody was found who does, and nothing rules it out", exit_.span
                )
