"""One day of a stay: the function that takes a stay from one day to the next.

A day runs: (1) services and assessments fall due; (2) attendance and results are recorded; (3) courses of
medication start, step on or stop, and doses fall due; (4) the ways out are tried; (5) overnight the stay
moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from careplan.plan.model import Exit
from careplan.stay.courses import CourseEvent, evening_of_courses, live_courses
from careplan.stay.due import due_today, evening_triggers
from careplan.stay.moment import Now
from careplan.stay.moves import Tried, enter_first, leave, ways_out
from careplan.stay.program import Program
from careplan.stay.recording import record, record_results
from careplan.stay.records import NOTHING_RECORDED, DoseDue, Due, Records, Value
from careplan.stay.state import State


class Day(NamedTuple):
    """What a day was: what fell due and was recorded, what became of courses, and the way out taken.

    `evening` is the state before the move, on which conditions were judged. `lacking`: facts that decided
    something and were not given.
    """

    phase: str
    visit: int
    day: int
    plan_day: int
    due: Due
    records: Records
    courses: tuple[CourseEvent, ...]
    doses: tuple[DoseDue, ...]
    tried: tuple[Tried, ...]
    taken: Exit | None
    evening: State
    lacking: tuple[str, ...]


Pilot = Callable[[Now], Exit | None]
Recorder = Callable[[State, Due], Records]


def admit(program: Program, weekday: int = 0) -> State:
    """A stay at the beginning of its first day, a `weekday` (0 is Monday).

    Raises ValueError if no front door of the plan is open to the facts given.
    """
    return enter_first(program, weekday)


def due(program: Program, state: State, draw: str = "") -> Due:
    """What falls due on the day that the stay has come to; `draw` decides the days of tests at random."""
    return due_today(Now(program, state), draw)


def live(
    program: Program,
    state: State,
    records: Records | Recorder = NOTHING_RECORDED,
    draw: str = "",
    pilot: Pilot | None = None,
    fallen_due: Due | None = None,
) -> tuple[State, Day]:
    """The stay on the next day, and what this day was. A stay that has ended is not lived on: ValueError.

    `records` may be a function of what falls due. A `pilot` says which exit is taken, in place of the plan's
    conditions. `fallen_due` is what `due` gave for this day and draw, where it was asked.
    """
    if state.outcome is not None:
        raise ValueError("the stay has ended")
    now = Now(program, state)
    if fallen_due is None:
        fallen_due = due_today(now, draw)
    if not isinstance(records, Records):
        records = records(state, fallen_due)
    now.lacking = list(program.phases[now.phase].needs)
    record(now, fallen_due, records)
    courses = live_courses(now, records.doses_missed)
    _reach_goals(now)
    evening = now.state()
    tried, taken = ways_out(now) if pilot is None else ([], pilot(now))
    if taken is not None and taken.direction != "extend" and fallen_due.if_left:
        fallen_due = Due(fallen_due.sessions, (*fallen_due.tests, *fallen_due.if_left))
        record_results(now, _unanswered(records))
    events = [*courses.events, *evening_of_courses(now, taken)]
    evening_triggers(now, fallen_due, records, draw)
    day = Day(
        state.phase, state.visit, state.day, state.plan_day, fallen_due, records, tuple(events),
        tuple(courses.doses), tuple(tried), taken, evening, tuple(now.lacking),
    )  # fmt: skip
    leave(now, taken)
    return now.state(), day


def _unanswered(records: Records) -> Mapping[str, Value]:
    """Results of tests that fell due on leaving: one result a measure and day, so not where there was one."""
    return {name: value for name, value in records.if_left.items() if name not in records.results}


def _reach_goals(now: Now) -> None:
    for place, asked in enumerate(now.program.goals):
        if asked is not None and not now.goals[place] and asked(now) is True:
            now.goals[place] = now.plan_day
