"""What an expectation would have to say for it to be met: what happened in its place."""

from __future__ import annotations

from typing import Any

from careplan.plan.model import Exit, Expectation, Point
from careplan.stay.day import Day
from careplan.stay.scenario.quoting import took_at_end, ways
from careplan.stay.scenario.story import Story, Visit

Instead = Expectation | None


def _new(**fields: Any) -> Expectation:
    return Expectation(**fields)


def phase_on(expected: Expectation, phase: str) -> Expectation:
    """The phase in which the stay is on that day."""
    return _new(kind="phase", name=phase, on=expected.on)


def entry(story: Story, visit: Visit | None) -> Instead:
    """A phase entered by its first day; the end of the stay where none was."""
    if visit is None:
        return ending(story)
    return _new(kind="phase", name=visit.phase, again=visit.number > 1, by=Point(day=visit.first))


def ending(story: Story) -> Instead:
    """How and by when the stay ended; None if it goes on."""
    if story.outcome is None:
        return None
    return _new(kind="outcome", name=story.outcome, by=Point(day=len(story.days)))


def outcome(story: Story, expected: Expectation) -> Instead:
    """The outcome, with a day if one was expected."""
    story.live_to(10**6)
    if story.outcome is None:
        return None
    if expected.on is not None:
        return _new(kind="outcome", name=story.outcome, on=Point(day=len(story.days)))
    by = expected.by
    last = None if by is None else story.day_of(by)
    if by is not None and (last is None or last < len(story.days)):
        by = Point(day=len(story.days))
    return _new(kind="outcome", name=story.outcome, by=by)


def taking(expected: Expectation) -> Expectation:
    """The contrary, on the day itself."""
    kind = "not taking" if expected.kind == "taking" else "taking"
    return _new(kind=kind, name=expected.name, on=expected.on or expected.by)


def because(story: Story, after: int, exit_after: int, last: int) -> Instead:
    """The first way out taken after what was expected before."""
    days = (d for d in story.days[:last] if d.plan_day + 1 >= after and d.plan_day > exit_after)
    day = next((d for d in days if d.taken is not None), None)
    return None if day is None else because_of(story, day)


def because_of(story: Story, day: Day) -> Expectation:
    """The way out of a day, quoted with its condition if another one of the phase reads the same without."""
    way, at_end = day.taken, took_at_end(day)
    assert way is not None
    if way.called is not None:
        return _new(kind="because", exit=Exit(direction=way.direction, target=way.target, called=way.called))
    alike = [w for w, e in ways(story, day.phase) if e == at_end and _head(w) == _head(way)]
    bare: dict[str, Any] = {"called": None} if len(alike) > 1 else {"called": None, "when": None}
    return _new(kind="because", exit=way.model_copy(update=bare), at_end=at_end)


def _head(way: Exit) -> tuple[object, ...]:
    return (way.direction, way.target, way.extend_days)
