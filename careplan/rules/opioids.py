"""Opioid agonists and antagonists of a plan, by pharmacologic class, and how they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careplan.plan.model import Drug, Medication, tests_of
from careplan.rules.together import Meeting, Pair

if TYPE_CHECKING:
    from careplan.rules.context import RuleContext

AGONISTS = ("opioid-full-agonist", "opioid-partial-agonist")
ANTAGONIST = "opioid-antagonist"
REVERSAL = "opioid-overdose-reversal"


class OpioidPair(NamedTuple):
    """An agonist and an antagonist of a plan, how they can run at once, and how soon one follows."""

    agonist: Medication
    antagonist: Medication
    at_once: Meeting | None
    soonest: Meeting | None


def agonists(context: RuleContext) -> list[Medication]:
    """The courses of opioid agonists: methadone and buprenorphine in all their forms."""
    return context.of_class(*AGONISTS)


def antagonists(context: RuleContext) -> list[Medication]:
    """The courses of opioid antagonists; also of a combination that holds the ingredient of one."""
    drugs = context.drug_of
    return [m for m in context.plan.medications if m.name in drugs and _blocks(drugs[m.name])]


def _blocks(drug: Drug) -> bool:
    return drug.drug_class == ANTAGONIST or "naltrexone" in drug.ingredients


def opioid_pairs(context: RuleContext) -> tuple[OpioidPair, ...]:
    """Every agonist with every antagonist of the plan."""
    return tuple(
        OpioidPair(agonist, antagonist, *Pair(context, agonist, antagonist, opioids=True).meet())
        for antagonist in antagonists(context)
        for agonist in agonists(context)
        if agonist is not antagonist
    )


def treats_opioids(context: RuleContext) -> bool:
    """Whether the plan is for opioids, or does not say for what."""
    substances = context.plan.substances
    return not substances or any("opioid" in s or "opiate" in s for s in substances)


def way_words(met: Meeting) -> str:
    """The way on which two courses meet, for the margin: `on the way a → b`."""
    return f"on the way {' → '.join(met.way)}" if len(met.way) > 1 else ""


def goes_on_from_another(context: RuleContext, course: Medication, drug: Drug) -> bool:
    """Whether the start asks for another course of the same class."""
    tests = tests_of(course.start.when) if course.start is not None else ()
    return any(
        t.subject == "medication"
        and (other := context.drug_of.get(t.name or "")) is not None
        and other.drug_class == drug.drug_class
        for t in tests
    )
