"""The slots of an expected stay, worked out once for each admission weekday and set of facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from careplan.plan.facts import Facts, FactValue
from careplan.plan.model import Plan
from careplan.stay.expected import Length, deciding_facts, expected_days, expected_program
from careplan.stay.program import Program
from careplan.stay.schedule.slots import Slot, slots_of


class MissingFacts(ValueError):
    """Facts that decide what a person gets, and were not given; `names` are theirs."""

    def __init__(self, names: tuple[str, ...]):
        self.names = names
        listed = ", ".join(f"`{name}`" for name in names)
        super().__init__(f"the plan decides by {listed}: say what it is for this person")


class UnknownFact(ValueError):
    """A fact, or a value of one, that the plan does not have."""


class _Same(NamedTuple):
    """A plan by identity: comparing plans part by part would cost more than the work that is saved."""

    plan: Plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.plan is other.plan


def template(
    plan: Plan,
    weekday: int,
    facts: Facts | None = None,
    length: Length = "shortest",
    stays: Mapping[str, int] | None = None,
) -> tuple[Slot, ...]:
    """The slots of the expected stay of somebody admitted on `weekday` (0 is Monday).

    Raises MissingFacts and UnknownFact, both ValueErrors.
    """
    given = checked_facts(plan, facts or {})
    missing = tuple(name for name in deciding_facts(plan) if name not in given)
    if missing:
        raise MissingFacts(missing)
    for name in stays or {}:
        if name not in {p.name for p in plan.phases}:
            raise ValueError(f"the plan has no phase `{name}`")
    chosen = tuple(sorted((stays or {}).items()))
    return _template(_Same(plan), weekday, tuple(sorted(given.items(), key=str)), length, chosen)


@lru_cache(maxsize=256)
def _template(
    same: _Same,
    weekday: int,
    facts: tuple[tuple[str, FactValue], ...],
    length: Length,
    stays: tuple[tuple[str, int], ...],
) -> tuple[Slot, ...]:
    program = _program(same, facts)
    return slots_of(program, expected_days(program, weekday, length, dict(stays)))


@lru_cache(maxsize=64)
def _program(same: _Same, facts: tuple[tuple[str, FactValue], ...]) -> Program:
    return expected_program(same.plan, dict(facts))


def checked_facts(plan: Plan, facts: Mapping[str, object]) -> dict[str, FactValue]:
    """The facts as the plan knows them: True and False are yes and no. UnknownFact where it does not."""
    known = {fact.name: fact.domain for fact in plan.facts}
    found: dict[str, FactValue] = {}
    for name, value in facts.items():
        if name not in known:
            names = ", ".join(f"`{n}`" for n in known) or "none"
            raise UnknownFact(f"the plan has no fact `{name}`; it has {names}")
        domain = known[name]
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if domain.kind == "number":
            found[name] = _number(name, value, domain.low, domain.high)
            continue
        allowed = domain.values or ("yes", "no")
        if value not in allowed:
            raise UnknownFact(f"`{name}` is {' or '.join(allowed)}, not {value!r}")
        found[name] = str(value)
    return found


def _number(name: str, value: object, low: float | None, high: float | None) -> float:
    if not isinstance(value, int | float):
        raise UnknownFact(f"`{name}` is a number, not {value!r}")
    if (low is not None and value < low) or (high is not None and value > high):
        raise UnknownFact(f"`{name}` is {low:g} to {high:g}, not {value:g}")
    return float(value)
