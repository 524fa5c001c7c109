"""Steps down that are tried before a step up on the same day."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Edit, Fix, Label, warning
from careplan.plan.context import Context
from careplan.plan.logic import can_hold_together
from careplan.plan.model import Exit, Phase
from careplan.plan.words import exit_words


def check(context: Context) -> Iterator[Diagnostic]:
    """Exits are tried as written: what cannot wait stands above the step down."""
    for phase in context.plan.phases:
        for place, exit_ in enumerate(phase.exits):
            if exit_.direction != "step down" or exit_.when is None:
                continue
            urgent = [
                i
                for i, other in enumerate(phase.exits[place + 1 :], place + 1)
                if other.when is not None
                and context.is_urgent(other)
                and can_hold_together(context, exit_.when, other.when)
            ]
            if urgent:
                yield _first(phase, place, urgent)


def _first(phase: Phase, place: int, urgent: list[int]) -> Diagnostic:
    exits = phase.exits
    down, up = exits[place], exits[urgent[0]]
    return warning(
        "step-down-before-step-up",
        f"on a day when both hold, `{phase.name}` steps down to `{down.target}` instead of {_instead(up)}",
        down.span,
        help=f"write `{_head(down)} …` below `{_head(exits[urgent[-1]])} …`",
        related=(Label(up.span, "is tried only after it"),),
        fix=_move_down(exits, place, urgent[-1]),
    )


def _head(exit_: Exit) -> str:
    return exit_words(exit_.model_copy(update={"when": None, "called": None, "otherwise": False}))


def _instead(exit_: Exit) -> str:
    if exit_.direction == "discharge":
        return f"discharging as `{exit_.target}`"
    return f"stepping up to `{exit_.target}`"


def _move_down(exits: tuple[Exit, ...], first: int, last: int) -> Fix:
    """Move the exit at `first` below the one at `last`: the places stay, the sentences move."""
    order = [*exits[first + 1 : last + 1], exits[first]]
    places = exits[first : last + 1]
    edits = tuple(Edit(place.span, exit_words(moved)) for place, moved in zip(places, order, strict=True))
    return Fix("move the step down below", edits)
