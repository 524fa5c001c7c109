"""A whole stay told day by day: only the days on which something happens that is not routine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.words import counted, exit_words, number_words, range_words, visit_words
from careplan.stay.day import Day
from careplan.stay.records import MISSING, DoseDue, Value
from careplan.stay.scenario.counting import sessions_of
from careplan.stay.scenario.courses import event_words
from careplan.stay.scenario.quoting import took_at_end
from careplan.stay.scenario.story import Story
from careplan.stay.why import Because, why


class Told(NamedTuple):
    """A day on which something happened: a sentence each; `because` are the tests of the way out taken."""

    plan_day: int
    phase: str
    visit: int
    day: int
    words: tuple[str, ...]
    because: tuple[Because, ...] = ()


def trace(story: Story) -> Iterator[Told]:
    """The days of a story, as far as it was lived, on which something happened."""
    begins = {visit.first: visit for visit in story.visits}
    for day in story.days:
        words = [f"{visit_words(day.phase, day.visit)} begins"] if day.plan_day in begins else []
        words += [*_results(day), *_sessions(day), *_medication(story, day), *_goals(story, day)]
        words += _leaving(story, day)
        if words:
            tests = () if day.taken is None else tuple(why(story.program, day.evening, day.taken.when))
            yield Told(day.plan_day, day.phase, day.visit, day.day, tuple(words), tests)


def results_of(day: Day) -> dict[str, Value]:
    """The day's results; those of tests that are due on leaving, if the phase was left."""
    if not day.records.if_left:
        return dict(day.records.results)
    taken = {test.measure for test in day.due.tests}
    return {**{m: v for m, v in day.records.if_left.items() if m in taken}, **day.records.results}


def _results(day: Day) -> Iterator[str]:
    for measure, value in results_of(day).items():
        if value == MISSING:
            yield f"the {measure} test is missed"
        else:
            yield f"{measure} is {value if isinstance(value, str) else number_words(value)}"
    yield from sorted(day.records.events)


def _sessions(day: Day) -> Iterator[str]:
    for had in sessions_of(day):
        if had.status == "missed":
            yield f"misses {had.service}"
        elif had.status == "cancelled":
            yield f"{had.service} is cancelled"
        elif had.made_up:
            yield f"makes up for the {had.service} missed on day {had.made_up}"
        elif not had.due:
            yield f"attends {had.service}, which was not due"


def _medication(story: Story, day: Day) -> Iterator[str]:
    for event in day.courses:
        yield event_words(story, event.medication, event.kind, event.group)
    for dose in day.doses:
        if not dose.given:
            yield f"the dose of {dose.medication} is not given"
        elif _is_rare(story, dose):
            yield f"{dose.medication} {range_words(dose.low, dose.high)} {dose.unit}, dose {dose.number}"


def _is_rare(story: Story, dose: DoseDue) -> bool:
    """Whether doses of the line come seldom enough to be told one by one, such as injections."""
    often = story.plan.medication(dose.medication).steps[dose.step].frequency
    return often is not None and (
        often.kind == "once" or (often.kind == "every" and (often.period_days or 1) > 1)
    )


def _goals(story: Story, day: Day) -> Iterator[str]:
    for goal, reached in zip(story.plan.goals, day.evening.goals, strict=True):
        if reached == day.plan_day:
            yield f"reaches the goal {goal.name}"


def _leaving(story: Story, day: Day) -> Iterator[str]:
    if day.taken is None:
        return
    yield exit_words(day.taken, took_at_end(day))
    if day.taken.direction == "extend":
        return
    planned = attended = 0
    for lived in story.days[day.plan_day - _length(story, day) : day.plan_day]:
        for had in sessions_of(lived):
            planned += had.due and had.status != "cancelled"
            attended += had.status == "attended" and (had.due or had.made_up > 0)
    length = counted(_length(story, day), "day")
    yield f"{day.phase} lasted {length}, {attended} of {counted(planned, 'session')} attended"


def _length(story: Story, day: Day) -> int:
    visit = next(v for v in story.visits if (v.phase, v.number) == (day.phase, day.visit))
    return day.plan_day - visit.first + 1
