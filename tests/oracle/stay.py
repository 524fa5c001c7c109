"""A stay, lived day by day, with the whole of its history at hand."""

from __future__ import annotations

from dataclasses import dataclass

from careplan.plan.model import Exit, Phase, Plan
from careplan.stay.records import Records, Value
from oracle.conditions import View, holds
from oracle.courses import Courses, DoseToday
from oracle.due import Morning, due_sessions, due_tests
from oracle.history import Day, History, Session, Visit
from oracle.placing import week_of


@dataclass
class Lived:
    """What a day was, to be compared."""

    phase: str
    visit: int
    day: int
    plan_day: int
    sessions: list[Session]
    tests: list[tuple[str, int]]
    if_left: list[tuple[str, int]]
    doses: list[DoseToday]
    taking: set[str]
    taken: Exit | None
    running: set[str]  # overnight, after the move
    outcome: str | None


class SlowStay:
    """One stay. `weekday` is that of admission, 0 Monday."""

    def __init__(self, plan: Plan, facts: dict[str, Value], weekday: int = 0) -> None:
        self.plan, self.facts, self.weekday = plan, facts, weekday
        self.history = History()
        self.courses = Courses(plan)
        self.outcome: str | None = None
        self.goals = [0] * len(plan.goals)
        self.visit = self._enter(self._door(), None, 1)

    @property
    def plan_day(self) -> int:
        """The day about to be lived."""
        return len(self.history.days) + 1

    def _door(self) -> str:
        nobody = View(self.plan, self.facts, self.history, Visit("", 1, 1, 1, None, None, None), 0, {})
        return next(door.phase for door in self.plan.starts if holds(door.condition, nobody) is True)

    def _enter(self, name: str, came_from: str | None, plan_day: int) -> Visit:
        phase = self.plan.phase(name)
        before = [v for v in self.history.visits if v.phase == name]
        visit = Visit(name, len(before) + 1, plan_day, 1, None, _maximum(phase), came_from)
        if before and _way_back(phase, came_from) == "resume":
            earlier = before[-1]
            left = max(d.visit.clock(d.plan_day) for d in self.history.of_visit(earlier, plan_day))
            visit.start = 7 * week_of(left) + 1
            visit.resumed = earlier
            visit.extended = dict(earlier.extended)
            visit.maximum = earlier.maximum
            if visit.maximum is not None:
                visit.maximum = max(visit.maximum, visit.start)
        visit.taking_at_entry = self.courses.running()
        self.history.visits.append(visit)
        return visit

    # --------------------------------------------------------------------------------- a day

    def morning(self, random: set[tuple[str, int]]) -> Morning:
        weekday = (self.weekday + self.plan_day - 1) % 7
        return Morning(self.plan, self.facts, self.history, self.visit, self.plan_day, weekday, random)

    def live(self, records: Records, random: set[tuple[str, int]]) -> Lived:
        """One day. `random`: the tests (measure, line) that were drawn for it."""
        morning = self.morning(random)
        sessions = due_sessions(morning)
        tests, if_left, at_end = due_tests(morning)
        day = Day(morning.plan_day, morning.weekday, self.visit, sessions, tests, if_left)
        day.at_end = at_end
        _record(day, records)
        self.history.days.append(day)
        doses = self.courses.live(self._view({}), day.weekday, records.doses_missed)
        day.taking = self.courses.running()
        view = self._view(day.taking)
        self._reach_goals(view)
        taken = self._way_out(view)
        lived = Lived(self.visit.phase, self.visit.number, view.clock, day.plan_day, sessions, tests, if_left,
                      doses, set(day.taking), taken, set(), None)  # fmt: skip
        self.courses.evening(view, taken)
        if taken is not None:
            self._move(taken, day, records)
        lived.running, lived.outcome = set(self.courses.running()), self.outcome
        return lived

    def _view(self, taking: dict[str, int]) -> View:
        return View(self.plan, self.facts, self.history, self.visit, len(self.history.days), taking)

    def _reach_goals(self, view: View) -> None:
        for place, goal in enumerate(self.plan.goals):
            if not self.goals[place] and goal.reach is not None and holds(goal.reach, view) is True:
                self.goals[place] = view.plan_day

    def _move(self, taken: Exit, day: Day, records: Records) -> None:
        visit = self.visit
        if taken.direction == "extend":
            place = self.plan.phase(visit.phase).at_end.index(taken)
            visit.extended[place] = visit.extended.get(place, 0) + 1
            visit.maximum = max(visit.maximum or 0, visit.clock(day.plan_day)) + (taken.extend_days or 0)
            return
        names = {name for name, _ in day.if_left}
        day.left_results = {
            name: value for name, value in records.if_left.items() if name in names - day.results.keys()
        }
        if taken.direction == "discharge":
            self.outcome = taken.target
        else:
            self.visit = self._enter(taken.target or "", visit.phase, day.plan_day + 1)

    # ----------------------------------------------------------------------------- ways out

    def _way_out(self, view: View) -> Exit | None:
        """The first exit that is open today and holds."""
        phase = self.plan.phase(view.visit.phase)
        last = self._is_last(phase, view)
        for block in self.plan.anytime:
            if phase.name not in block.excepted:
                for exit_ in block.exits:
                    if exit_.target != phase.name and holds(exit_.when, view) is True:
                        return exit_
        for exit_ in phase.exits:
            if self._is_open(exit_, phase, view, last) and holds(exit_.when, view) is True:
                return exit_
        for place, exit_ in enumerate(phase.at_end if last else ()):
            used_up = exit_.direction == "extend" and view.visit.extended.get(place, 0) >= (
                exit_.extend_times or 0
            )
            if not used_up and holds(exit_.when, view) is True:
                return exit_
        return None

    def _is_last(self, phase: Phase, view: View) -> bool:
        until = phase.lasts.until if phase.lasts else None
        return view.clock == view.visit.maximum or (until is not None and holds(until, view) is True)

    def _is_open(self, exit_: Exit, phase: Phase, view: View, last: bool) -> bool:
        if exit_.direction == "step up":
            return True
        if exit_.direction == "discharge" and self.plan.outcome(exit_.target or "").planned is False:
            return True
        least = phase.lasts.low if phase.lasts else 0
        reviewed = phase.review_days is None or view.clock % phase.review_days == 0 or last
        return view.clock >= least and reviewed


def _maximum(phase: Phase) -> int | None:
    return phase.lasts.high if phase.lasts else None


def _way_back(phase: Phase, came_from: str | None) -> str:
    named = [r.way for r in phase.returns if came_from in r.after]
    general = [r.way for r in phase.returns if not r.after]
    return (*named, *general, "restart")[0]


def _record(day: Day, records: Records) -> None:
    for place, session in enumerate(day.sessions):
        if place < len(records.attendance):
            session.status = records.attendance[place]
        elif session.owed:
            session.status = "attended"
    day.results = dict(records.results)
    day.events = records.events
    day.made_up = [(made.service, made.missed_on) for made in records.made_up]
    day.extra = list(records.extra)
