"""The stay of a scenario, lived as far as somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Plan, Point, Scenario, Stage
from careplan.stay.day import Day, admit, live
from careplan.stay.program import Program
from careplan.stay.scenario.answers import Answers
from careplan.stay.state import State

LONGEST = 3653
"""Days, ten years, after which a stay that has not ended is not lived on."""


class Visit:
    """A visit to a phase: its first day in the plan and on its own clock, and its last so far."""

    __slots__ = ("clock", "first", "last", "number", "phase")

    def __init__(self, phase: str, number: int, first: int, clock: int):
        self.phase, self.number, self.first, self.clock = phase, number, first, clock
        self.last = first

    @property
    def days(self) -> int:
        """How many days it has lasted so far."""
        return self.last - self.first + 1


class Story:
    """One stay, day by day. `draw` decides the days of tests at random.

    `program` is the plan made ready for the scenario's facts, where it is so already. Raises ValueError if no
    front door of the plan is open to the facts given.
    """

    def __init__(self, plan: Plan, scenario: Scenario, draw: str, program: Program | None = None):
        self.plan, self.scenario, self.draw = plan, scenario, draw
        self.program = program or Program(plan, {given.fact: given.value for given in scenario.given})
        self.answers = Answers(self.program, scenario)
        self.state: State = admit(self.program, scenario.admitted_on or 0)
        self.days: list[Day] = []
        self.visits: list[Visit] = [self._visit()]
        self.lacking: dict[str, int] = {}  # facts that decided something and are not given, and the day

    @property
    def outcome(self) -> str | None:
        """How the stay has ended, None if it has not."""
        return self.state.outcome

    @property
    def is_over(self) -> bool:
        """Whether no further day will be lived."""
        return self.state.outcome is not None or len(self.days) >= LONGEST

    def live_to(self, plan_day: int) -> bool:
        """Live on until that day of the plan is over; False if the stay does not come so far."""
        while len(self.days) < plan_day:
            if self.is_over:
                return False
            self._live()
        return True

    def day(self, plan_day: int) -> Day | None:
        """That day of the plan; None if the stay does not come so far."""
        return self.days[plan_day - 1] if plan_day > 0 and self.live_to(plan_day) else None

    def every_day(self, until: int = LONGEST) -> Iterator[Day]:
        """The days up to that of the plan in their order, lived on as they are asked for."""
        for number in range(1, until + 1):
            day = self.day(number)
            if day is None:
                return
            yield day

    def every_visit(self, until: int = LONGEST) -> Iterator[Visit]:
        """The visits that begin up to that day of the plan, each as soon as its first day has come."""
        number = 0
        while True:
            while number >= len(self.visits):
                if self.is_over or self.state.plan_day >= until:
                    return
                self._live()
            if self.visits[number].first > until:
                return
            yield self.visits[number]
            number += 1

    def visit(self, phase: str, number: int) -> Visit | None:
        """That visit to a phase; None if the stay does not come to it."""
        return next((v for v in self.every_visit() if v.phase == phase and v.number == number), None)

    def day_of(self, point: Point) -> int | None:
        """The plan day of a point; None if the stay does not come to its visit."""
        if point.phase is None:
            return point.day
        visit = self.visit(point.phase, point.visit)
        return None if visit is None else visit.first + point.day - visit.clock

    def has_lived(self, stage: Stage) -> bool:
        """Whether the last day of the stage was lived; of an open one, whether the stay has ended."""
        if stage.last is None:
            return self.outcome is not None
        if stage.phase is None:
            return len(self.days) >= stage.last
        visit = next((v for v in self.visits if (v.phase, v.number) == (stage.phase, stage.visit)), None)
        last = None if visit is None else visit.first + stage.last - visit.clock
        return last is not None and visit is not None and last <= min(visit.last, len(self.days))

    def _live(self) -> None:
        state = self.state
        self.state, day = live(self.program, state, self.answers.of, self.draw)
        self.days.append(day)
        if day.taken is not None:
            self.answers.left(day.due)
        if day.records.doses_missed:
            self.answers.doses(day.records.doses_missed, day.doses)
        for fact in day.lacking:
            self.lacking.setdefault(fact, day.plan_day)
        if self.state.outcome is not None:
            return
        if (self.state.phase, self.state.visit) != (state.phase, state.visit):
            self.visits.append(self._visit())
        else:
            self.visits[-1].last = self.state.plan_day

    def _visit(self) -> Visit:
        state = self.state
        return Visit(state.phase, state.visit, state.plan_day, state.day)
