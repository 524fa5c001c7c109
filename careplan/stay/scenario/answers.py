"""What a scenario says of each day: its lines turned into the records of that day.

For one measure, service or medication and day, the later line wins; where its days end, the earlier one holds
again. A due test that no line mentions was not offered, and gives no result; a session that no line
mentions was attended.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from careplan.plan.model import Scenario
from careplan.stay.program import Program
from careplan.stay.records import MISSING, DoseDue, Due, DueTest, Records, Value
from careplan.stay.scenario.sessions import Sessions
from careplan.stay.scenario.telling import FOREVER, Line
from careplan.stay.state import State

NONE: Mapping[str, Value] = {}


class Nowhere(NamedTuple):
    """A line that tells of a missed test on a day on which none is due."""

    line: Line
    measure: str


class _Holding(NamedTuple):
    """The lines that hold for some days of a visit, the later ones first.

    `sessions` is empty where everything is attended anyhow.
    """

    phase: str = ""
    visit: int = 0
    until: int = 0  # the first day of the plan for which this is not known
    results: tuple[Line, ...] = ()
    exact: tuple[Line, ...] = ()  # those of the results that name days
    sessions: tuple[Line, ...] = ()
    events: frozenset[str] = frozenset()
    doses: frozenset[str] = frozenset()


class Answers:
    """Answers a stay day by day; ask once for each day, in order."""

    def __init__(self, program: Program, scenario: Scenario):
        lines = [Line(place, said) for place, said in enumerate(scenario.says)]
        self.lines = tuple(reversed(lines))  # the later ones first
        self.nowhere: list[Nowhere] = []
        self._medications = {m.name for m in program.plan.medications}
        self._sessions = Sessions(program)
        self._now = _Holding()
        self._answered: set[str] = set()  # measures with a result since they were due, on this visit
        self._if_left: list[Line] = []

    def of(self, state: State, due: Due) -> Records:
        """The records of the day that the stay has come to."""
        now = self._now
        self._if_left = []
        if state.plan_day >= now.until or state.visit != now.visit or state.phase != now.phase:
            if (state.phase, state.visit) != (now.phase, now.visit):
                self._answered.clear()
            now = self._now = self._holding(state)
        results = self._results(now, state, due) if now.results else NONE
        if self._answered or results:
            self._taken(results, due)
        if_left = self._if_leaving(now.results, due.if_left) if due.if_left and now.results else NONE
        if not now.sessions:
            statuses = self._sessions.all_attended(due)
            return Records(statuses, results, now.events, (), (), now.doses, if_left)
        had = self._sessions.of(now.sessions, state, due)
        return Records(had.statuses, results, now.events, had.made_up, had.extra, now.doses, if_left)

    def left(self, due: Due) -> None:
        """A way out was taken today: if the phase was left, the tests due only then were taken."""
        if not due.if_left:
            for line in self._if_left:
                line.seen += 1

    def doses(self, missed: frozenset[str], doses: tuple[DoseDue, ...]) -> None:
        """What doses fell due on a day on which those of some medications were missed."""
        due = missed.intersection(dose.medication for dose in doses)
        for line in self.lines:
            if line.said.kind == "miss" and due.intersection(line.said.names):
                line.seen += 1

    def _holding(self, state: State) -> _Holding:
        """The lines that hold from this day on, and until when."""
        holding: list[Line] = []
        length = FOREVER
        for line in self.lines:
            holds, days = line.covers(state)
            length = min(length, days)
            if holds:
                holding.append(line)
        results = tuple(line for line in holding if line.said.kind == "result")
        events = frozenset(line.said.names[0] for line in holding if line.said.kind == "event")
        doses = frozenset(name for line in holding if line.said.kind == "miss" for name in line.said.names)
        sessions = tuple(line for line in holding if line.said.kind in ("attend", "miss", "cancel"))
        if all(line.said.kind == "attend" and line.said.percent is None and not line.stage.exact
               for line in sessions):  # fmt: skip
            sessions = ()
        return _Holding(
            state.phase, state.visit, state.plan_day + length, results,
            tuple(line for line in results if line.stage.exact), sessions, events, doses & self._medications,
        )  # fmt: skip

    # ---- results ------------------------------------------------------------------------------

    def _results(self, now: _Holding, state: State, due: Due) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for test in due.tests:
            value = self._answer(test.measure, now.results, state)
            if value is not None:
                found[test.measure] = value
        for line in now.exact:
            measure = line.said.names[0]
            if not any(test.measure == measure for test in due.tests):
                self._exactly(line, measure, state, found)
        return found

    def _answer(self, measure: str, lines: tuple[Line, ...], state: State) -> Value | None:
        """The result of a due test; every line of the measure has seen one more."""
        found: Value | None = None
        for line in lines:
            if line.said.names[0] == measure:
                value = line.result(line.place_of(state) if line.stage.exact else line.seen)
                found = value if found is None else found
                line.seen += 1
        missed_but_had = found == MISSING and measure in self._answered
        return None if missed_but_had else found

    def _exactly(self, line: Line, measure: str, state: State, found: dict[str, Value]) -> None:
        """A result on just this day, though no test is due."""
        value = line.result(line.place_of(state))
        if value == MISSING:
            self.nowhere.append(Nowhere(line, measure))
        elif value is not None:
            found.setdefault(measure, value)
            line.seen += 1

    def _taken(self, found: Mapping[str, Value], due: Due) -> None:
        """Which measures have a result since the day on which they were last due."""
        self._answered.update(measure for measure, value in found.items() if value != MISSING)
        self._answered.difference_update([test.measure for test in due.tests])

    def _if_leaving(self, lines: tuple[Line, ...], tests: tuple[DueTest, ...]) -> dict[str, Value]:
        """Results of the tests that fall due only if the phase is left today."""
        self._if_left = [line for line in lines if any(line.said.names[0] == t.measure for t in tests)]
        found: dict[str, Value] = {}
        for test in tests:
            values = (line.result(line.seen) for line in self._if_left if line.said.names[0] == test.measure)
            value = next((value for value in values if value is not None), None)
            if value is not None:
                found[test.measure] = value
        return found
