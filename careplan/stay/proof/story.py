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


def scenario(told: Story, title: str, expects: Iterable[Expectation] = ()) -> Scenario:
    """The scenario that lives the story again, with what is expected of it.

    Its lines say just what was recorded: results on their days, and visits in which sessions are missed.
    """
    facts = tuple(Given(fact=name, value=value) for name, value in told.facts.items())
    says = tuple(_said(told))
    return Scenario(
        title=title, given=facts, admitted_on=told.weekday or None, says=says, expects=tuple(expects)
    )


def _said(told: Story) -> Iterator[Said]:
    last = told.day.plan_day
    for visit in told.visits:
        days = [day for day in visit.days if day.plan_day <= last]
        yield from _attendance(visit, days)
        for name in dict.fromkeys(n for day in days for n in day.records.results):
            yield from _results(name, days)
        for day in days:
            for event in sorted(day.records.events):
                yield Said(kind="event", stage=_on(day), names=(event,))


def _attendance(visit: Visit, days: list[Day]) -> Iterator[Said]:
    if visit.behaviour.attends == 0.0:
        stage = Stage(first=days[0].day, last=None, phase=visit.phase, visit=visit.number)
        yield Said(kind="miss", stage=stage)
    elif visit.behaviour.attends < 1.0:
        for day in days:
            statuses = zip(day.due.sessions, day.records.attendance, strict=False)
            missed = tuple(s.service for s, status in statuses if s.owed and status == "missed")
            if missed:
                yield Said(kind="miss", stage=_on(day), names=tuple(dict.fromkeys(missed)))


def _results(name: str, days: list[Day]) -> Iterator[Said]:
    """Runs of equal results: `from … to …` where the tests are due on their days, else day by day."""
    found = [(day, day.records.results[name]) for day in days if name in day.records.results]
    for day, value in found:
        yield Said(kind="result", stage=_on(day), names=(name,), values=(value,))


def _on(day: Day) -> Stage:
    return Stage(first=day.plan_day, last=day.plan_day, exact=True)


def in_phase(phase: str, day: Day) -> Expectation:
    """Is in the phase on that day."""
    return Expectation(kind="phase", name=phase, on=Point(day=day.plan_day))


def not_taking(medication: str, day: Day) -> Expectation:
    """Does not take it on that day."""
    return Expectation(kind="not taking", name=medication, on=Point(day=day.plan_day))


def left_by(exit_: Exit) -> Expectation:
    """Leaves by that exit."""
    return Expectation(kind="because", exit=exit_)
