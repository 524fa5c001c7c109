"""Sessions of a lived day, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import Expectation
from careplan.stay.day import Day
from careplan.stay.records import Status
from careplan.stay.scenario.story import Story


class Had(NamedTuple):
    """A session of a day: its service, and whether it was due; `made_up`: the plan day it stands for."""

    service: str
    status: Status
    due: bool
    made_up: int = 0


def sessions_of(day: Day) -> Iterator[Had]:
    """Every session of the day: those that were due in their order, make-ups, and others that were had."""
    known = day.records.attendance
    for place, session in enumerate(day.due.sessions):
        if place < len(known):
            yield Had(session.service, known[place], True)
        elif session.owed:
            yield Had(session.service, "attended", True)
    for made_up in day.records.made_up:
        yield Had(made_up.service, "attended", False, made_up.missed_on)
    for service in day.records.extra:
        yield Had(service, "attended", False)


def sessions_had(story: Story, expected: Expectation, last: int) -> int:
    """How many sessions the line speaks of were attended, or with `due` were due, up to a plan day."""
    return sum(
        (had.due and had.status != "cancelled") if expected.due else had.status == "attended"
        for day in story.days[:last]
        if not expected.phases or day.phase in expected.phases
        for had in sessions_of(day)
        if had.service == expected.name
    )
