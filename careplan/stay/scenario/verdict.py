"""What came of a scenario: frozen values, with words in the plan's own terms."""

from __future__ import annotations

from typing import NamedTuple

from careplan.plan.model import Expectation
from careplan.source import NOWHERE, Span
from careplan.stay.why import Because


class Decided(NamedTuple):
    """What decided on an evening: a line of the plan, and each test of its condition with what it saw.

    `day` is the day of the visit's clock, `line` the sentence of the plan; `held`: whether it came about.
    `closed`: why it was not looked at that evening, whatever its condition says.
    """

    plan_day: int
    phase: str
    visit: int
    day: int
    line: str
    span: Span
    held: bool
    tests: tuple[Because, ...] = ()
    closed: str = ""


class Verdict(NamedTuple):
    """An expectation, whether it is met, and what happened.

    `plan_day` is the day on which it was decided, None where there is none. `instead`: an expectation that
    says what happened, of one that is not met; None where nothing can be said in its place.
    """

    expected: Expectation
    met: bool
    what: str
    plan_day: int | None = None
    decided: Decided | None = None
    instead: Expectation | None = None


class Trouble(NamedTuple):
    """Something that is wrong with the scenario itself: its name, what, where, and what would be right."""

    name: str
    what: str
    span: Span = NOWHERE
    help: str = ""


class Result(NamedTuple):
    """A scenario that was run. `remarks` are no faults: lines that the stay never came to.

    `days` is how many were lived, `outcome` how the stay ended (None: it goes on), `seed` what tests at
    random were drawn from.
    """

    title: str
    span: Span
    seed: str
    verdicts: tuple[Verdict, ...]
    troubles: tuple[Trouble, ...]
    remarks: tuple[Trouble, ...]
    days: int
    outcome: str | None

    @property
    def passed(self) -> bool:
        """Whether every expectation is met and nothing is wrong with the scenario."""
        return not self.troubles and all(verdict.met for verdict in self.verdicts)
