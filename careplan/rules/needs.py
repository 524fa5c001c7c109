"""What a condition asks for in a given state of a stay: whether it can hold, and from which day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from careplan.plan.context import Context
from careplan.plan.logic import Literal, Value, cases, satisfies
from careplan.plan.model import Condition, Test
from careplan.rules.hints import OPIOID_FREE, OPIOID_USE, days_told, is_about, says_negative

Case = tuple[Literal, ...]
Running = Mapping[str, bool]

LONG_ENOUGH = 10_000.0
"""The days that a plain `opioid-free` stands for: as many as the clinic asks for."""


class Needs(NamedTuple):
    """From which day of the visit a condition can hold, and how many opioid-free days it asks for."""

    day: int
    opioid_free: float


def ways_to_hold(condition: Condition | None) -> tuple[Case, ...]:
    """The cases in which a condition holds; one without any test where there is none."""
    return ((),) if condition is None else tuple(tuple(case) for case in cases(condition))


def needs(
    context: Context, ways: tuple[Case, ...], world: Mapping[str, Value], running: Running, opioid_taken: bool
) -> Needs | None:
    """What the easiest way asks for; None if none can hold.

    `world` gives the facts, `running` the courses of which it is known whether they run; `opioid_taken` says
    that an opioid is taken, so that nothing that asks for opioid-free days can hold.
    """
    found: list[Needs] = []
    for case in ways:
        if all(_can_be(context, literal, world, running) for literal in case):
            told = [_opioid_free(context, literal) for literal in case]
            if not (opioid_taken and any(by_name for _, by_name in told)):
                day = first_day(case)
                found.append(Needs(day, max((days for days, _ in told), default=0.0)))
    if not found:
        return None
    return Needs(min(n.day for n in found), min(n.opioid_free for n in found))


def surely(context: Context, ways: tuple[Case, ...], world: Mapping[str, Value]) -> bool:
    """Whether the facts alone make the condition hold."""
    return any(
        all(
            test.subject == "fact"
            and (test.name or "") in world
            and satisfies(context, test, world[test.name or ""]) == so
            for test, so in case
        )
        for case in ways
    )


def _can_be(context: Context, literal: Literal, world: Mapping[str, Value], running: Running) -> bool:
    test, so = literal
    name = test.name or ""
    if test.subject == "fact" and name in world:
        return satisfies(context, test, world[name]) == so
    if test.subject == "medication" and name in running:
        if not running[name]:
            return not so
        return so or test.for_days is not None  # it may not run for so long yet
    return True


def first_day(case: Case) -> int:
    """The first day of the visit on which the case can hold; days since admission may be over before it."""
    return max((_first_day(test, so) for test, so in case if not test.since_admission), default=1)


def first_day_of_stay(case: Case) -> int:
    """The first day of the stay on which the case can hold, as far as it speaks of days since admission."""
    return max((_first_day(test, so) for test, so in case if test.since_admission), default=1)


def _first_day(test: Test, so: bool) -> int:
    if test.subject not in ("days", "weeks") or not isinstance(test.value, float | int):
        return 1
    scale = 7 if test.subject == "weeks" else 1
    if so and test.operator in (">=", ">", "is"):
        return int(test.value * scale) + (test.operator == ">")
    if not so and test.operator in ("<", "<="):
        return int(test.value * scale) + (test.operator == "<=")
    return 1


def _opioid_free(context: Context, literal: Literal) -> tuple[float, bool]:
    """The opioid-free days that a test asks for, and whether its own words speak of being opioid-free."""
    test, so = literal
    if test.subject != "measure":
        return 0.0, False
    return opioid_free_days(context, test, so)


def opioid_free_days(context: Context, test: Test, so: bool) -> tuple[float, bool]:
    """As `_opioid_free`, for a measure or a fact."""
    literal = Literal(test, so)
    domain = context.domain(test.name or "")
    if is_about(context, test.name, OPIOID_FREE):
        number = domain is not None and domain.kind == "number"
        if number and test.operator in (">", ">=", "is") and so:
            days = days_told(context, test)
            return (LONG_ENOUGH if days is None else days), True
        if number or says_negative(literal):
            return 0.0, False
        return LONG_ENOUGH, True
    clean = test.for_days is not None and so and says_negative(literal)
    if clean and is_about(context, test.name, OPIOID_USE):
        return float(test.for_days or 0), False
    return 0.0, False
