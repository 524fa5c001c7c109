"""The standing questions: what a plan is asked, whatever it claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from careplan.stay.proof.answer import Answer
from careplan.stay.proof.proofs import TIME_IS_UP, Proofs
from careplan.stay.proof.questions import (
    both_ways,
    medication_kept,
    never_left,
    never_taken,
    on_return,
    round_and_round,
    unanswered,
)

QUESTIONS: dict[str, Callable[[Proofs], Iterator[Answer]]] = {
    "exit-never-taken": never_taken.ask,
    "exits-both-ways": both_ways.ask,
    "values-unanswered": unanswered.ask,
    "phase-never-left": never_left.ask,
    "round-without-end": round_and_round.ask_rounds,
    "down-and-up-again": round_and_round.ask_flaps,
    "kept-on-return": on_return.ask,
    "medication-cut-off": medication_kept.ask_cut,
    "leaves-without-medication": medication_kept.ask_without,
}
"""By the name of the question, in the order in which they are asked."""


def standing(proofs: Proofs) -> Iterator[Answer]:
    """The answers to every standing question; "refuted" is what somebody should look at.

    Where the time is up, the questions that are left are undecided.
    """
    for name, ask in QUESTIONS.items():
        answers = ask(proofs)
        while True:
            if proofs.bound.is_over:
                yield Answer(name, f"`{name}`", "undecided", TIME_IS_UP, proofs.plan.span)
                break
            answer = next(answers, None)
            if answer is None:
                break
            yield answer
