"""Whether a stay that has come round stands just where it stood before, so that it can go round for ever."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm
from typing import NamedTuple

from careplan.plan.courses import step_days
from careplan.plan.model import Assessment, Plan, ServiceLine, Stretch, Test
from careplan.plan.places import places_of
from careplan.plan.weeks import frequencies
from careplan.stay.day import due, live
from careplan.stay.program import Program
from careplan.stay.proof.behaviours import Repertoire
from careplan.stay.proof.explore import Visit, live_visit, records_of
from careplan.stay.scenario.runner import SEED
from careplan.stay.state import CourseState, State

MOST_ROUNDS = 40
"""Rounds that are lived in search of one that ends where an earlier one began."""

MOST_DAYS = 8000
"""Days that are lived in this search."""


def goes_round(visits: list[Visit], repertoire: Repertoire) -> bool:
    """Whether living the visits again and again leads back, in every respect, to where it once was.

    From there on the same days can come for ever, since the future of a stay hangs on its state alone.
    """
    program, state = visits[-1].program, visits[-1].end
    seen = {standing(program, state)}
    days = 0
    for _ in range(MOST_ROUNDS):
        for visit in visits:
            lived = live_visit(program, state, visit.behaviour, None, visit.weekday, repertoire)
            if lived.exit is not visit.exit or lived.end.outcome is not None:
                return False
            state, days = lived.end, days + len(lived.days)
        now = standing(program, state)
        if now in seen:
            return True
        seen.add(now)
        if days > MOST_DAYS:
            return False
    return False


def stays(visit: Visit, repertoire: Repertoire) -> bool:
    """Whether living a visit on in the same way comes back to where it once stood: then it never ends."""
    behaviour, program, state = visit.behaviour, visit.program, visit.start
    if behaviour.lot or behaviour.attends not in (0.0, 1.0):
        return False  # what it does on a day hangs on how often it has done so before
    giver = records_of(program, state.phase, behaviour, repertoire)
    seen: set[object] = set()
    for number in range(1, MOST_DAYS):
        fallen_due = due(program, state, SEED)
        records = giver(fallen_due, number)
        state, day = live(program, state, records, SEED, fallen_due=fallen_due)
        if day.taken is not None and day.taken.direction != "extend":
            return False
        if number > behaviour.changes + len(visit.days) // 2:
            now = standing(program, state)
            if now in seen:
                return True
            seen.add(now)
    return False


def standing(program: Program, state: State) -> tuple[object, ...]:
    """All that the future of a stay can hang on, with days counted back from today and capped.

    Two stays that stand the same go on the same, with the same results on the same days.
    """
    most = horizon(program.plan)
    yesterday = state.plan_day - 1
    tallies = tuple(
        tally.relative(value, yesterday) for tally, value in zip(program.tallies, state.tallies, strict=True)
    )
    courses = tuple(_course(course, yesterday, most.course) for course in state.courses)
    # What is kept of a phase matters on a return that resumes; of the others, only that they were visited.
    resumes = {p.name for p in program.plan.phases if any(r.way == "resume" for r in p.returns)}
    left = frozenset(
        (kept.phase, kept._replace(visits=1) if kept.phase in resumes else None) for kept in state.left
    )
    return (
        state.phase, _clock(program.plan, state.day, most.clock), state.weekday, state.entered,
        state.maximum, state.extended, tallies, courses,
        state.triggers, left, state.came_from, min(state.plan_day, most.stay), min(state.visit, 2),
    )  # fmt: skip


def _clock(plan: Plan, day: int, most: int) -> int:
    """The clock's day; past all that is named, what matters is where it lies in the rounds of the plan."""
    round_ = 7
    for phase in plan.phases:
        round_ = lcm(round_, phase.review_days or 1)
        lines: list[ServiceLine | Assessment] = [*phase.services, *phase.assessments]
        for line in lines:
            round_ = lcm(round_, *(often.period_days or 1 for often in frequencies(line)))
    first = -(-most // 7) * 7
    return day if day <= first else first + (day - first) % round_


def _course(course: CourseState, today: int, most: int) -> tuple[object, ...]:
    def ago(day: int) -> int:
        return min(today - day, most) if day else -1

    due = tuple(max(min(day - today, most), -most) for day in course.due)
    counts = tuple(min(given, most) for given in course.doses)
    return (
        ago(course.since), ago(course.first), course.group, ago(course.group_since), counts, due,
        ago(course.last), course.ended, ago(course.failed), course.started_here, course.held,
    )  # fmt: skip


class Horizon(NamedTuple):
    """More days than anything of the plan reaches: its clocks and lists, its courses, the stay itself."""

    clock: int
    course: int
    stay: int


def horizon(plan: Plan) -> Horizon:
    """How far back the days of a stay can matter."""
    clock, course, stay = [7], [7], [0]
    for place in places_of(plan):
        for test in place.tests:
            if test.subject == "medication":
                course.append(test.for_days or 0)
            elif test.subject in ("days", "weeks"):
                (stay if test.since_admission else clock).extend(_numbers(test))
    for phase in plan.phases:
        clock += [phase.longest or 0, phase.lasts.low if phase.lasts else 0]
        for line in (*phase.services, *phase.assessments):
            clock += [7 * n for n in _ends(line.weeks)] + list(_ends(line.days))
            clock += [line.for_days or 0, line.within_days or 0]
            stay += [7 * n for n in _ends(line.plan_weeks)]
    for medication in plan.medications:
        course += [step_days(step) or 0 for step in medication.steps]
        course += [s.frequency.period_days or 0 for s in medication.steps if s.frequency is not None]
        course += [medication.spacing.high or 0 if medication.spacing else 0]
        course += [medication.start.within_days or 0 if medication.start else 0]
    # `taking … for` asks whether the course has run since admission.
    return Horizon(max(clock) + 8, max(course) + 8, max(max(stay), max(course)) + 8)


def _numbers(test: Test) -> list[int]:
    numbers = [n for n in (test.value, test.high) if isinstance(n, int | float)]
    return [int(n + 1) * (7 if test.subject == "weeks" else 1) for n in numbers]


def _ends(stretches: Iterable[Stretch]) -> Iterable[int]:
    return (stretch.last for stretch in stretches)
