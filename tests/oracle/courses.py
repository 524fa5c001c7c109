"""Courses of medication: what runs today, and the doses due."""

from __future__ import annotations

from dataclasses import dataclass, field

from careplan.plan.model import DoseStep, Exit, Medication, Plan
from oracle.conditions import View, holds
from oracle.history import Visit
from oracle.placing import in_week


@dataclass
class Dose:
    """A dose of a day: of which line (by place), and whether it was given."""

    plan_day: int
    step: int
    times: int
    given: bool


@dataclass
class Course:
    """All that has happened to one medication."""

    medication: Medication
    place: int
    running: bool = False
    since: int = 0
    began: list[tuple[int, int]] = field(default_factory=list)  # (plan day, group) since its clock's day 1
    doses: list[Dose] = field(default_factory=list)  # since the start of the running course
    line_from: int = 0  # doses before this day belong to an earlier time through the dose lines
    ended: tuple[Visit, str] | None = None
    failed: int = 0
    had_in: Visit | None = None  # the latest visit in which it ran
    lapsed: bool = False  # it ran, and its dose came too late

    @property
    def groups(self) -> list[list[int]]:
        """The places of the dose lines, those that run beside one another together."""
        found: list[list[int]] = []
        for place, step in enumerate(self.medication.steps):
            if step.step == "also" and found:
                found[-1].append(place)
            else:
                found.append([place])
        return found


DoseToday = tuple[str, float, float, str, int, bool]


class Courses:
    """The courses of a plan, in the order written."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.all = [Course(m, place) for place, m in enumerate(plan.medications)]
        self.only_fallbacks = {m.fallback for m in plan.medications if m.fallback}

    def running(self) -> dict[str, int]:
        """The courses that run, and since when."""
        return {c.medication.name: c.since for c in self.all if c.running}

    # ------------------------------------------------------------------------------- a day

    def live(self, view: View, weekday: int, missed: frozenset[str]) -> list[DoseToday]:
        """Step 3 of a day. `view.taking` is put right as courses are stepped."""
        found: list[DoseToday] = []
        for course in self.all:
            now = View(view.plan, view.facts, view.history, view.visit, view.plan_day, self.running())
            found += self._live(course, now, weekday, course.medication.name in missed)
        return found

    def _live(self, course: Course, view: View, weekday: int, missed: bool) -> list[DoseToday]:
        medication = course.medication
        stops = medication.stop_when is not None and holds(medication.stop_when, view) is True
        if course.running and stops:
            self._end(course, view.visit)
        elif course.running and self._has_lapsed(course, view.plan_day):
            course.running, course.lapsed = False, True
            course.ended = course.had_in = None
        if not course.running and not stops and self._may_start(course, view):
            self._start(course, view)
        elif course.running and self._starts_over(course, view):
            course.began = [(view.plan_day, 0)]
            course.line_from = view.plan_day
        if not course.running:
            return []
        self._step_on(course, view, weekday)
        if not course.running:
            return []
        course.had_in = view.visit
        now = View(view.plan, view.facts, view.history, view.visit, view.plan_day, self.running())
        if any(holds(hold, now) is True for hold in medication.holds):
            return []
        return self._doses(course, view.plan_day, weekday, missed)

    def _end(self, course: Course, visit: Visit) -> None:
        course.running = False
        course.ended = (visit, "ended")

    def _has_lapsed(self, course: Course, today: int) -> bool:
        spacing = course.medication.spacing
        given = [d.plan_day for d in course.doses if d.given]
        return bool(spacing and spacing.high is not None and given and today - given[-1] > spacing.high)

    # ---------------------------------------------------------------------------- starting

    def _may_start(self, course: Course, view: View) -> bool:
        medication, visit = course.medication, view.visit
        start = medication.start
        if course.ended is not None and not self._entered_again(course, view):
            return False
        if start is not None and start.phases and visit.phase not in start.phases:
            return False
        since = visit.first - 1
        if medication.name in self.only_fallbacks:
            failed = self._failed_before(course)
            if not failed:
                return course.lapsed and (start is None or holds(start.when, view) is True)
            since = failed
        elif start is None:
            return False
        if start is None:
            return True
        if start.within_days is not None and view.plan_day > since + start.within_days:
            return False
        return holds(start.when, view) is True

    def _failed_before(self, course: Course) -> int:
        """The evening on which a course that this one stands in for failed to start; 0 if none did."""
        name = course.medication.name
        return max((c.failed for c in self.all if c.medication.fallback == name and not c.running), default=0)

    def _entered_again(self, course: Course, view: View) -> bool:
        """Whether a `start in` phase (or, without one, a phase that was known) was entered since it ended."""
        assert course.ended is not None
        start = course.medication.start
        phases = start.phases if start else ()
        later = [v for v in view.history.visits if v.first > course.ended[0].first]
        return any(v.phase in phases if phases else v.number > 1 for v in later)

    def _start(self, course: Course, view: View) -> None:
        course.running, course.since = True, view.plan_day
        course.ended, course.lapsed = None, False
        course.failed = 0
        course.began = [(view.plan_day, 0)]
        course.line_from = view.plan_day
        course.doses = []
        for other in self.all:
            if other.failed and other.medication.fallback == course.medication.name:
                other.failed = 0

    def _starts_over(self, course: Course, view: View) -> bool:
        medication, visit = course.medication, view.visit
        if medication.on_return != "restart" or view.plan_day != visit.first or visit.number == 1:
            return False
        phases = medication.start.phases if medication.start else ()
        return not phases or visit.phase in phases

    # ------------------------------------------------------------------------- dose lines

    def _step_on(self, course: Course, view: View, weekday: int) -> None:
        """To the dose lines that today belongs to, or to the end."""
        if not course.medication.steps:
            return
        while True:
            since, group = course.began[-1]
            if not self._is_over(course, course.groups[group][0], since, view.plan_day, weekday):
                return
            if group + 1 == len(course.groups):
                self._end(course, view.visit)
                return
            course.began.append((view.plan_day, group + 1))

    def _given(self, course: Course, place: int, since: int) -> list[int]:
        since = max(since, course.line_from)
        return [
            d.plan_day
            for d in course.doses
            if d.given and d.step == place and d.plan_day >= since
            for _ in range(d.times)
        ]

    def _is_over(self, course: Course, place: int, since: int, today: int, weekday: int) -> bool:
        step = course.medication.steps[place]
        if step.run_days is not None:
            return today >= since + step.run_days
        if step.run_times is not None:
            given = len(self._given(course, place, since))
            return given >= step.run_times and self._times(course, place, since, today, weekday) > 0
        last = course.groups[-1][0] == place
        if step.ramp is not None and not (last and step.ramp.end > step.ramp.start):
            return today >= since + len(_levels(step)) * step.ramp.every_days
        if step.frequency is not None and step.frequency.kind == "once":
            return bool(self._given(course, place, since)) and today > since
        return False

    def _times(self, course: Course, place: int, since: int, today: int, weekday: int) -> int:
        """How many times the line's dose is due today."""
        step = course.medication.steps[place]
        how = step.frequency
        if step.ramp is not None:
            return 1
        if how is None:
            return int(weekday in step.weekdays)
        given = self._given(course, place, since)
        if how.kind == "once":
            return int(not given)
        if how.kind == "every":
            return int(not given or today >= given[-1] + (how.period_days or 1))
        if how.kind == "per" and how.period_days == 1:
            return how.low
        if how.kind == "per" and how.period_days == 7:
            return in_week(how.low, (), weekday)
        return 0

    def _doses(self, course: Course, today: int, weekday: int, missed: bool) -> list[DoseToday]:
        since, group = course.began[-1]
        found: list[DoseToday] = []
        if not course.medication.steps:
            return found
        for place in course.groups[group]:
            step = course.medication.steps[place]
            if place != course.groups[group][0] and self._is_over(course, place, since, today, weekday):
                continue
            times = self._times(course, place, since, today, weekday)
            if times:
                low, high = _amount(step, today - since)
                found.append((course.medication.name, low, high, step.unit, times, not missed))
                course.doses.append(Dose(today, place, times, not missed))
        return found

    # ----------------------------------------------------------------------------- evening

    def evening(self, view: View, taken: Exit | None) -> None:
        """What the evening does to courses: starts that failed, and courses that end with their phase."""
        leaves = taken is not None and taken.direction != "extend"
        for course in self.all:
            if not course.running:
                self._fail(course, view, leaves)
        if not leaves:
            return
        assert taken is not None
        for course in self.all:
            if course.running and self._stops(course.medication, view.visit.phase, taken):
                self._end(course, view.visit)

    def _fail(self, course: Course, view: View, leaves: bool) -> None:
        """A start fails when its days have run out, or its phase is left."""
        start, visit = course.medication.start, view.visit
        if start is None or course.had_in is visit:
            return
        if course.ended is not None and not self._entered_again(course, view):
            return  # it is not to be tried
        here = not start.phases or visit.phase in start.phases
        days = view.plan_day - visit.first + 1
        if course.medication.name in self.only_fallbacks:
            failed = self._failed_before(course)
            if not 0 < failed < view.plan_day:
                return
            days = view.plan_day - failed
        elif not here:
            return
        within = start.within_days
        if days == within or (here and leaves and (within is None or days < within)):
            course.failed = view.plan_day

    def _stops(self, medication: Medication, phase: str, taken: Exit) -> bool:
        if taken.direction == "discharge":
            return any(d.outcome == taken.target and d.action == "stop" for d in medication.discharges)
        if phase in medication.stop_at_end_of:
            return True
        return phase in medication.continue_through and taken.direction != "step up"


def _levels(step: DoseStep) -> list[float]:
    ramp = step.ramp
    assert ramp is not None
    amounts = [ramp.start]
    sign = 1 if ramp.end > ramp.start else -1
    while amounts[-1] != ramp.end:
        following = amounts[-1] + sign * ramp.by
        amounts.append(ramp.end if (ramp.end - following) * sign < 0 else following)
    return amounts


def _amount(step: DoseStep, days_into: int) -> tuple[float, float]:
    if step.ramp is None:
        return step.low, step.high
    levels = _levels(step)
    amount = levels[min(days_into // step.ramp.every_days, len(levels) - 1)]
    return amount, amount
