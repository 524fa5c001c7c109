"""docs/time.md, read for its test: plans, the stories in them, and tables of what happens on some days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import careplan
from careplan.plan.words import exit_words, range_words, visit_words
from careplan.stay.day import Day
from careplan.stay.records import MISSING
from careplan.stay.scenario import Ran, Story, run
from careplan.stay.scenario.courses import event_words
from careplan.stay.scenario.quoting import took_at_end
from careplan.stay.scenario.trace import results_of

EXAMPLE = re.compile(
    r"```careplan\n(?P<plan>.*?)^```\n\n(?P<table>(?:\|[^\n]*\n)+)", re.MULTILINE | re.DOTALL
)
DAY = re.compile(r"^\| *(\d+)")
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Example(NamedTuple):
    """A plan with one scenario, and the days of the stay that its table tells."""

    plan: str
    days: tuple[int, ...]

    def lived(self) -> Ran:
        """The scenario, lived."""
        plan = careplan.loads(self.plan)
        (scenario,) = plan.scenarios
        return run(plan, scenario)


def retold(page: str) -> str:
    """The page, with every table as the core fills it."""
    return EXAMPLE.sub(lambda found: f"```careplan\n{found['plan']}```\n\n{_table(found)}", page)


def examples(page: str) -> Iterator[Example]:
    """Every example of the page."""
    for found in EXAMPLE.finditer(page):
        days = (DAY.match(line) for line in found["table"].splitlines())
        yield Example(found["plan"], tuple(int(day[1]) for day in days if day))


def _table(found: re.Match[str]) -> str:
    (example,) = examples(found[0])
    story = example.lived().story
    assert story is not None
    if not story.is_over:
        story.live_to(max(example.days))
    rows = [_row(story, day) for day in example.days]
    return "".join(["| day | what happens |\n", "|---|---|\n", *rows])


def _row(story: Story, number: int) -> str:
    if number > len(story.days):
        return f"| {number} | the stay is over |\n"
    day = story.days[number - 1]
    when = NAMES[((story.scenario.admitted_on or 0) + number - 1) % 7]
    where = (
        "" if (day.visit, day.day) == (1, number) else f", {visit_words(day.phase, day.visit)} day {day.day}"
    )
    return f"| {number} ({when}{where}) | {'; '.join(_words(story, day)) or 'nothing'} |\n"


def _words(story: Story, day: Day) -> Iterator[str]:
    """What falls due, what is recorded, what becomes of courses, and the way out."""
    had = results_of(day)
    if day.plan_day in {visit.first for visit in story.visits}:
        yield f"{visit_words(day.phase, day.visit)} begins"
    for service, times in Counter(s.service for s in day.due.sessions).items():
        yield f"{service} falls due" + (f" {times} times" if times > 1 else "")
    for place, session in enumerate(day.due.sessions):
        if place < len(day.records.attendance) and day.records.attendance[place] != "attended":
            yield f"{session.service} is {day.records.attendance[place]}"
    for made_up in day.records.made_up:
        yield f"the {made_up.service} of day {made_up.missed_on} is made up"
    tested = [test.measure for test in day.due.tests]
    for measure in tested:
        answer = had.get(measure)
        said = "" if answer is None else ", and missed" if answer == MISSING else f": {_value(answer)}"
        yield f"{measure} falls due{said}"
    for measure, value in had.items():
        if measure not in tested:
            yield f"{measure}: {_value(value)}"
    yield from sorted(day.records.events)
    yield from _courses(story, day)
    for goal, reached in zip(story.plan.goals, day.evening.goals, strict=True):
        if reached == day.plan_day:
            yield f"the goal {goal.name} is reached"
    if day.taken is not None:
        yield f"**{exit_words(day.taken, took_at_end(day))}**"


def _courses(story: Story, day: Day) -> Iterator[str]:
    """What became of courses, and the doses of the day."""
    evening = [e for e in day.courses if e.kind in ("stopped", "failed")]
    for event in day.courses:
        if event.kind != "handed over" and event not in evening:
            yield event_words(story, event.medication, event.kind, event.group)
    for dose in day.doses:
        given = "" if dose.given else " falls due, and is not given"
        often = f", {dose.times} times" if dose.times > 1 else ""
        yield f"{dose.medication} {range_words(dose.low, dose.high)} {dose.unit}{often}{given}"
    for event in evening:
        yield event_words(story, event.medication, event.kind, event.group)


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
