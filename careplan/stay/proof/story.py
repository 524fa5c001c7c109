"""A path told as a patient's story, and written as a scenario that lives it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.plan.model import Exit, Expectation, Given, Point, Said, Scenario, Stage
from careplan.stay.day import Day
from careplan.stay.proof.explore import Visit
from careplan.stay.records import Value


class Story(NamedTuple):
    """A stay up to `day`: the visits of its path, and the day's own record."""

    visits: tuple[Visit, ...]
    day: Day

    @property
    def facts(self) -> dict[str, Value]:
        """What is known at admission."""
        return dict(self.visits[-1].program.facts)

    @property
    def weekday(self) -> int:
        """The weekday of admission, 0 is Monday."""
        return self.visits[-1].weekday


def story(visit: Visit, day: Day | None = None) -> Story:
    """The path to a visit, up to one of its days (the last, if not said)."""
    return Story(tuple(visit.path), day if day is not None else visit.days[-1])


def scenarios(told: Story, title: str, expects: Iterable[Expectation] = ()) -> Iterator[Scenario]:
    """Scenarios that may live the story again, with what is expected of it: the shorter one first.

    The first tells of a visit as a whole what is the same all through it; the second just what was recorded,
    day by day.
    """
    facts = tuple(Given(fact=name, value=value) for name, value in told.facts.items())
    for says in (tuple(_in_short(told)), tuple(_day_by_day(told))):
        yield Scenario(
            title=title, given=facts, admitted_on=told.weekday or None, says=says, expects=tuple(expects)
        )


def _lived(told: Story) -> Iterator[tuple[Visit, list[Day]]]:
    for visit in told.visits:
        yield visit, [day for day in visit.days if day.plan_day <= told.day.plan_day]


def _in_short(told: Story) -> Iterator[Said]:
    for visit, days in _lived(told):
        whole = Stage(first=1, last=None, phase=visit.phase, visit=visit.number)
        attends = visit.behaviour.attends
        if attends == 0.0:
            yield Said(kind="miss", stage=whole)
        elif attends < 1.0:
            yield Said(kind="attend", stage=whole, percent=100 * attends)
        for name, found in _results(days).items():
            usual = found[-1][1]
            asked = {test.measure for day in days for test in (*day.due.tests, *day.due.if_left)}
            if name in asked and len(found) > 1:
                yield Said(kind="result", stage=whole, names=(name,), values=(usual,))
                found = [(day, value) for day, value in found if value != usual]
            for day, value in found:
                yield Said(kind="result", stage=_on(day), names=(name,), values=(value,))
        yield from _events(days)


def _day_by_day(told: Story) -> Iterator[Said]:
    for visit, days in _lived(told):
        yield from _attendance(visit, days)
        for name, found in _results(days).items():
            for day, value in found:
                yield Said(kind="result", stage=_on(day), names=(name,), values=(value,))
        yield from _events(days)


def _results(days: list[Day]) -> dict[str, list[tuple[Day, Value]]]:
    """The results of each measure; of tests that fell due on leaving, if the phase was left."""
    found: dict[str, list[tuple[Day, Value]]] = {}
    for day in days:
        results = dict(day.records.results)
        if day.taken is not None and day.taken.direction != "extend":
            results = {**day.records.if_left, **results}
        for name, value in results.items():
            found.setdefault(name, []).append((day, value))
    return found


def _events(days: list[Day]) -> Iterator[Said]:
    for day in days:
        for event in sorted(day.records.events):
            yield Said(kind="event", stage=_on(day), names=(event,))


def _attendance(visit: Visit, days: list[Day]) -> Iterator[Said]:
    if visit.behaviour.attends == 0.0:
        stage = Stage(first=1, last=None, phase=visit.phase, visit=visit.number)
        yield Said(kind="miss", stage=stage)
    elif visit.behaviour.attends < 1.0:
        for day in days:
            statuses = zip(day.due.sessions, day.records.attendance, strict=False)
            missed = tuple(s.service for s, status in statuses if s.owed and status == "missed")
            if missed:
                yield Said(kind="miss", stage=_on(day), names=tuple(dict.fromkeys(missed)))


def _on(day: Day) -> Stage:
    return Stage(first=day.plan_day, last=day.plan_day, exact=True)


def in_phase(phase: str, day: Day) -> Expectation:
    """Is in the phase on that day."""
    return Expectation(kind="phase", name=phase, on=Point(day=day.plan_day))


def left_by(exit_: Exit, at_end: bool) -> Expectation:
    """Leaves by that exit."""
    return Expectation(kind="because", exit=exit_, at_end=at_end)
