"""Weekdays and times of day against the number of sessions."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, error
from careplan.plan.context import Context
from careplan.plan.model import Frequency, Placement
from careplan.plan.words import counted, every_words, range_words, weekday_words


def check(context: Context) -> Iterator[Diagnostic]:
    """The weekdays and times that a line names must hold just the sessions it asks for."""
    for phase in context.plan.phases:
        for line in phase.services:
            if line.weekdays or line.times:
                yield from _line(line, line.service, line.frequency)
        for assessment in phase.assessments:
            what = assessment.measures[0]
            for moment in assessment.moments:
                yield from _random(assessment, what, moment)
                if assessment.weekdays or assessment.times:
                    yield from _line(assessment, what, moment)


def _line(line: Placement, what: str, often: Frequency) -> Iterator[Diagnostic]:
    period = often.period_days or 7
    if often.kind not in ("per", "every", "once"):
        return
    if often.kind == "per" and period == 1:
        if line.times and len(line.times) != often.high:
            yield _times(line, what, f"comes {_times_in(often)} a day")
        return
    days, times = len(line.weekdays), len(line.times)
    weeks = max(period // 7, 1) if often.kind == "per" else 1
    comes = f"comes {_comes(often, period)}"
    if days and often.high > days * max(times, 1) * weeks:
        yield _days(line, what, comes, f"name {often.high // weeks} days, or write `{days} per week`")
    elif days > often.high and not line.at_random:
        days_help = f"write `{days} per week`, or name {counted(often.high, 'day')}"
        yield _days(line, what, comes, days_help)
    elif times > 1 and often.high != days * times * weeks:
        yield _times(line, what, comes)


def _comes(often: Frequency, period: int) -> str:
    if often.kind == "once":
        return "once"
    if often.kind == "every":
        return f"once {every_words(period)}"
    return f"{_times_in(often)} {'a week' if period == 7 else f'in {period} days'}"


def _times_in(often: Frequency) -> str:
    words = {1: "once", 2: "twice"}
    if often.low == often.high:
        return words.get(often.high, f"{often.high} times")
    return f"{range_words(often.low, often.high)} times"


def _days(line: Placement, what: str, comes: str, help_: str) -> Diagnostic:
    named = counted(len(line.weekdays), "weekday")
    verb = "is" if len(line.weekdays) == 1 else "are"
    return error(
        "weekdays-and-sessions",
        f"`{what}` {comes}, and {named} {verb} named: {weekday_words(line.weekdays)}",
        line.span,
        help=help_,
    )


def _times(line: Placement, what: str, comes: str) -> Diagnostic:
    named = counted(len(line.times), "time")
    verb = "is" if len(line.times) == 1 else "are"
    return error(
        "times-and-sessions",
        f"`{what}` {comes}, and {named} of day {verb} named",
        line.span,
        help="name one time, or one for each session of the day",
    )


def _random(line: Placement, what: str, often: Frequency) -> Iterator[Diagnostic]:
    if not line.at_random or often.kind != "per" or often.high <= (often.period_days or 7):
        return
    yield error(
        "more-tests-than-days",
        f"`{what}` comes {_times_in(often)} in {counted(often.period_days or 7, 'day')}, "
        "and a random test comes at most once a day",
        line.span,
        help=f"write at most `{often.period_days} per week at random`",
    )
