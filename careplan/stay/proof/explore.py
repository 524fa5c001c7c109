"""Stays lived through the core, visit by visit, for every behaviour that matters: the paths that are known.

What is found here is real: each visit was lived day by day. What is not found need not be impossible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from math import ceil
from time import monotonic
from typing import NamedTuple

from careplan.plan.facts import FactValue, assignments, deciding_facts, holds
from careplan.plan.model import Condition, Exit, Plan
from careplan.plan.places import places_of
from careplan.stay.day import Day, admit, live
from careplan.stay.day import due as due_today
from careplan.stay.moment import Now
from careplan.stay.program import Program
from careplan.stay.proof.behaviours import Behaviour, Repertoire
from careplan.stay.records import Due, Records, Status, Value
from careplan.stay.scenario.runner import SEED
from careplan.stay.state import CourseState, State

VISITS_AN_EXIT = 10
"""Visits that are followed for each exit of a large plan."""

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
    """How far paths are followed.

    `visits` lived in all, and `rounds`: visits to one phase on a path; `thorough`: the ways of coming into a
    phase for which every behaviour is tried; once so many `days` were lived, this is done for the first way
    alone, and only the quickest way to each exit is followed. `until`: when to stop (by `time.monotonic`).
    """

    visits: int = 400
    rounds: int = 2
    thorough: int = 2
    days: int = 10_000
    until: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is no time left."""
        return self.until is not None and monotonic() > self.until


USUAL = Bound()


def usual_bound(plan: Plan, until: float | None = None) -> Bound:
    """More visits for a plan with more exits."""
    exits = sum(len(plan.exits_of(phase)) for phase in plan.phases)
    return Bound(visits=max(USUAL.visits, VISITS_AN_EXIT * exits), until=until)


class Exploration:
    """The visits that were lived, in the order of the days on which they ended."""

    def __init__(self, plan: Plan, also: Iterable[Condition] = (), bound: Bound = USUAL, weekday: int = 0):
        self.plan = plan
        self.also = tuple(also)
        self.bound = bound
        self.weekday = weekday
        self.repertoire = Repertoire(plan, self.also)
        self.programs = [Program(plan, facts, self.also) for facts in worlds(plan, self.also)]
        self.programs = [program for program in self.programs if comes_in(program)]
        self.visits: list[Visit] = []
        self.complete = True
        self._behaviours = {p.name: self.repertoire.of(p) for p in plan.phases}
        self._useful: dict[str, dict[tuple[int, int], Behaviour]] = {p.name: {} for p in plan.phases}
        self._entries: Counter[str] = Counter()
        self._days = 0
        self._run()

    def deciding(self, program: Program) -> dict[str, FactValue]:
        """Those of the program's facts that decide about paths, or that claims tell apart."""
        names = deciding_facts(self.plan, [*_deciding(self.plan), *self.also])
        return {name: program.facts[name] for name in names}

    def _run(self) -> None:
        waiting: list[tuple[int, int, State, Visit | None, Program]] = []
        number = 0
        for program in self.programs:
            heappush(waiting, (0, number := number + 1, admit(program, self.weekday), None, program))
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
            if len(self.visits) >= self.bound.visits or self.bound.is_over:
                self.complete = False
                return

    def _visits(self, program: Program, state: State, before: Visit | None) -> Iterator[Visit]:
        endings: set[tuple[object, ...]] = set()
        for behaviour in self._to_try(state.phase):
            if self.bound.is_over:
                return
            visit = live_visit(program, state, behaviour, before, self.weekday, self.repertoire)
            self._days += len(visit.days)
            how = (id(visit.exit), visit.end.plan_day, signature(program, visit.end), len(visit.days),
                   _also_held(visit), _would_hold(visit))  # fmt: skip
            if how not in endings:
                endings.add(how)
                self._useful[state.phase].setdefault((id(visit.exit), len(visit.days)), behaviour)
                yield visit

    def _to_try(self, phase: str) -> list[Behaviour]:
        """All behaviours for the first who come to a phase; later on those that made a difference to them."""
        self._entries[phase] += 1
        many = self._days >= self.bound.days
        if self._entries[phase] <= (1 if many else self.bound.thorough):
            return self._behaviours[phase]
        useful = self._useful[phase]
        if many:
            quickest = {exit_: min(n for e, n in useful if e == exit_) for exit_, _ in useful}
            useful = {key: useful[key] for key in quickest.items()}
        return list(dict.fromkeys(useful.values()))


def _also_held(visit: Visit) -> tuple[frozenset[bool | None], ...]:
    """What the conditions of claims said on the evenings of a visit."""
    asked = visit.program.also
    if not any(each is not None for each in asked):
        return ()
    moments = [Now(visit.program, day.evening) for day in visit.days]
    return tuple(frozenset(each(now) for now in moments) if each else frozenset() for each in asked)


def _would_hold(visit: Visit) -> tuple[bool | None, ...]:
    """What the conditions of all exits said on the last evening."""
    now = Now(visit.program, visit.days[-1].evening)
    exits = visit.program.phases[visit.phase].exits
    return tuple(None if ready.when is None else ready.when(now) for ready in exits)


def worlds(plan: Plan, also: Iterable[Condition] = ()) -> list[dict[str, FactValue]]:
    """The sets of facts that can lead to other paths, or that claims tell apart, among those admitted.

    Facts that only choose between sessions (`if track is evening`) take any value.
    """
    every = [p.condition for p in places_of(plan)]
    found = []
    for facts in assignments(plan, [*_deciding(plan), *also]):
        found.append(assignments(plan, every, facts)[0])
    return found


def _deciding(plan: Plan) -> list[Condition]:
    """The conditions that can lead to other paths: all but those that only choose between sessions."""
    return [p.condition for p in places_of(plan) if p.role not in ("if", "admit", "reach")]


def comes_in(program: Program) -> bool:
    """Whether the plan admits people with these facts, and a front door is open to them."""
    if holds(program.plan.admit, program.facts) is False:
        return False
    try:
        program.front_door()
    except ValueError:
        return False
    return True


def live_visit(
    program: Program, state: State, behaviour: Behaviour, before: Visit | None, weekday: int,
    repertoire: Repertoire,
) -> Visit:  # fmt: skip
    """One visit, lived with one behaviour."""
    phase = program.phases[state.phase]
    days: list[Day] = []
    start, visit_number = state, state.visit
    giver = records_of(program, state.phase, behaviour, repertoire)
    most = (phase.high if phase.high is not None else OPEN_VISIT) + sum(
        (e.exit.extend_days or 0) * (e.exit.extend_times or 0) for e in phase.at_end
    )
    while True:
        fallen_due = due_today(program, state, SEED)
        records = giver(fallen_due, len(days) + 1)
        state, day = live(program, state, records, SEED, fallen_due=fallen_due)
        days.append(day)
        left = day.taken is not None and day.taken.direction != "extend"
        if left or len(days) > most or (state.phase, state.visit) != (day.phase, visit_number):
            return Visit(
                before, program, weekday, start, behaviour, tuple(days), day.taken if left else None, state
            )


def relive(visit: Visit, program: Program, shift: int, repertoire: Repertoire) -> Visit | None:
    """The path to a visit lived by others, admitted `shift` weekdays later; None if it goes otherwise."""
    weekday = (visit.weekday + shift) % 7
    state, before = admit(program, weekday), None
    for each in visit.path:
        if state.outcome is not None or state.phase != each.phase:
            return None
        before = live_visit(program, state, each.behaviour, before, weekday, repertoire)
        if each is not visit and before.exit is not each.exit:
            return None
        state = before.end
    return before


def records_of(
    program: Program, phase: str, behaviour: Behaviour, repertoire: Repertoire
) -> Callable[[Due, int], Records]:
    """What such a person gives on each day of a visit, asked in order: by what falls due, and the day."""
    asked = repertoire.asked_on_days(program.phases[phase].phase)
    unasked = [name for name in behaviour.measures if name not in asked]
    among = repertoire.values[phase]
    had: Counter[str] = Counter()
    return lambda due, today: _records(due, behaviour, among, unasked, had, today)


def _records(
    due: Due, behaviour: Behaviour, among: Mapping[str, tuple[Value, ...]],
    unasked: list[str], had: Counter[str], today: int,
) -> Records:  # fmt: skip
    """What such a person gives on a day of the visit; `had` counts the tests that each measure has had."""
    results: dict[str, Value] = {}
    for name in (*(t.measure for t in due.tests), *unasked):
        value = behaviour.result(name, had[name], today, among)
        had[name] += 1
        if value is not None:
            results[name] = value
    if_left = {
        t.measure: value
        for t in due.if_left
        if (value := behaviour.result(t.measure, had[t.measure], today, among)) is not None
    }
    events = frozenset(behaviour.events) if today == (behaviour.changes or 1) else frozenset()
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
        before = had[f"sessions of {session.service}"]
        had[f"sessions of {session.service}"] += 1
        found.append("attended" if ceil((before + 1) * share) > ceil(before * share) else "missed")
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
