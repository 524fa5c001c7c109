"""What happens when a phase's maximum is over."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.model import Exit, Phase
from careplan.plan.words import duration_words, exit_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A phase with a maximum needs a last `at end` line without a condition; one without needs none."""
    for phase in context.plan.phases:
        yield from _after_the_last(phase)
        if not context.is_whole(phase):
            continue
        if phase.lasts is None or phase.lasts.high is None:
            yield from _no_maximum(phase)
        elif phase.name in context.unanswered:
            yield _no_answer(context, phase)


def _always(exit_: Exit) -> bool:
    return exit_.when is None and exit_.direction != "extend"


def _after_the_last(phase: Phase) -> Iterator[Diagnostic]:
    last = next((exit_ for exit_ in phase.at_end if _always(exit_)), None)
    if last is None or last is phase.at_end[-1]:
        return
    dead = phase.at_end[phase.at_end.index(last) + 1]
    yield error(
        "at-end-not-last",
        f"`{exit_words(dead, at_end=True)}` is never tried: the line above it always holds",
        dead.span,
        help="put the `at end` line without a condition last",
        related=(Label(last.span, "always holds"),),
    )


def _no_maximum(phase: Phase) -> Iterator[Diagnostic]:
    if not phase.at_end:
        return
    related = (Label(phase.lasts.span, "no longest stay is given"),) if phase.lasts else ()
    yield error(
        "at-end-without-maximum",
        f"`{phase.name}` has no maximum, so its end never comes",
        phase.at_end[0].span,
        help="say how long the phase can last, such as `lasts 8 to 16 weeks`",
        related=related,
    )


def _no_answer(context: Context, phase: Phase) -> Diagnostic:
    lasts = phase.lasts
    assert lasts is not None
    longest = duration_words(phase.longest or 0)
    target = next((way for way in context.ways[phase.name] if way.exit.direction == "step down"), None)
    line = f"step down to {target.target}" if target else f"discharge as {context.some_outcome}"
    if not phase.at_end:
        return error(
            "phase-without-exit",
            f"`{phase.name}` can last {longest}, and nothing says what happens then",
            lasts.span,
            here=_last_day(phase),
            help=f"add a line such as `at end {line}`",
        )
    last = phase.at_end[-1]
    extends = last.direction == "extend"
    why = "once no extension is left" if extends else "when none of its `at end` conditions holds"
    return error(
        "at-end-needs-otherwise",
        f"nothing says what happens at the end of `{phase.name}` {why}",
        last.span,
        help=f"add a last line without a condition, such as `at end {line}`",
        related=(Label(lasts.span, f"over after {longest}"),),
    )


def _last_day(phase: Phase) -> str:
    days = phase.longest or 0
    return f"week {days // 7} is the last" if days and days % 7 == 0 else f"day {days} is the last"
