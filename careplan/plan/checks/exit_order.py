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
                yield _first(context, phase, place, urgent)


def _first(context: Context, phase: Phase, place: int, urgent: list[int]) -> Diagnostic:
    exits = phase.exits
    down, up = exits[place], exits[urgent[0]]
    return warning(
        "step-down-before-step-up",
        f"on a day when both hold, `{phase.name}` steps down to `{down.target}` instead of {_instead(up)}",
        down.span,
        help=f"write `{_head(down)} …` below `{_head(exits[urgent[-1]])} …`",
        related=(Label(up.span, "is tried only after it"),),
        fix=_move_down(context, down, exits[urgent[-1]]),
    )


def _head(exit_: Exit) -> str:
    return exit_words(exit_.model_copy(update={"when": None, "called": None, "otherwise": False}))


def _instead(exit_: Exit) -> str:
    if exit_.direction == "discharge":
        return f"discharging as `{exit_.target}`"
    return f"stepping up to `{exit_.target}`"


def _move_down(context: Context, down: Exit, last: Exit) -> Fix | None:
    """Move the whole lines of one exit below those of another; their comments go with them."""
    source = context.sources.get(down.span.file)
    if source is None:
        return None
    starts = [*source.line_starts, len(source.text)]
    first, after = starts[down.span.line - 1], starts[source.line_number(down.span.end)]
    place = starts[source.line_number(last.span.end)]
    lines = source.text[first:after]
    if not source.text[:place].endswith("\n"):
        lines = "\n" + lines.rstrip("\n")
    edits = (Edit(source.span(first, after), ""), Edit(source.span(place, place), lines))
    return Fix("move the step down below", edits)
