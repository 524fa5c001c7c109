"""Stays lived at random through the core, and whether they keep what claims promise."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from careplan.plan.facts import assignments, holds
from careplan.plan.model import Plan, Promise
from careplan.plan.places import places_of
from careplan.stay.day import Day, admit, due, live
from careplan.stay.moment import Now
from careplan.stay.program import Program
from careplan.stay.proof.behaviours import Repertoire
from careplan.stay.proof.explore import comes_in
from careplan.stay.records import MISSING, Due, Records, Status, Value
from careplan.stay.state import State


class Stay(NamedTuple):
    """What was lived: `states` are the mornings of the days, and the one after the last."""

    program: Program
    days: list[Day]
    states: list[State]

    @property
    def visits(self) -> list[list[Day]]:
        """The days of each visit."""
        found: list[list[Day]] = []
        for day in self.days:
            if not found or (found[-1][-1].phase, found[-1][-1].visit) != (day.phase, day.visit):
                found.append([])
            found[-1].append(day)
        return found


class Stays:
    """Random stays of a plan, with the conditions of its claims ready to be asked."""

    def __init__(self, plan: Plan):
        promises = [promise for claim in plan.claims for promise in claim.claims]
        self.also = [c for p in promises for c in (p.condition, p.if_facts) if c is not None]
        self.repertoire = Repertoire(plan, self.also)
        sets = assignments(plan, [*(p.condition for p in places_of(plan)), *self.also])
        ready = [Program(plan, facts, self.also) for facts in sets[:64]]
        self.programs = [program for program in ready if comes_in(program)]
        self.plan = plan
        self.domains = {
            m.name: m.domain.values or tuple(x for x in (m.domain.low, m.domain.high) if x is not None)
            for m in plan.measures
        }

    def some(self, count: int, seed: int, most_days: int = 500) -> Iterator[Stay]:
        """So many stays, each of them another one."""
        random = Random(seed)
        for _ in range(count):
            yield self._one(random, most_days)

    def _one(self, random: Random, most_days: int) -> Stay:
        program = random.choice(self.programs)
        state, draw = admit(program, random.randrange(7)), str(random.random())
        stay = Stay(program, [], [state])
        presence, mood, here = 1.0, _Mood(random, {}), None
        while state.outcome is None and len(stay.days) < most_days:
            if here != (state.phase, state.visit):
                here = (state.phase, state.visit)
                presence = random.choice((0.0, 0.5, 0.9, 1.0))
                values = self.repertoire.values[state.phase]
                mood = _Mood(
                    random, {n: values.get(n) or self.domains.get(n, ()) for n in self._given(state.phase)}
                )
            fallen_due = due(program, state, draw)
            records = self._records(random, state.phase, fallen_due, mood, presence)
            state, day = live(program, state, records, draw, fallen_due=fallen_due)
            stay.days.append(day)
            stay.states.append(state)
        return stay

    def _given(self, phase: str) -> list[str]:
        return [
            m.name
            for m in self.plan.measures
            if self.repertoire.can_be_measured(self.plan.phase(phase), m.name)
        ]

    def _records(self, random: Random, phase: str, fallen_due: Due, mood: _Mood, presence: float) -> Records:
        ready = self.plan.phase(phase)
        asked = {name for line in ready.assessments for name in line.measures
                 if not any(m.kind == "as-needed" for m in line.moments)}  # fmt: skip
        results: dict[str, Value] = {}
        for test in fallen_due.tests:
            results[test.measure] = MISSING if random.random() < 0.07 else mood.of(test.measure)
        for name in self._given(phase):
            if name not in asked and name not in results and random.random() < 0.2:
                results[name] = mood.of(name)
        statuses: tuple[Status, ...] = tuple(
            "attended" if random.random() < presence else "missed" for _ in fallen_due.sessions
        )
        events = frozenset(e.name for e in self.plan.events if random.random() < 0.02)
        if_left = {t.measure: mood.of(t.measure) for t in fallen_due.if_left}
        return Records(statuses, results, events, if_left=if_left)


class _Mood:
    """Values that stay the same for a while."""

    def __init__(self, random: Random, among: dict[str, tuple[Value, ...]]):
        self.random, self.among, self.now = random, among, dict[str, Value]()
        self.moody = random.choice((0.0, 0.1, 0.5, 1.0))

    def of(self, name: str) -> Value:
        """A value of the measure."""
        if name not in self.now or self.random.random() < self.moody:
            self.now[name] = self.random.choice(self.among.get(name) or (MISSING,))
        return self.now[name]


def breaks(stays: Stays, stay: Stay, promise: Promise) -> str | None:
    """How the stay breaks what is promised, None if it does not; `can reach` is not for this."""
    if holds(promise.if_facts, stay.program.facts) is False:
        return None
    if promise.kind in ("always", "never"):
        return _condition(stays, stay, promise)
    return _BREAKS[promise.kind](stay, promise) if promise.kind in _BREAKS else None


def _condition(stays: Stays, stay: Stay, promise: Promise) -> str | None:
    place = next(i for i, c in enumerate(stays.also) if c is promise.condition)
    asked = stay.program.also[place]
    assert asked is not None
    for day in stay.days:
        if not promise.phases or day.phase in promise.phases:
            truth = asked(Now(stay.program, day.evening))
            if truth is (promise.kind == "never"):
                return f"day {day.plan_day} in {day.phase}"
    return None


def _exit(stay: Stay, promise: Promise) -> str | None:
    wanted = promise.exit
    assert wanted is not None
    for day in stay.days:
        taken = day.taken
        if taken is None or promise.measure is not None or promise.condition is not None:
            continue
        if (taken.direction, taken.target) == (wanted.direction, wanted.target):
            return f"day {day.plan_day} in {day.phase}"
    return None


def _ends(stay: Stay, promise: Promise) -> str | None:
    returns = promise.returns
    if returns is not None and any(day.visit > returns + 1 for day in stay.days):
        return None
    if promise.within_days is not None and len(stay.days) > promise.within_days:
        return f"still there on day {len(stay.days)}"
    return None


def _gap(stay: Stay, promise: Promise) -> str | None:
    visits = stay.visits
    for place, visit in enumerate(visits):
        if visit[0].phase != promise.target:
            continue
        begins = [i for i in range(place) if visits[i][0].phase == promise.source]
        if not begins or any(v[0].phase == promise.target for v in visits[begins[-1] : place]):
            continue
        days = [day for v in visits[begins[-1] : place + 1] for day in v]
        started = False
        for day in days:
            on = promise.name in _running(stay.program, day)
            if not on and (started or day.phase != promise.source):
                return f"day {day.plan_day} in {day.phase}"
            started = started or on
    return None


def _running(program: Program, day: Day) -> set[str]:
    courses = zip(program.courses, day.evening.courses, strict=True)
    return {ready.medication.name for ready, course in courses if course.since}


def _sessions(stay: Stay, promise: Promise) -> str | None:
    outcome = stay.states[-1].outcome
    if outcome is None or stay.program.outcomes[outcome].planned is not True:
        return None
    had = sum(
        _is_of(stay.program, s.service, promise.name) and s.owed for d in stay.days for s in d.due.sessions
    )
    return f"{had} sessions" if had < (promise.count or 0) else None


def _is_of(program: Program, service: str, name: str | None) -> bool:
    return service == name if name else program.services[service].kind == "therapy"


def _hours(stay: Stay, promise: Promise) -> str | None:
    for visit in stay.visits:
        if visit[0].day != 1 or (promise.phases and visit[0].phase not in promise.phases):
            continue
        for week in range(len(visit) // 7):
            minutes = sum(
                stay.program.services[s.service].minutes or 0
                for day in visit[7 * week : 7 * week + 7]
                for s in day.due.sessions
                if s.owed and stay.program.services[s.service].kind == "therapy"
            )
            if minutes < (promise.minutes or 0):
                return f"{minutes} min in week {week + 1} of {visit[0].phase}"
    return None


def _first(stay: Stay, promise: Promise) -> str | None:
    within = promise.within_days or 0
    for number, visit in enumerate(stay.visits):
        entered = visit[0].phase in promise.phases if promise.phases else number == 0
        if entered and len(visit) >= within:
            sessions = (s for day in visit[:within] for s in day.due.sessions if s.owed)
            if not any(_is_of(stay.program, s.service, promise.name) for s in sessions):
                return f"none from day {visit[0].plan_day} on"
    return None


_BREAKS = {
    "never exit": _exit,
    "ends": _ends,
    "continuous": _gap,
    "sessions": _sessions,
    "hours": _hours,
    "first service": _first,
}
