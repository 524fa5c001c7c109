"""What is kept or lost when somebody comes back, against what the plan's numbers assume."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.plan.model import Phase, Test, tests_of
from careplan.plan.words import condition_words
from careplan.stay.proof.answer import Answer, Counter
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

NAME = "kept-on-return"


def ask(proofs: Proofs) -> Iterator[Answer]:
    """Each phase that somebody comes back to."""
    for phase in proofs.plan.phases:
        back = [v for v in proofs.exploration.visits if v.phase == phase.name and v.number > 1]
        if not back:
            continue
        asks = f"is what `{phase.name}` counts right for those who come back?"
        short = next((v for v in back if v.start.maximum is not None and v.start.day > v.start.maximum), None)
        if short is not None:
            why = (
                f"on day {short.start.plan_day} somebody comes back to `{phase.name}` "
                "with no week of it left: it lasts one day"
            )
            told = Counter(story(short, short.days[0]), (in_phase(phase.name, short.days[0]),), why)
            yield proofs.answered(NAME, asks, told, phase.span)
            continue
        lost = [t for t in _counts(phase) if back[0].start.day == 1]
        if lost:
            why = f"`{condition_words(lost[0])}` begins anew: sessions had on an earlier visit do not count"
            told = Counter(story(back[0], back[0].days[0]), (in_phase(phase.name, back[0].days[0]),), why)
            yield proofs.answered(NAME, asks, told, lost[0].span)
        else:
            yield Answer(NAME, asks, "proved", "no count of an earlier visit is lost", phase.span)


def _counts(phase: Phase) -> Iterator[Test]:
    """The tests that count sessions of this visit."""
    conditions = [e.when for e in (*phase.exits, *phase.at_end) if e.when is not None]
    if phase.lasts is not None and phase.lasts.until is not None:
        conditions.append(phase.lasts.until)
    for condition in conditions:
        for test in tests_of(condition):
            if test.subject == "sessions" and not test.since_admission:
                yield test
