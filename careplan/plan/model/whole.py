"""The plan as a whole."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from careplan.plan.model.claims import Claim
from careplan.plan.model.conditions import Condition
from careplan.plan.model.element import Element
from careplan.plan.model.ends import Goal, Outcome
from careplan.plan.model.medications import Drug, Medication
from careplan.plan.model.named import Named, SourceEntry
from careplan.plan.model.observed import Event, Fact, Measure
from careplan.plan.model.phases import Anytime, Exit, Phase
from careplan.plan.model.scenarios import Scenario
from careplan.plan.model.services import Service

if TYPE_CHECKING:
    import careplan

N = TypeVar("N", bound=Named)

FORMAT_VERSION: Literal[1] = 1


class FrontDoor(Element):
    """The phase in which a stay starts, if the facts are so."""

    phase: str
    condition: Condition | None = None


class Approval(Element):
    """Who approved the plan, and on which day (ISO date)."""

    by: tuple[str, ...]
    on: str


class Plan(Named):
    """A whole plan. `file` is where it was read from, `uses` the files merged into it."""

    format_version: Literal[1] = FORMAT_VERSION
    file: str = ""
    uses: tuple[str, ...] = ()
    version: str | None = None
    status: Literal["draft", "active", "retired"] | None = None
    effective_from: str | None = None  # ISO date
    effective_to: str | None = None
    population: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    starts: tuple[FrontDoor, ...] = ()
    admit: Condition | None = None
    sources: tuple[SourceEntry, ...] = ()
    facts: tuple[Fact, ...] = ()
    measures: tuple[Measure, ...] = ()
    events: tuple[Event, ...] = ()
    services: tuple[Service, ...] = ()
    drugs: tuple[Drug, ...] = ()
    medications: tuple[Medication, ...] = ()
    phases: tuple[Phase, ...] = ()
    anytime: tuple[Anytime, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    goals: tuple[Goal, ...] = ()
    claims: tuple[Claim, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Named]:
        """Every named element of the plan by its name."""
        groups = (self.sources, self.facts, self.measures, self.events, self.services, self.medications)
        more = (self.phases, self.outcomes, self.goals, self.claims)
        return {e.name: e for group in (*groups, *more) for e in group}

    def service(self, name: str) -> Service:
        """The service of that name; KeyError if there is none."""
        return _find(self.services, name)

    def measure(self, name: str) -> Measure:
        """The measure of that name; KeyError if there is none."""
        return _find(self.measures, name)

    def phase(self, name: str) -> Phase:
        """The phase of that name; KeyError if there is none."""
        return _find(self.phases, name)

    def medication(self, name: str) -> Medication:
        """The medication of that name; KeyError if there is none."""
        return _find(self.medications, name)

    def outcome(self, name: str) -> Outcome:
        """The outcome of that name; KeyError if there is none."""
        return _find(self.outcomes, name)

    def drug(self, name: str) -> Drug:
        """The formulary entry of that name; KeyError if there is none."""
        return _find(self.drugs, name)

    def sessions(
        self, start: date, facts: Mapping[str, str | float] | None = None, zone: str | None = None,
        **options: Any,
    ) -> "list[careplan.Occurrence]":  # fmt: skip
        """The dated sessions, tests and doses of somebody admitted on `start`: see `careplan.sessions`."""
        import careplan  # by the package's front: what dates a plan stands above this module

        return careplan.sessions(self, start, facts, zone, **options)

    def exits_of(self, phase: Phase) -> list[Exit]:
        """The exits that can be taken from `phase`, in the order in which they are tried."""
        anywhere = [
            exit_
            for block in self.anytime
            if phase.name not in block.excepted
            for exit_ in block.exits
            if exit_.target != phase.name
        ]
        return [*anywhere, *phase.exits, *phase.at_end]


def _find(elements: tuple[N, ...], name: str) -> N:
    for element in elements:
        if element.name == name:
            return element
    raise KeyError(name)
