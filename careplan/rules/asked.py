"""What the packs in force ask of a phase: hours a week by level of care, edition and age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.facts import assignments
from careplan.plan.levels import HoursRange, hours_range
from careplan.plan.model import Phase, Test
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact

# Where the District of Columbia has hours of its own, they are the third edition's.
DC_EDITION = "3"


class Asked(NamedTuple):
    """One limit of hours a week, where it comes from, and for whom it holds."""

    hours: float
    credit: str
    people: str
    below: bool = False  # of a ceiling: the limit itself is too much


def floor(context: RuleContext, phase: Phase) -> Asked | None:
    """The most that any pack in force asks for at least, for the phase's level; None if nothing is asked."""
    found = [Asked(r.low, r.credit, people) for r, people in _ranges(context, phase) if r.low]
    return max(found, key=lambda asked: asked.hours, default=None)


def ceiling(context: RuleContext, phase: Phase) -> Asked | None:
    """The least that any pack in force allows at most, for the phase's level; None if nothing is said."""
    found = [
        Asked(r.high, r.credit, people, r.below)
        for r, people in _ranges(context, phase)
        if r.high is not None
    ]
    return min(found, key=lambda asked: (asked.hours, not asked.below), default=None)


def young(context: RuleContext) -> bool | None:
    """Whether the plan is for adolescents alone; None where it is for adults, too."""
    populations = set(context.plan.population) or {"adults"}
    if len(populations) > 1:
        return None
    return populations == {"adolescents"}


def _ranges(context: RuleContext, phase: Phase) -> Iterator[tuple[HoursRange, str]]:
    """The ranges of every pack, and the people that each is for."""
    is_young = young(context)
    if phase.level is None or is_young is None:
        return
    people = "adolescents" if is_young else "adults"
    if context.edition is not None:
        editions: tuple[str, ...] = (context.edition,)
    else:
        editions = tuple(e for e in ("3", "4") if f"asam-{e}" in context.packs)
    for edition in editions:
        found = hours_range(phase.level.code, people, edition)
        if found is not None:
            yield found, people
    if "dc" in context.packs:
        yield from _in_dc(context, phase.level.code, is_young)


def _in_dc(context: RuleContext, code: str, is_young: bool) -> Iterator[tuple[HoursRange, str]]:
    if code == "1":
        most = fact("dc.level-1.hours-at-most")
        yield HoursRange(0.0, most.value, False, most.url, most.mark, most.source), "everyone"
        return
    is_young = is_young or _all_younger(context, fact("dc.youth.below-age").value)
    found = hours_range(code, "adolescents" if is_young else "adults", DC_EDITION)
    if found is not None:
        yield found, "youth under 21" if is_young else "adults"


def _all_younger(context: RuleContext, age: float) -> bool:
    """Whether the plan has a fact called `age`, and admits only people who are younger than that."""
    plan = context.plan
    if not any(f.name == "age" and f.domain.kind == "number" for f in plan.facts) or plan.admit is None:
        return False
    cut = Test(subject="fact", name="age", operator="<", value=age)  # so that ages on both sides are tried
    ages = [each.get("age") for each in assignments(plan, [plan.admit, cut])]
    return all(isinstance(a, (int, float)) and a < age for a in ages)
