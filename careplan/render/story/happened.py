"""The lanes of a lived stay: sessions as they were attended, results, events, and courses of medication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from careplan.plan.recurrence import weeks_of
from careplan.plan.words import counted, listed, number_words
from careplan.render.story.visits import Shown
from careplan.render.timeline.care import SUPPORT_STYLE, TEST_STYLE, THERAPY_STYLE
from careplan.render.timeline.lanes import Cell, Lane
from careplan.render.timeline.marks import Mark, Style
from careplan.render.timeline.style import DRUG, FLOOR
from careplan.stay.day import Day
from careplan.stay.records import MISSING
from careplan.stay.scenario.counting import sessions_of
from careplan.stay.scenario.courses import event_words
from careplan.stay.scenario.story import Story
from careplan.stay.scenario.trace import results_of

DRUG_STYLE = Style("square", DRUG, "dose")
EVENT_STYLE = Style("flag", FLOOR, "event")
LEAST_DAY = 5.0  # pixels: narrower days have no marks of their own
MOST_RUNS = 6  # of equal results, told one by one


def session_lanes(story: Story, shown: Sequence[Shown], kind: str) -> list[Lane]:
    """A lane for each therapy, or support, that was due: a mark a session, hollow where it was missed."""
    style = THERAPY_STYLE if kind == "therapy" else SUPPORT_STYLE
    found = []
    for service in story.plan.services:
        if service.kind == kind:
            cells = tuple(_sessions(each, service.name) for each in shown)
            if any(cells):
                found.append(Lane(service.label, (), cells, style))
    return found


def _sessions(shown: Shown, service: str) -> Cell | None:
    planned: Counter[int] = Counter()
    attended: Counter[int] = Counter()
    told: dict[str, list[int]] = {}
    for number, day in enumerate(shown.days, 1):
        for had in sessions_of(day):
            if had.service != service:
                continue
            if had.due and had.status != "cancelled":
                planned[weeks_of(number)] += 1
                attended[weeks_of(number)] += had.status == "attended"
            if not had.due:
                told.setdefault("made up" if had.made_up else "more", []).append(number)
            elif had.status != "attended":
                told.setdefault(had.status, []).append(number)
    if not planned and not told:
        return None
    marks = tuple(
        Mark(7 * week - 6, min(7 * week, len(shown.days)), attended[week], planned[week],
             note=f"{attended[week]} of {counted(planned[week], 'session')} attended")
        for week in sorted(planned)
    )  # fmt: skip
    total = f"{sum(attended.values())} of {sum(planned.values())} attended"
    return Cell(marks, (total, *(f"{what} on {_days(days)}" for what, days in told.items())))


def _days(days: list[int]) -> str:
    """`day 3`, `days 3 and 5`, `days 3, 5, 9, … (14 times)`."""
    if len(days) > MOST_RUNS:
        return f"days {', '.join(map(str, days[:MOST_RUNS]))}, … ({len(days)} times)"
    return f"day{'s' if len(days) > 1 else ''} {listed(map(str, days))}"


def _first(words: list[str]) -> list[str]:
    """The first few, and how many more there are."""
    more = len(words) - MOST_RUNS
    return words if more <= 0 else [*words[:MOST_RUNS], f"and {more} more"]


def result_lanes(story: Story, shown: Sequence[Shown]) -> list[Lane]:
    """A lane for each measure with a result, and one for events."""
    found = []
    for measure in story.plan.measures:
        cells = tuple(_results(each, measure.name) for each in shown)
        if any(cells):
            found.append(Lane(measure.label, (), cells, TEST_STYLE))
    for event in story.plan.events:
        cells = tuple(_events(each, event.name) for each in shown)
        if any(cells):
            found.append(Lane(event.label, (), cells, EVENT_STYLE))
    return found


def _results(shown: Shown, measure: str) -> Cell | None:
    """Marks on the days of the results, hollow for a missed test; equal ones in a row are told together."""
    runs: list[tuple[str, int, int, int]] = []  # value, first day, last day, how many
    marks: list[Mark] = []
    for number, day in enumerate(shown.days, 1):
        value = results_of(day).get(measure)
        if value is None:
            continue
        words = value if isinstance(value, str) else number_words(value)
        marks.append(Mark(number, number, int(value != MISSING), 1, note=words))
        if runs and runs[-1][0] == words:
            runs[-1] = (words, runs[-1][1], number, runs[-1][3] + 1)
        else:
            runs.append((words, number, number, 1))
    if shown.column.width / len(shown.days) < LEAST_DAY:
        marks = list(_by_week(marks, len(shown.days)))
    return Cell(tuple(marks), tuple(_first([_run(*run) for run in runs]))) if marks else None


def _by_week(marks: list[Mark], days: int) -> Iterator[Mark]:
    """The marks of single days put together for each week."""
    for week, group in groupby(marks, lambda mark: weeks_of(mark.first)):
        of_week = list(group)
        low = sum(mark.low for mark in of_week)
        values = ", ".join(mark.note for mark in of_week)
        yield Mark(7 * week - 6, min(7 * week, days), low, len(of_week), note=values)


def _run(value: str, first: int, last: int, times: int) -> str:
    if first == last:
        return f"{value} on day {first}"
    return f"{value} on {times} days, {first} to {last}"


def _events(shown: Shown, event: str) -> Cell | None:
    days = [number for number, day in enumerate(shown.days, 1) if event in day.records.events]
    marks = tuple(Mark(day, day, 1, 1, note="it happened") for day in days)
    return Cell(marks, tuple(f"on day {day}" for day in days)) if days else None


def course_lanes(story: Story, shown: Sequence[Shown]) -> list[Lane]:
    """A lane for each medication that was taken, or whose start failed."""
    found = []
    for place, medication in enumerate(story.plan.medications):
        cells = tuple(_course(story, each, place, medication.name) for each in shown)
        if any(cells):
            found.append(Lane(medication.label, (), cells, DRUG_STYLE))
    return found


def _course(story: Story, shown: Shown, place: int, name: str) -> Cell | None:
    spans = list(_spans(shown.days, lambda day: bool(day.evening.courses[place].since)))
    words = []
    for number, day in enumerate(shown.days, 1):
        for event in day.courses:
            if event.medication == name:
                said = event_words(story, name, event.kind, event.group).removeprefix(f"{name} ")
                words.append(f"day {number}: {said}")
        if any(dose.medication == name and not dose.given for dose in day.doses):
            words.append(f"day {number}: the dose is not given")
    if not spans and not words:
        return None
    marks = tuple(Mark(first, last, 1, 1, True, note="taken") for first, last in spans)
    return Cell(marks, tuple(_first(words)) or ("goes on",))


def _spans(days: Sequence[Day], holds: Callable[[Day], bool]) -> Iterator[tuple[int, int]]:
    """The first and last day of each unbroken stretch, from 1."""
    first = 0
    for number, day in enumerate(days, 1):
        if holds(day):
            first = first or number
        elif first:
            yield first, number - 1
            first = 0
    if first:
        yield first, len(days)
