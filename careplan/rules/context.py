"""What the rules share: the plan, and what follows from it, computed once on first use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from careplan.plan.context import Context
from careplan.plan.courses import Course, courses
from careplan.plan.levels import edition_of
from careplan.plan.model import Drug, Medication, Phase, Plan
from careplan.plan.weeks import HoursSpan, phase_hours

if TYPE_CHECKING:
    from careplan.rules.opioids import OpioidPair


@dataclass(frozen=True)
class RuleContext(Context):
    """A plan without errors, and the names of the packs that are in force for it."""

    packs: frozenset[str] = frozenset()

    @cached_property
    def edition(self) -> str | None:
        """The edition of the ASAM Criteria, "3" or "4": the plan's own, else the configuration's.

        None where none is followed, or both.
        """
        own = edition_of(self.plan)
        if own is not None or {"asam-3", "asam-4"} <= {*self.plan.follows}:
            return own
        named = self.packs & {"asam-3", "asam-4"}
        return next(iter(named))[-1] if len(named) == 1 else None

    @cached_property
    def hours(self) -> dict[str, tuple[HoursSpan, ...]]:
        """The clinical minutes per week of each phase, by its name; added up when first asked for."""
        return _Hours(self.plan)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """Every medication course in every phase where it can run."""
        return courses(self.plan)

    @cached_property
    def opioid_pairs(self) -> tuple[OpioidPair, ...]:
        """Every opioid agonist with every opioid antagonist of the plan, and how they meet."""
        from careplan.rules.opioids import opioid_pairs

        return opioid_pairs(self)

    @cached_property
    def adolescents(self) -> bool:
        """Whether the plan is for adolescents alone."""
        return self.plan.population == ("adolescents",)

    def level(self, phase: Phase) -> str:
        """The code of the phase's level of care, or ""."""
        return phase.level.code if phase.level else ""

    @cached_property
    def drug_of(self) -> dict[str, Drug]:
        """The formulary entry of each medication, by the medication's name."""
        drugs = {drug.name: drug for drug in self.plan.drugs}
        return {m.name: drugs[m.drug] for m in self.plan.medications if m.drug in drugs}

    def of_class(self, *classes: str) -> list[Medication]:
        """The medications whose drug is of one of these pharmacologic classes."""
        return [
            m
            for m in self.plan.medications
            if m.name in self.drug_of and self.drug_of[m.name].drug_class in classes
        ]


class _Hours(dict[str, tuple[HoursSpan, ...]]):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def __missing__(self, name: str) -> tuple[HoursSpan, ...]:
        found = self[name] = phase_hours(self.plan, self.plan.phase(name))
        return found


def rule_context(plan: Plan, packs: Iterable[str] = ()) -> RuleContext:
    """The context of a whole plan, for the rules of these packs beside those that it follows."""
    return RuleContext(plan, packs=frozenset(plan.follows).union(packs))
