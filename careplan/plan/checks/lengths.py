"""Weeks and days that a phase does not have."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.model import Phase, Placement, Stretch, Test
from careplan.plan.places import Place
from careplan.plan.words import condition_words, duration_words, lasts_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A phase has whole weeks and days from 1 to its longest stay; nothing falls beyond them."""
    for phase in context.plan.phases:
        lines: tuple[Placement, ...] = (*phase.services, *phase.assessments)
        for line in lines:
            if line.weeks or line.days:
                yield from _line(phase, line)
    for place in context.places:
        if place.role in ("exit", "at end", "until", "while"):
            yield from _clock(context, place)


def _line(phase: Phase, line: Placement) -> Iterator[Diagnostic]:
    longest = phase.longest
    if longest is None:
        return
    weeks = -(-longest // 7)
    for word, last, stretches in (("week", weeks, line.weeks), ("day", longest, line.days)):
        beyond = next((stretch for stretch in stretches if stretch.last > last), None)
        if beyond is not None:
            yield _never(phase, beyond, word, last)
            return


def _never(phase: Phase, beyond: Stretch, word: str, last: int) -> Diagnostic:
    lasts = phase.lasts
    assert lasts is not None
    return error(
        "weeks-beyond-phase",
        f"`{phase.name}` has no {word} {beyond.last}: {word} {last} is its last",
        beyond.span,
        help=f"stay within the phase, such as `in {word}s 1 to {last}`, or let the phase last longer",
        related=(Label(lasts.span, f"`{phase.name}` lasts {duration_words(phase.longest or 0)} at most"),),
    )


def _clock(context: Context, place: Place) -> Iterator[Diagnostic]:
    phase = context.phases[place.phases[0]]
    longest = phase.longest
    if longest is None or phase.lasts is None:
        return
    for test in place.tests:
        needed = _days_needed(test)
        if needed is not None and needed > longest:
            yield error(
                "weeks-beyond-phase",
                f"`{condition_words(test)}` cannot come true in `{phase.name}`, "
                f"which is over after {duration_words(longest)}",
                test.span,
                help=f"ask for {duration_words(longest)} at most, or let the phase last longer",
                related=(Label(phase.lasts.span, f"lasts {lasts_words(phase.lasts)}"),),
            )


def _days_needed(test: Test) -> int | None:
    """How many days a visit must last at least before the test can hold."""
    if test.since_admission:
        return None
    if test.subject in ("days", "weeks") and isinstance(test.value, (int, float)):
        if test.operator not in (">=", ">", "is"):
            return None
        unit = 7 if test.subject == "weeks" else 1
        return int(test.value + (test.operator == ">")) * unit
    return test.over_days
