"""Days of a scenario that a visit to a phase never has."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.model import Expectation, Phase, Point, Stage
from careplan.plan.words import duration_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A visit ends with the phase's maximum; on the day after it, one is somewhere else."""
    for scenario in context.plan.scenarios:
        for said in scenario.says:
            yield from _stage(context, said.stage)
        for expected in scenario.expects:
            yield from _expectation(context, expected)


def _stage(context: Context, stage: Stage) -> Iterator[Diagnostic]:
    phase = context.phases.get(stage.phase or "")
    if phase is None or phase.longest is None or stage.first <= phase.longest:
        return
    yield _beyond(phase, phase.longest, stage.first, stage)


def _expectation(context: Context, expected: Expectation) -> Iterator[Diagnostic]:
    for point in (expected.on, expected.by):
        phase = context.phases.get(point.phase or "") if point is not None else None
        # The day after the last is where the next phase begins, and `by` may name its whole week.
        if point is not None and phase is not None and phase.longest is not None:
            latest = phase.longest + (1 if expected.on is not None else 7)
            if point.day > latest:
                yield _beyond(phase, phase.longest, point.day, point)


def _beyond(phase: Phase, longest: int, day: int, place: Stage | Point) -> Diagnostic:
    assert phase.lasts is not None
    weeks = place.span.end > place.span.start and day > 7
    where = f"day {day}" + (f" (in week {-(-day // 7)})" if weeks else "")
    return error(
        "weeks-beyond-phase",
        f"a visit to `{phase.name}` never has a {where}: it is over after {duration_words(longest)}",
        place.span,
        help=f"stay within the visit, or count from admission, such as `day {day}`",
        related=(Label(phase.lasts.span, f"`{phase.name}` lasts {duration_words(longest)} at most"),),
    )
