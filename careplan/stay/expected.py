"""The way that a stay is expected to go: everybody attends, and each phase is left by its usual exit.

Nobody has been measured yet when sessions are booked. So conditions on results decide nothing here: courses
start on the first day on which they may, sessions that hang on a score are listed with their condition, and
the lengths of the visits are given or taken from the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from careplan.plan.facts import Facts
from careplan.plan.model import Exit, Plan
from careplan.plan.paths import usual_exit
from careplan.plan.places import places_of
from careplan.plan.starts import days_at_exit
from careplan.stay.day import Day, admit, live
from careplan.stay.moment import Now
from careplan.stay.program import Program

Length = Literal["shortest", "longest"]
MOST_DAYS = 7 * 52 * 20
"""An expected stay is cut after twenty years of weeks: a phase without an end would have none."""
OPEN_DAYS = 7 * 52
"""How long a visit is followed that nothing ends."""


def expected_program(plan: Plan, facts: Facts | None = None) -> Program:
    """The plan made ready for people of whom nothing but the facts is known."""
    return Program(plan, facts, unmeasured=True)


def expected_days(
    program: Program, weekday: int, length: Length = "shortest", stays: Mapping[str, int] | None = None
) -> Iterator[Day]:
    """The days of the expected stay of somebody admitted on `weekday` (0 is Monday).

    Each visit lasts to the first day on which its usual exit may be taken, or with `longest` to the maximum;
    `stays` gives the days of single phases instead. A phase that comes again ends the way.
    """
    pilot = _Pilot(program, length, stays or {})
    state = admit(program, weekday)
    while state.outcome is None and state.plan_day <= MOST_DAYS:
        state, day = live(program, state, pilot=pilot.way_out)
        yield day
        if pilot.stops or (day.taken is not None and state.visit > 1):
            return


class _Pilot:
    """Says on each evening whether the phase is left, and by which exit."""

    def __init__(self, program: Program, length: Length, stays: Mapping[str, int]):
        self.program, self.length, self.stays = program, length, stays
        self.stops = False

    def way_out(self, now: Now) -> Exit | None:
        """The usual exit, on the day on which it is expected."""
        ready = self.program.phases[now.phase]
        exit_ = usual_exit(self.program.plan, ready.phase, self.program.facts)
        until = ready.until is not None and now.phase not in self.stays and ready.until(now) is True
        if not until and now.day < self.days(now.phase, exit_):
            return None
        self.stops = exit_ is None
        return exit_

    def days(self, phase: str, exit_: Exit | None) -> int:
        """How long a visit to the phase is expected to last."""
        if phase in self.stays:
            return self.stays[phase]
        found = self.program.phases[phase].phase
        most = found.lasts.high if found.lasts else None
        least = max(found.lasts.low, 1) if found.lasts else 1
        if exit_ is not None:
            least = days_at_exit(self.program.plan, found, exit_)[0]
        if found.review_days and exit_ is not None and not any(exit_ is e for e in found.at_end):
            least = -(-least // found.review_days) * found.review_days
        if self.length == "longest":
            return most if most is not None else max(least, OPEN_DAYS)
        return least if most is None else min(least, most)


def deciding_facts(plan: Plan) -> tuple[str, ...]:
    """The facts that decide which phases, sessions and courses a person gets, in the plan's order."""
    deciding = [p for p in places_of(plan) if p.role in ("if", "door", "start", "exit", "at end")]
    asked = {test.name for place in deciding for test in place.tests if test.subject == "fact"}
    return tuple(fact.name for fact in plan.facts if fact.name in asked)
