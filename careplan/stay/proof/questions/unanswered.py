"""Values and facts that nothing answers where the plan decides: exits, front doors, lines by facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from careplan.plan.boxes import Box, holds_in, is_plain, unanswered
from careplan.plan.model import Condition, NotSo, Phase
from careplan.plan.words import condition_words, listed
from careplan.source import Span
from careplan.stay.proof.answer import Answer

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

NAME = "values-unanswered"


def ask(proofs: Proofs) -> Iterator[Answer]:
    """Every point at which two or more conditions share out values between them."""
    plan = proofs.plan
    doors = [door.condition for door in plan.starts if door.condition is not None]
    if doors and len(doors) == len(plan.starts):
        yield _asked(
            proofs, "does a front door open to everybody who is admitted?", doors, plan.starts[0].span
        )
    for phase in plan.phases:
        yield from _services(proofs, phase)
        yield from _exits(proofs, phase)


def _services(proofs: Proofs, phase: Phase) -> Iterator[Answer]:
    """A service of which each of several lines is for some people."""
    by_name = sorted(phase.services, key=lambda line: line.service)
    for name, group in groupby(by_name, key=lambda line: line.service):
        lines = list(group)
        asked = [line.if_facts for line in lines if line.if_facts is not None]
        if len(lines) > 1 and len(asked) == len(lines):
            yield _asked(proofs, f"does everybody get `{name}` in `{phase.name}`?", asked, lines[0].span)


def _exits(proofs: Proofs, phase: Phase) -> Iterator[Answer]:
    """A value that lies between what two exits ask for, and that neither takes."""
    plain = [e for e in phase.exits if e.when is not None and is_plain(e.when)]
    asked = [e.when for e in plain if e.when is not None]
    if len({e.target for e in plain}) < 2:
        return
    context = proofs.possible.context
    between = [box for box in unanswered(context, asked) if _is_between(proofs, asked, box)]
    asks = f"do the exits of `{phase.name}` leave out a value between them?"
    if not between:
        yield Answer(NAME, asks, "proved", "none that lies between two of them", plain[0].span)
        return
    why = f"nothing leads on from `{phase.name}` with {_words(between)}"
    yield Answer(NAME, asks, "refuted", why, plain[0].span)


def _is_between(proofs: Proofs, asked: list[Condition], box: Box) -> bool:
    """Whether a single number is left out, and the numbers on both sides of it are not."""
    for place, stretch in enumerate(box):
        if isinstance(stretch.low, str) or stretch.low != stretch.high:
            continue
        sides = [
            (*box[:place], stretch._replace(low=value, high=value), *box[place + 1 :])
            for value in (stretch.low - 1, stretch.low + 1)
        ]
        if all(any(holds_in(proofs.possible.context, c, side) for c in asked) for side in sides):
            return True
    return False


def _asked(proofs: Proofs, asks: str, conditions: list[Condition], span: Span) -> Answer:
    context, admit = proofs.possible.context, proofs.plan.admit
    if not all(is_plain(c) for c in conditions) or (admit is not None and not is_plain(admit)):
        return Answer(NAME, asks, "undecided", "the conditions look at more than facts", span)
    left_out = unanswered(context, [*conditions, *(_not_admitted(admit))])
    if not left_out:
        return Answer(NAME, asks, "proved", "every combination of facts is answered", span)
    said = listed([f"`{condition_words(c)}`" for c in conditions])
    return Answer(NAME, asks, "refuted", f"not with {_words(left_out)}: there is only {said}", span)


def _not_admitted(admit: Condition | None) -> list[Condition]:
    return [] if admit is None else [NotSo(part=admit)]


def _words(found: list[Box]) -> str:
    shown = [" and ".join(f"`{stretch.words}`" for stretch in box) for box in found[:3]]
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return " or ".join(shown) + more
