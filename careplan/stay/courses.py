"""Courses of medication, one day at a time: they start, step on, are held, lapse or stop, and give doses.

A course runs on its own clock, across phases; its day 1 is the day of the first dose.
"""

from __future__ import annotations

from typing import NamedTuple

from careplan.plan.courses import goes_on, step_days
from careplan.plan.model import DoseStep, Exit, Phase
from careplan.plan.recurrence import in_block, placed
from careplan.stay.moment import Now
from careplan.stay.program import ReadyCourse
from careplan.stay.records import DoseDue
from careplan.stay.state import CourseState

OFF = CourseState()


class CourseEvent(NamedTuple):
    """What became of a course on a day.

    `kind`: started, step, restarted, held, lapsed, stopped, finished, failed or handed over.
    """

    medication: str
    kind: str
    group: int = 0


class CourseDay(NamedTuple):
    """The day of all courses: what became of them, and the doses due."""

    events: list[CourseEvent]
    doses: list[DoseDue]


def live_courses(now: Now, doses_missed: frozenset[str]) -> CourseDay:
    """Step 3 of a day: courses start, step on or stop, in the plan's order; then their doses fall due."""
    found = CourseDay([], [])
    for ready in now.program.courses:
        course = now.courses[ready.place]
        if course.since:
            course = _run_on(now, ready, course, found)
        if not course.since and _may_start(now, ready, course) and _holds(now, ready):
            course = _begin(now, ready)
            _keep(now, ready, course)
            found.events.append(CourseEvent(ready.medication.name, "started"))
        if course.since:
            course = _give(now, ready, course, doses_missed, found)
        _keep(now, ready, course)
    return found


def _keep(now: Now, ready: ReadyCourse, course: CourseState) -> None:
    now.courses[ready.place] = course
    name = ready.medication.name
    if course.since:
        now.since[name] = course.since
    else:
        now.since.pop(name, None)


# ---------------------------------------------------------------------------------------------- starting


def _may_start(now: Now, ready: ReadyCourse, course: CourseState) -> bool:
    """Whether the course is one to be tried today."""
    start = ready.medication.start
    if course.started_here and course.ended != "lapsed":
        return False
    if ready.stands_in_for:
        failed = _failed_on(now, ready)
        if start is not None and start.phases and now.phase not in start.phases:
            return False
        if not failed:
            return course.ended == "lapsed"
        return start is None or start.within_days is None or now.plan_day - failed <= start.within_days
    if start is None or (start.phases and now.phase not in start.phases):
        return False
    return start.within_days is None or now.day - now.entered + 1 <= start.within_days


def _failed_on(now: Now, ready: ReadyCourse) -> int:
    """The evening on which a course that this one stands in for failed to start, 0 if none did."""
    names = ready.stands_in_for
    others = [now.courses[r.place] for r in now.program.courses if r.medication.name in names]
    return max((other.failed for other in others if not other.since), default=0)


def _holds(now: Now, ready: ReadyCourse) -> bool:
    """Whether it can start today: not while it would be stopped at once."""
    if ready.stop_when is not None and ready.stop_when(now) is True:
        return False
    return ready.when is None or ready.when(now) is True


def _begin(now: Now, ready: ReadyCourse) -> CourseState:
    for other in now.program.courses:  # a failed start is answered once
        if other.medication.name in ready.stands_in_for:
            now.courses[other.place] = now.courses[other.place]._replace(failed=0)
    return _enter_group(CourseState(now.plan_day, now.plan_day, started_here=True), ready, 0, now.plan_day)


def _enter_group(course: CourseState, ready: ReadyCourse, group: int, today: int) -> CourseState:
    lines = len(ready.groups[group]) if ready.groups else 0
    return course._replace(group=group, group_since=today, doses=(0,) * lines, due=(today,) * lines)


# ---------------------------------------------------------------------------------------------- running


def _run_on(now: Now, ready: ReadyCourse, course: CourseState, found: CourseDay) -> CourseState:
    """A running course before today's dose: it may stop, lapse or come to its next line."""
    name, spacing = ready.medication.name, ready.medication.spacing
    if ready.stop_when is not None and ready.stop_when(now) is True:
        found.events.append(CourseEvent(name, "stopped"))
        return OFF._replace(ended="stopped", started_here=True)
    latest = spacing.high if spacing is not None and course.last else None
    if latest is not None and now.plan_day - course.last > latest:
        found.events.append(CourseEvent(name, "lapsed"))
        return OFF._replace(ended="lapsed")
    while ready.groups and _is_over(ready, course, now.plan_day):
        if course.group + 1 >= len(ready.groups):
            found.events.append(CourseEvent(name, "finished"))
            return OFF._replace(ended="finished", started_here=True)
        course = _enter_group(course, ready, course.group + 1, now.plan_day)
        found.events.append(CourseEvent(name, "step", course.group))
    return course


def _main(ready: ReadyCourse, course: CourseState) -> DoseStep:
    return ready.medication.steps[ready.groups[course.group][0]]


def _is_over(ready: ReadyCourse, course: CourseState, today: int) -> bool:
    """Whether the dose line has run for its days, or its doses are given and the next would be due."""
    step = _main(ready, course)
    if step.ramp is not None and step.ramp.end > step.ramp.start and course.group + 1 == len(ready.groups):
        return False  # the dose has come up to where it is to stay
    if step.run_times is not None:
        return course.doses[0] >= step.run_times and today >= course.due[0]
    if _is_one_dose(step):
        return course.doses[0] > 0 and today >= course.due[0]
    days = step_days(step)
    return days is not None and today - course.group_since >= days


def _is_one_dose(step: DoseStep) -> bool:
    """`4 mg once`: it stays due until it is given, and is over with the day on which it was."""
    return step.frequency is not None and step.frequency.kind == "once" and step.run_days is None


def _give(
    now: Now, ready: ReadyCourse, course: CourseState, missed: frozenset[str], found: CourseDay
) -> CourseState:
    """Today's doses of a running course, unless they are held or were missed."""
    held = bool(ready.holds) and any(asked(now) is True for asked in ready.holds)
    if held and not course.held:
        found.events.append(CourseEvent(ready.medication.name, "held"))
    if held != course.held:
        course = course._replace(held=held)
    if held or not ready.groups:
        return course
    given = ready.medication.name not in missed
    counts, due = list(course.doses), list(course.due)
    last = course.last
    for place, number in enumerate(ready.groups[course.group]):
        step = ready.medication.steps[number]
        times = _times_today(now, step, counts[place], due[place], course)
        if not times:
            continue
        if given:
            counts[place] += times
            due[place] = now.plan_day + _days_to_next(now, step)
            last = now.plan_day
        low, high = _amount(step, now.plan_day - course.group_since)
        found.doses.append(
            DoseDue(
                ready.medication.name, number, low, high, step.unit, times, given,
                counts[place], now.plan_day - course.first + 1,
            )
        )  # fmt: skip
    if last == course.last:  # no dose was given
        return course
    # Written out, as `_replace` takes several times as long, and this is done on most days.
    return CourseState(
        course.since, course.first, course.group, course.group_since, tuple(counts), tuple(due), last,
        course.ended, course.failed, course.started_here, course.held,
    )  # fmt: skip


def _days_to_next(now: Now, step: DoseStep) -> int:
    """Days from today's dose to the next one of its line, as planned."""
    often = step.frequency
    if often is not None and often.kind == "every":
        return often.period_days or 1
    weekdays = step.weekdays
    if often is not None and often.period_days == 7:
        pattern = placed(often.low, ())
        weekdays = tuple(day for day in range(7) if pattern[day])
    return min(((day - now.weekday - 1) % 7 + 1 for day in weekdays), default=1)


def _times_today(now: Now, step: DoseStep, had: int, due: int, course: CourseState) -> int:
    """How many doses of the line fall due today."""
    days = now.plan_day - course.group_since
    if step.run_times is not None and had >= step.run_times:
        return 0
    if step.step == "also" and step.run_days is not None and days >= step.run_days:
        return 0
    if step.ramp is not None:  # its dose is daily; `every 3 days` is when it changes
        return 1
    if step.weekdays:
        return int(now.weekday in step.weekdays)
    often = step.frequency
    if often is None or often.kind == "as-needed":
        return 0
    if often.kind == "once":
        return int(had == 0)
    if often.kind == "every":
        return int(now.plan_day >= due)
    period = often.period_days or 1
    if period == 1:
        return often.low
    if period == 7:
        return placed(often.low, ())[now.weekday]
    return in_block(often, often.low, period, days)


def _amount(step: DoseStep, days: int) -> tuple[float, float]:
    """The dose so many days into the line; a ramp's by its stage."""
    if step.ramp is None:
        return step.low, step.high
    ramp = step.ramp
    change = ramp.by * (days // ramp.every_days)
    if ramp.end >= ramp.start:
        value = min(ramp.start + change, ramp.end)
    else:
        value = max(ramp.start - change, ramp.end)
    return value, value


# -------------------------------------------------------------------------- the evening, and a new visit


def evening_of_courses(now: Now, leaving: Exit | None) -> list[CourseEvent]:
    """Step 4 and after: which starts have failed, and which courses end with the visit."""
    events: list[CourseEvent] = []
    phase = now.program.phases[now.phase].phase
    for ready in now.program.courses:
        course = now.courses[ready.place]
        if course.since:
            course = _leave(ready, course, phase, leaving, events)
        elif _fails_tonight(now, ready, course, leaving):
            course = course._replace(failed=now.plan_day)
            events.append(CourseEvent(ready.medication.name, "failed"))
        _keep(now, ready, course)
    return events


def _fails_tonight(now: Now, ready: ReadyCourse, course: CourseState, leaving: Exit | None) -> bool:
    """Whether the days for a start have run out, or the phase is left in which it was tried."""
    start = ready.medication.start
    if start is None or course.started_here:
        return False
    here = not start.phases or now.phase in start.phases
    days = now.day - now.entered + 1
    if ready.stands_in_for:  # its days run from the failure that it answers, in whatever phase
        failed = _failed_on(now, ready)
        if not 0 < failed < now.plan_day:
            return False
        days = now.plan_day - failed
    elif not here:
        return False
    if start.within_days is not None and days >= start.within_days:
        return days == start.within_days
    return here and leaving is not None and leaving.direction != "extend"


def _leave(
    ready: ReadyCourse, course: CourseState, phase: Phase, leaving: Exit | None, events: list[CourseEvent]
) -> CourseState:
    if leaving is None or leaving.direction == "extend":
        return course
    name = ready.medication.name
    if leaving.direction == "discharge":
        stops = any(d.outcome == leaving.target and d.action == "stop" for d in ready.medication.discharges)
        if not stops:
            events.append(CourseEvent(name, "handed over"))
            return course
    elif goes_on(ready.medication, phase, leaving):
        return course
    events.append(CourseEvent(name, "stopped"))
    return OFF._replace(ended="stopped", started_here=True)


def courses_on_entry(now: Now, returning: bool) -> list[CourseEvent]:
    """What a new visit means for the courses: ended ones may start anew, `on return restart` begins again."""
    events: list[CourseEvent] = []
    for ready in now.program.courses:
        course = now.courses[ready.place]
        medication = ready.medication
        phases = medication.start.phases if medication.start else ()
        here = now.phase in phases if phases else returning
        if course.since and returning and here and medication.on_return == "restart":
            course = _enter_group(course._replace(first=now.plan_day), ready, 0, now.plan_day)
            events.append(CourseEvent(medication.name, "restarted"))
        again = False if here else course.started_here
        course = course._replace(started_here=bool(course.since) or again)
        _keep(now, ready, course)
    return events
