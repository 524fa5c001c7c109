"""What the rules share: the plan, and what follows from it, computed once on first use."""

from __future__ import annotations

from functools import cached_property

from careplan.plan.context import Context
from careplan.plan.model import Drug, Medication, Phase, Plan
from careplan.plan.weeks import HoursSpan, phase_hours


class RuleContext(Context):
    """A plan without errors, and the packs that are in force for it."""

    @cached_property
    def packs(self) -> frozenset[str]:
        """The packs that the plan says it follows."""
        return frozenset(self.plan.follows)

    @cached_property
    def hours(self) -> dict[str, tuple[HoursSpan, ...]]:
        """The clinical minutes per week of each phase, by its name."""
        return {phase.name: phase_hours(self.plan, phase) for phase in self.plan.phases}

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


def rule_context(plan: Plan) -> RuleContext:
    """The context of a whole plan."""
    return RuleContext(plan)
