"""A day of a stay while it is being lived: the state made writable, which conditions can look at."""

from __future__ import annotations

from typing import Any

from careplan.stay.program import Program
from careplan.stay.state import CourseState, State, Trigger


class Now:
    """The state of a stay, writable; `since` holds the first day of each running course."""

    __slots__ = (
        "came_from", "courses", "day", "entered", "extended", "goals", "lacking", "left", "maximum",
        "outcome", "phase", "plan_day", "program", "since", "tallies", "topics", "triggers", "visit",
        "weekday",
    )  # fmt: skip

    def __init__(self, program: Program, state: State):
        self.program = program
        self.phase = state.phase
        self.visit, self.day, self.plan_day, self.weekday = (
            state.visit,
            state.day,
            state.plan_day,
            state.weekday,
        )
        self.entered, self.maximum, self.extended = state.entered, state.maximum, state.extended
        self.tallies: list[Any] = list(state.tallies)
        self.courses: list[CourseState] = list(state.courses)
        self.triggers: list[Trigger] = list(state.triggers)
        self.left, self.topics, self.came_from = state.left, state.topics, state.came_from
        self.goals: list[int] = list(state.goals)
        self.outcome = state.outcome
        self.since = {
            ready.medication.name: course.since
            for ready, course in zip(program.courses, state.courses, strict=True)
            if course.since
        }
        self.lacking: list[str] = []

    def lacks(self, fact: str) -> None:
        """A fact decides here that nobody gave."""
        if fact not in self.lacking:
            self.lacking.append(fact)

    def state(self) -> State:
        """The state as a value."""
        return State(
            self.phase, self.visit, self.day, self.plan_day, self.weekday, self.entered, self.maximum,
            self.extended, tuple(self.tallies), tuple(self.courses), tuple(self.triggers), self.left,
            tuple(self.goals), self.topics, self.came_from, self.outcome,
        )  # fmt: skip
