"""A plan made ready to be lived day by day, for one set of facts known at admission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from careplan.plan.facts import Facts, holds
from careplan.plan.model import (
    Assessment,
    Condition,
    Exit,
    Frequency,
    Medication,
    Phase,
    Placement,
    Plan,
    ServiceLine,
    Test,
    tests_of,
)
from careplan.plan.starts import is_urgent, start_phases
from careplan.plan.weeks import frequencies
from careplan.stay.conditions import Asked, Conditions
from careplan.stay.placement import Calendar
from careplan.stay.records import Due
from careplan.stay.tallies import Tally


class ReadyLine(NamedTuple):
    """A line of a phase: `place` counts the services first, then the assessments, as written.

    `applies`: by the facts; None where a fact is missing, one of `needs`. `watched`: the measures and
    events that its `when` and `after` look at.
    """

    place: int
    line: ServiceLine | Assessment
    often: tuple[Frequency, ...]
    applies: bool | None
    needs: tuple[str, ...]
    watched: frozenset[str]
    events: frozenset[str]
    counted: bool  # a session that can be missed: a therapy, and owed
    owed: bool
    while_: Asked | None
    when: Asked | None
    after: Asked | None
    waits: Asked | None  # for sessions that must be had before

    @property
    def starts(self) -> bool:
        """Whether it brings a test `at start`."""
        return any(often.kind == "at-start" for often in self.often)

    @property
    def ends(self) -> bool:
        """Whether it brings a test `at end`."""
        return any(often.kind == "at-end" for often in self.often)

    @property
    def is_test(self) -> bool:
        """Whether it is an assessment."""
        return isinstance(self.line, Assessment)

    @property
    def depends(self) -> bool:
        """Whether what happens in the stay decides if it falls due."""
        return any(asked is not None for asked in (self.while_, self.when, self.after, self.waits))


class ReadyExit(NamedTuple):
    """A way out: `urgent` ones wait for neither minimum nor review."""

    exit: Exit
    when: Asked | None
    urgent: bool
    kind: str  # anytime, own, at end


class ReadyPhase(NamedTuple):
    """A phase: its lines, and its ways out in the order in which they are tried."""

    phase: Phase
    lines: tuple[ReadyLine, ...]
    depending: tuple[ReadyLine, ...]
    ending: tuple[ReadyLine, ...]  # with a test `at end`
    exits: tuple[ReadyExit, ...]
    at_end: tuple[ReadyExit, ...]
    until: Asked | None
    low: int
    high: int | None
    in_plan_weeks: bool  # whether a line names weeks of the plan
    draws: bool  # whether a test is at random
    curricula: tuple[str, ...]  # services here whose topics run in order
    needs: tuple[str, ...]  # facts that decide on lines of the phase and are not given


class ReadyCourse(NamedTuple):
    """A medication: its lines in groups (a step and what is given beside it), and its conditions."""

    medication: Medication
    place: int
    when: Asked | None
    stop_when: Asked | None
    holds: tuple[Asked, ...]
    groups: tuple[tuple[int, ...], ...]  # places of the dose lines: a step, then its `also` lines
    stands_in_for: tuple[str, ...]  # the courses whose failed start brings it


class Program:
    """A plan made ready. Facts that are not given are unknown.

    `also`: conditions that are no part of the plan's course, such as those of claims; `also` on the program
    holds the questions that they ask, in their order. `unmeasured`: for a stay of which no results are known
    in advance, where only facts decide: `while` holds, and courses start as soon as they may and go on.
    """

    def __init__(
        self,
        plan: Plan,
        facts: Facts | None = None,
        also: Iterable[Condition] = (),
        *,
        unmeasured: bool = False,
    ):
        self.plan = plan
        self.unmeasured = unmeasured
        self.facts: Facts = dict(facts or {})
        self.conditions = Conditions(plan, self.facts)
        self.services = {s.name: s for s in plan.services}
        self.missing_as = {m.name: m.missing_as for m in plan.measures}
        self.outcomes = {o.name: o for o in plan.outcomes}
        self.phases = {p.name: self._phase(p) for p in plan.phases}
        self.courses = tuple(self._course(m, place) for place, m in enumerate(plan.medications))
        self.goals = tuple(self.conditions.ready(goal.reach) for goal in plan.goals)
        self.also = tuple(self.conditions.ready(condition) for condition in also)
        self.tallies = tuple(self.conditions.tallies)
        self.listeners = self._listeners()
        self.weeks: dict[tuple[str, int, Calendar], tuple[Due, ...]] = {}

    # ---- phases -------------------------------------------------------------------------------

    def _phase(self, phase: Phase) -> ReadyPhase:
        lines: list[ServiceLine | Assessment] = [*phase.services, *phase.assessments]
        ready = tuple(self._line(place, line) for place, line in enumerate(lines))
        anywhere = [
            self._exit(exit_, "anytime")
            for block in self.plan.anytime
            if phase.name not in block.excepted
            for exit_ in block.exits
            if exit_.target != phase.name
        ]
        lasts = phase.lasts
        return ReadyPhase(
            phase,
            ready,
            tuple(line for line in ready if line.depends),
            tuple(line for line in ready if line.applies and line.ends),
            (*anywhere, *(self._exit(e, "own") for e in phase.exits)),
            tuple(self._exit(e, "at end") for e in phase.at_end),
            self.conditions.ready(lasts.until) if lasts else None,
            lasts.low if lasts else 1,
            lasts.high if lasts else None,
            any(line.plan_weeks for line in lines),
            any(line.at_random for line in lines),
            tuple(dict.fromkeys(x.service for x in phase.services if self._in_order(x.service))),
            tuple(dict.fromkeys(name for line in ready for name in line.needs)),
        )

    def _waits(self, line: Placement) -> Asked | None:
        """Whether the sessions that the line comes after have been attended in this visit."""
        wait = line.after_sessions
        if wait is None:
            return None
        test = Test(
            subject="sessions", name=wait.service, operator=">=", value=float(wait.count), span=wait.span
        )
        return self.conditions.ready(test)

    def _in_order(self, service: str) -> bool:
        found = self.services.get(service)
        return found is not None and found.curriculum == "in order"

    def _line(self, place: int, line: ServiceLine | Assessment) -> ReadyLine:
        service = self.services.get(line.service) if isinstance(line, ServiceLine) else None
        applies = holds(line.if_facts, self.facts)
        needs = () if applies is not None else _facts_in(line, self.facts)
        extra_owed = not line.encouraged
        return ReadyLine(
            place, line, frequencies(line), applies, needs,
            _watched(line, "measure", "event"), _watched(line, "event"),
            counted=service is not None and service.kind == "therapy" and extra_owed,
            owed=extra_owed,
            while_=None if self.unmeasured else self.conditions.ready(line.while_),
            when=self.conditions.ready(line.when),
            after=self.conditions.ready(line.after),
            waits=self._waits(line),
        )  # fmt: skip

    def _exit(self, exit_: Exit, kind: str) -> ReadyExit:
        urgent = kind == "anytime" or is_urgent(self.plan, exit_)
        return ReadyExit(exit_, self.conditions.ready(exit_.when), urgent, kind)

    # ---- courses ------------------------------------------------------------------------------

    def _course(self, medication: Medication, place: int) -> ReadyCourse:
        groups: list[list[int]] = []
        for number, step in enumerate(medication.steps):
            if step.step == "also" and groups:
                groups[-1].append(number)
            else:
                groups.append([number])
        ready = self._by_facts if self.unmeasured else self.conditions.ready
        holds_ = () if self.unmeasured else medication.holds
        return ReadyCourse(
            medication,
            place,
            ready(medication.start.when) if medication.start else None,
            None if self.unmeasured else ready(medication.stop_when),
            tuple(asked for hold in holds_ if (asked := ready(hold)) is not None),
            tuple(tuple(group) for group in groups),
            tuple(m.name for m in self.plan.medications if m.fallback == medication.name),
        )

    def _by_facts(self, condition: Condition | None) -> Asked | None:
        """What the facts alone say; what they leave open is taken to come about."""
        ruled_out = holds(condition, self.facts) is False
        return (lambda _moment: False) if ruled_out else None

    # ---- what the tallies listen to -------------------------------------------------------------

    def _listeners(self) -> Mapping[str, Mapping[str | None, tuple[tuple[int, Tally], ...]]]:
        """By what is listened to and then by name: the tallies and their places."""
        found: dict[str, dict[str | None, list[tuple[int, Tally]]]] = {
            "results": {}, "sessions": {}, "weeks": {},
        }  # fmt: skip
        for place, tally in enumerate(self.tallies):
            for what in tally.listens & found.keys():
                name = None if what == "weeks" else tally.name
                found[what].setdefault(name, []).append((place, tally))
        return {what: {n: tuple(t) for n, t in names.items()} for what, names in found.items()}

    # ---- where a stay starts ------------------------------------------------------------------

    def front_door(self) -> str:
        """The phase in which a stay starts: the first door whose facts hold; ValueError if none does."""
        for door in self.plan.starts:
            if holds(door.condition, self.facts):
                return door.phase
        if self.plan.starts:
            raise ValueError("no front door of the plan is open to these facts")
        return start_phases(self.plan)[0]


def _watched(line: Placement, *subjects: str) -> frozenset[str]:
    tests = (*tests_of(line.when), *tests_of(line.after))
    return frozenset(t.name for t in tests if t.name and t.subject in subjects)


def _facts_in(line: Placement, given: Facts) -> tuple[str, ...]:
    names = (t.name for t in tests_of(line.if_facts) if t.subject == "fact" and t.name not in given)
    return tuple(dict.fromkeys(name for name in names if name))
