"""The scenario of a counter-example, with every line taken out that it does not need."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from careplan.plan.model import Condition, Plan, Scenario
from careplan.stay.day import Day
from careplan.stay.program import Program
from careplan.stay.proof.explore import Bound
from careplan.stay.scenario.runner import run

Still = Callable[[Program, list[Day]], bool]
"""Whether days that were lived again still refute."""

MOST_DAYS = 2500
"""Days that are lived in search of a shorter scenario."""


class Shrinking:
    """Runs scenarios of a plan through the scenario runner, and keeps those that still refute."""

    def __init__(self, plan: Plan, still: Still, also: Iterable[Condition], bound: Bound):
        self.plan, self.still, self.also, self.bound = plan, still, tuple(also), bound
        self.lived = 0

    def shortest(self, scenarios: Iterable[Scenario]) -> tuple[Scenario, list[Day]] | None:
        """The first of the scenarios that refutes, shrunk, and its days; None if none of them does."""
        for scenario in scenarios:
            days = self._refutes(scenario)
            if days is not None:
                return self._shrunk(scenario, days)
        return None

    def _refutes(self, scenario: Scenario) -> list[Day] | None:
        key = frozenset((given.fact, given.value) for given in scenario.given)
        program = Program(self.plan, dict(key), self.also)
        ran = run(self.plan, scenario, programs={key: program})
        self.lived += ran.result.days
        if ran.story is None or not ran.result.passed or not self.still(program, ran.story.days):
            return None
        return ran.story.days

    def _shrunk(self, scenario: Scenario, days: list[Day]) -> tuple[Scenario, list[Day]]:
        """Take out halves, quarters, … and at last single lines, as long as what is left refutes."""
        size = max(1, len(scenario.says) // 2)
        while size and scenario.says:
            place = 0
            while place < len(scenario.says) and self.lived < MOST_DAYS and not self.bound.is_over:
                says = scenario.says[:place] + scenario.says[place + size :]
                fewer = scenario.model_copy(update={"says": says})
                lived = self._refutes(fewer)
                if lived is None:
                    place += size
                else:
                    scenario, days = fewer, lived
            size //= 2
        for given in scenario.given:
            rest = tuple(g for g in scenario.given if g is not given)
            fewer = scenario.model_copy(update={"given": rest})
            lived = self._refutes(fewer)
            if lived is not None:
                scenario, days = fewer, lived
        return scenario, days
