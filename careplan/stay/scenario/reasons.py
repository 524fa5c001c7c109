"""What decided in a story: the line of the plan, the day, and each test with the value that it saw."""

from __future__ import annotations

from collections.abc import Callable

from careplan.plan.model import Exit, Expectation
from careplan.plan.words import every_words, exit_words
from careplan.stay.day import Day
from careplan.stay.scenario.quoting import fits, took_at_end, ways
from careplan.stay.scenario.story import Story
from careplan.stay.scenario.verdict import Decided
from careplan.stay.why import why


def of_exit(story: Story, day: Day) -> Decided | None:
    """The way out that was taken on a day."""
    return None if day.taken is None else _decided(story, day, day.taken, took_at_end(day), True)


def of_entry(story: Story, plan_day: int) -> Decided | None:
    """The way by which a visit that began on that day came about; None for admission."""
    return of_exit(story, story.days[plan_day - 2]) if 1 < plan_day <= len(story.days) + 1 else None


def of_end(story: Story) -> Decided | None:
    """The way by which the stay ended; None if it goes on."""
    return of_exit(story, story.days[-1]) if story.days and story.outcome is not None else None


def towards(story: Story, target: str | None, last: int) -> Decided | None:
    """The way out that would have led to a phase or an outcome, as it was last looked at up to a plan day."""
    return _nearest(story, last, lambda way, _at_end: way.target == target)


def of_quoted(story: Story, expected: Expectation, last: int) -> Decided | None:
    """The way out that a line quotes, as it was last looked at up to a plan day."""
    return _nearest(story, last, lambda way, at_end: fits(expected, way, at_end))


def _nearest(story: Story, last: int, wanted: Callable[[Exit, bool], bool]) -> Decided | None:
    """Of the latest day on which such a way was open, else of the latest in a phase that has one."""
    found: dict[str, list[tuple[Exit, bool]]] = {}
    closed: tuple[Day, Exit, bool] | None = None
    for day in reversed(story.days[:last]):
        if day.phase not in found:
            found[day.phase] = [way for way in ways(story, day.phase) if wanted(*way)]
        for way, at_end in found[day.phase]:
            tried = next((t for t in day.tried if t.exit is way), None)
            if tried is not None and tried.open and way is not day.taken:
                return _decided(story, day, way, at_end, False)
            if closed is None and way is not day.taken:
                closed = (day, way, at_end)
    if closed is None:
        return None
    return _decided(story, *closed, False, _why_closed(story, *closed))


def _why_closed(story: Story, day: Day, way: Exit, at_end: bool) -> str:
    """Why a way out was never looked at, whatever its condition says."""
    ready = story.program.phases[day.phase]
    if at_end:
        return "only on the last day of the phase"
    if any(tried.exit is way for tried in day.tried):
        if day.day < ready.low:
            return f"not before {day.phase} day {ready.low}"
        return f"only on the review days, {every_words(ready.phase.review_days or 1)}"
    return f"another way out came first: {exit_words(day.taken, took_at_end(day))}" if day.taken else ""


def _decided(story: Story, day: Day, way: Exit, at_end: bool, held: bool, closed: str = "") -> Decided:
    tests = tuple(why(story.program, day.evening, way.when))
    line = exit_words(way, at_end)
    return Decided(day.plan_day, day.phase, day.visit, day.day, line, way.span, held, tests, closed)
