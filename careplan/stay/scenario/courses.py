"""Courses of medication in a story: whether one runs on a day, in which words, and why."""

from __future__ import annotations

from careplan.plan.words import condition_words, dose_words, listed
from careplan.stay.day import Day
from careplan.stay.program import ReadyCourse
from careplan.stay.scenario.story import Story
from careplan.stay.scenario.verdict import Decided
from careplan.stay.why import why

_ENDED = {"stopped": "was stopped", "lapsed": "lapsed", "finished": "came to its end", "failed": "has failed"}
_TOLD = {
    "started": "starts", "restarted": "starts over", "held": "is held", "lapsed": "has lapsed",
    "stopped": "is stopped", "finished": "is finished", "handed over": "is handed over",
}  # fmt: skip


def takes(story: Story, day: Day, medication: str) -> bool:
    """Whether the course runs on that day."""
    return bool(day.evening.courses[_ready(story, medication).place].since)


def course_words(story: Story, medication: str, plan_day: int) -> str:
    """How the course stands on a day: `bup-nx is taken since day 1 (maintenance 16 to 24 mg daily)`."""
    ready = _ready(story, medication)
    course = story.days[plan_day - 1].evening.courses[ready.place]
    if course.since:
        steps = ready.medication.steps
        dose = f" ({dose_words(steps[ready.groups[course.group][0]])})" if ready.groups else ""
        return f"{medication} is taken since day {course.since}{dose}"
    for day in reversed(story.days[:plan_day]):
        for event in day.courses:
            if event.medication == medication and event.kind in _ENDED:
                what = "its start has failed" if event.kind == "failed" else f"it {_ENDED[event.kind]}"
                return f"{medication} is not taken on day {plan_day}: {what} on day {day.plan_day}"
    return f"{medication} is not taken on day {plan_day}: it has not started"


def of_course(story: Story, medication: str, plan_day: int) -> Decided | None:
    """The start of the course on the day on which it started, or on the last on which it could have."""
    ready = _ready(story, medication)
    start = ready.medication.start
    course = story.days[plan_day - 1].evening.courses[ready.place]
    if start is None:
        return None
    if course.since:
        return _start(story, ready, story.days[course.since - 1], True)
    tried = (day for day in reversed(story.days[:plan_day]) if not start.phases or day.phase in start.phases)
    day = next((day for day in tried if not takes(story, day, medication)), None)
    return None if day is None else _start(story, ready, day, False)


def _start(story: Story, ready: ReadyCourse, day: Day, held: bool) -> Decided:
    start = ready.medication.start
    assert start is not None
    words = f"start in {listed(start.phases, 'or')}" if start.phases else "start"
    words += f" when {condition_words(start.when)}" if start.when is not None else ""
    tests = tuple(why(story.program, day.evening, start.when))
    return Decided(day.plan_day, day.phase, day.visit, day.day, words, start.span, held, tests)


def step_words(story: Story, medication: str, group: int) -> str:
    """The dose line that a course has come to."""
    ready = _ready(story, medication)
    return dose_words(ready.medication.steps[ready.groups[group][0]])


def event_words(story: Story, medication: str, kind: str, group: int) -> str:
    """What became of a course on a day: `bup-nx starts: induction 4 mg daily for 1 day`."""
    if kind == "failed":
        return f"{medication} could not be started"
    if kind in ("started", "restarted", "step") and _ready(story, medication).groups:
        verb = _TOLD.get(kind, "goes on")
        return f"{medication} {verb}: {step_words(story, medication, group)}"
    return f"{medication} {_TOLD.get(kind, kind)}"


def _ready(story: Story, medication: str) -> ReadyCourse:
    return next(r for r in story.program.courses if r.medication.name == medication)
