"""What is put into one day of a stay, and what falls due on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Value = str | float

MISSING = "missing"
"""The result of a planned test that was missed."""

Status = Literal["attended", "missed", "cancelled"]


class DueSession(NamedTuple):
    """A session that falls due today: its service, the phase's line (by place, services first and then
    assessments, from 0), and the how manieth of the line's sessions of this day it is (from 0)."""

    service: str
    line: int
    nth: int
    owed: bool  # False: urged only
    time: str | None = None  # local wall time


class DueTest(NamedTuple):
    """A measure that is to be taken today, and the phase's line (by place, as for sessions)."""

    measure: str
    line: int
    time: str | None = None


class Due(NamedTuple):
    """What falls due on a day, in the plan's order; `if_left`: tests due if the phase is left today."""

    sessions: tuple[DueSession, ...] = ()
    tests: tuple[DueTest, ...] = ()
    if_left: tuple[DueTest, ...] = ()


class MadeUp(NamedTuple):
    """A session attended today in place of one that was missed on plan day `missed_on`."""

    service: str
    missed_on: int


class Records(NamedTuple):
    """What is known of a day when it ends.

    `attendance`: a status for each session due, in their order; of those beyond its end the owed ones were
    attended, and of the others nothing is known. `results`: one value a measure (`MISSING` for a missed
    test); `if_left`: results of tests that fall due only if the phase is left today. `extra`: sessions
    attended that were not due. `doses_missed`: medications whose dose of the day was not given.
    """

    attendance: tuple[Status, ...] = ()
    results: Mapping[str, Value] = {}
    events: frozenset[str] = frozenset()
    made_up: tuple[MadeUp, ...] = ()
    extra: tuple[str, ...] = ()
    doses_missed: frozenset[str] = frozenset()
    if_left: Mapping[str, Value] = {}


NOTHING_RECORDED = Records()


class DoseDue(NamedTuple):
    """A dose of the day: `low` to `high` `unit` (a ramp's are equal), `times` times; `given` if it was.

    `step` is the place of the dose line, `number` counts the line's doses that were given, this one included.
    """

    medication: str
    step: int
    low: float
    high: float
    unit: str
    times: int
    given: bool
    number: int
    course_day: int
