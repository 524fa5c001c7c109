"""Stays lived through the core, visit by visit, for every behaviour that matters: the paths that are known.

What is found here is real: each visit was lived day by day. What is not found need not be impossible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from careplan.plan.facts import FactValue, assignments
from careplan.plan.model import Condition, Exit, Plan
from careplan.plan.places import places_of
from careplan.stay.day import Day, admit, live
from careplan.stay.day import due as due_today
from careplan.stay.program import Program
from careplan.stay.proof.behaviours import Behaviour, Repertoire
from careplan.stay.records import Due, Records, Status, Value
from careplan.stay.state import CourseState, State

OPEN_VISIT = 7 * 60
"""Days that a visit without a maximum is followed."""


class Visit(NamedTuple):
    """A visit that was lived: `before` is the one it came from, `program` holds the facts of the stay.

    `start` is the stay on the morning of its first day; `days` runs to the day on which the phase was left
    (`exit`), or as far as it was followed (None).
    """

    before: Visit | None
    program: Program
    weekday: int
    start: State
    behaviour: Behaviour
    days: tuple[Day, ...]
    exit: Exit | None
    end: State

    @property
    def phase(self) -> str:
        """The phase."""
        return self.days[0].phase

    @property
    def number(self) -> int:
        """The how manieth visit to it."""
        return self.days[0].visit

    @property
    def path(self) -> list[Visit]:
        """The visits of the stay so far, in order."""
        found: list[Visit] = []
        at: Visit | None = self
        while at is not None:
            found.append(at)
            at = at.before
        return found[::-1]


class Bound(NamedTuple):
    """How far paths are followed: visits lived in all, and visits to one phase on a path."""

    visits: int = 400
    rounds: int = 2


USUAL = Bound()


class Exploration:
    """The visits that were lived, in the order of the days on which they ended."""

    def __init__(self, plan: Plan, also: Iterable[Condition] = (), bound: Bound = USUAL, weekday: int = 0):
        self.plan = plan
        self.also = tuple(also)
        self.bound = bound
        self.weekday = weekday
        self.repertoire = Repertoire(plan, self.also)
        self.programs = [Program(plan, facts, self.also) for facts in worlds(plan, self.also)]
        self.visits: list[Visit] = []
        self.complete = True
        self._behaviours = {p.name: self.repertoire.of(p) for p in plan.phases}
        self._run()

    def _run(self) -> None:
        waiting: list[tuple[int, int, State, Visit | None, Program]] = []
        number = 0
        for program in self.programs:
            try:
                first = admit(program, self.weekday)
            except ValueError:
                continue  # nobody with these facts comes in
            heappush(waiting, (0, number := number + 1, first, None, program))
        seen: set[object] = set()
        while waiting:
            _, _, state, before, program = heappop(waiting)
            key = (id(program), signature(program, state))
            if key in seen:
                continue
            seen.add(key)
            for visit in self._visits(program, state, before):
                self.visits.append(visit)
                if (
                    visit.end.outcome is None
                    and visit.exit is not None
                    and visit.end.visit <= self.bound.rounds
                ):
                    heappush(waiting, (visit.end.plan_day, number := number + 1, visit.end, visit, program))
            if len(self.visits) >= self.bound.visits:
                self.complete = False
                return

    def _visits(self, program: Program, state: State, before: Visit | None) -> Iterator[Visit]:
        endings: set[tuple[object, ...]] = set()
        for behaviour in self._behaviours[state.phase]:
            visit = live_visit(program, state, behaviour, before, self.weekday, self.repertoire)
            how = (id(visit.exit), visit.end.plan_day, signature(program, visit.end), len(visit.days))
            if how not in endings:
                endings.add(how)
                yield visit


def worlds(plan: Plan, also: Iterable[Condition] = ()) -> list[dict[str, FactValue]]:
    """The sets of facts that can lead to other paths, or that claims tell apart, among those admitted.

    Facts that only choose between sessions (`if track is evening`) take any value.
    """
    deciding = [p.condition for p in places_of(plan) if p.role not in ("if", "admit", "reach")]
    every = [p.condition for p in places_of(plan)]
    found = []
    for facts in assignments(plan, [*deciding, *also]):
        found.append(assignments(plan, every, facts)[0])
    return found


def live_visit(
    program: Program, state: State, behaviour: Behaviour, before: Visit | None, weekday: int,
    repertoire: Repertoire,
) -> Visit:  # fmt: skip
    """One visit, lived with one behaviour."""
    phase = program.phases[state.phase]
    said = {name: (first, later) for name, first, later in behaviour.results}
    unasked = [n for n in said if n not in repertoire.asked_on_days(phase.phase)]
    had: Counter[str] = Counter()
    days: list[Day] = []
    start, first_day, visit_number = state, state.plan_day, state.visit
    most = (phase.high if phase.high is not None else OPEN_VISIT) + sum(
        (e.exit.extend_days or 0) * (e.exit.extend_times or 0) for e in phase.at_end
    )
    while True:
        fallen_due = due_today(program, state)
        records = _records(fallen_due, behaviour, said, unasked, had, state.plan_day == first_day)
        state, day = live(program, state, records, fallen_due=fallen_due)
        days.append(day)
        left = day.taken is not None and day.taken.direction != "extend"
        if left or len(days) > most or (state.phase, state.visit) != (day.phase, visit_number):
            return Visit(
                before, program, weekday, start, behaviour, tuple(days), day.taken if left else None, state
            )


def _records(
    due: Due, behaviour: Behaviour, said: dict[str, tuple[Value | None, Value | None]],
    unasked: list[str], had: Counter[str], entry: bool,
) -> Records:  # fmt: skip
    """What such a person gives on a day; `had` counts the tests that each measure has had in the visit."""
    results: dict[str, Value] = {}
    for name in (*(t.measure for t in due.tests), *unasked):
        value = said.get(name, (None, None))[1 if had[name] else 0]
        had[name] += 1
        if value is not None:
            results[name] = value
    if_left = {
        t.measure: value
        for t in due.if_left
        if (value := said.get(t.measure, (None, None))[1 if had[t.measure] else 0]) is not None
    }
    events = frozenset(behaviour.events) if entry else frozenset()
    return Records(_attendance(due, behaviour.attends, had), results, events, if_left=if_left)


def _attendance(due: Due, share: float, had: Counter[str]) -> tuple[Status, ...]:
    """Which of the day's sessions are attended, the missed ones spread evenly over the visit."""
    if share == 1.0:
        return ()
    found: list[Status] = []
    for session in due.sessions:
        if not session.owed:
            found.append("missed")  # which says nothing
            continue
        before = had["sessions due"]
        had["sessions due"] += 1
        found.append("attended" if int((before + 1) * share) > int(before * share) else "missed")
    return tuple(found)


def signature(program: Program, state: State) -> tuple[object, ...]:
    """What of a state can still matter, coarsely: phase, courses by their line, what the stay remembers."""
    if state.outcome is not None:
        return (state.outcome,)
    tallies = tuple(
        tally.answer(value, state.plan_day - 1) if tally.whole_stay else None
        for tally, value in zip(program.tallies, state.tallies, strict=True)
    )
    courses = tuple(_course(course) for course in state.courses)
    return (state.phase, min(state.visit, 2), tallies, courses)


def _course(course: CourseState) -> tuple[object, ...]:
    return (bool(course.since), course.group, course.ended, bool(course.failed), course.started_here)
