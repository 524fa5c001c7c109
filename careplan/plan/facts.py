"""Facts known at admission: the values that can make a difference, and conditions that they decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from careplan.plan.model import AnyOf, Condition, Fact, NotSo, Plan, Test, tests_of

FactValue = str | float
Facts = Mapping[str, FactValue]

# More combinations than this are not told apart: no published programme comes near it.
MOST_ASSIGNMENTS = 4096


def holds(condition: Condition | None, facts: Facts) -> bool | None:
    """Whether a condition on facts holds: None if it rests on a fact not given, or on anything else."""
    if condition is None:
        return True
    if isinstance(condition, Test):
        return _test_holds(condition, facts)
    if isinstance(condition, NotSo):
        inner = holds(condition.part, facts)
        return None if inner is None else not inner
    found = [holds(part, facts) for part in condition.parts]
    decisive = isinstance(condition, AnyOf)
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def deciding_facts(plan: Plan, conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """The names of the facts that some of the conditions look at, in the plan's order."""
    named = {test.name for c in conditions for test in tests_of(c) if test.subject == "fact"}
    return tuple(fact.name for fact in plan.facts if fact.name in named)


def assignments(
    plan: Plan, conditions: Iterable[Condition | None], given: Facts | None = None
) -> list[dict[str, FactValue]]:
    """Every set of fact values that the conditions tell apart; numbers are cut where they are compared.

    `given` values are kept as they are. What `admit when` rules out is left out. With no deciding fact the
    list holds one assignment.
    """
    wanted = list(conditions)
    given = dict(given or {})
    tests = [t for c in [*wanted, plan.admit] for t in tests_of(c) if t.subject == "fact"]
    names = [name for name in deciding_facts(plan, wanted) if name not in given]
    facts = {fact.name: fact for fact in plan.facts}
    choices = [_values(facts[name], [t for t in tests if t.name == name]) for name in names]
    found = [
        {**given, **dict(zip(names, values, strict=True))}
        for values in islice(product(*choices), MOST_ASSIGNMENTS)
    ]
    admitted = [each for each in found if holds(plan.admit, each) is not False]
    return admitted or found


def distinct_assignments(
    plan: Plan, conditions: Iterable[Condition | None], given: Facts | None = None
) -> list[dict[str, FactValue]]:
    """The assignments again, one for each pattern of conditions that hold."""
    wanted = [c for c in conditions if c is not None]
    seen: dict[tuple[bool | None, ...], dict[str, FactValue]] = {}
    for each in assignments(plan, wanted, given):
        seen.setdefault(tuple(holds(c, each) for c in wanted), each)
    return list(seen.values())


def _test_holds(test: Test, facts: Facts) -> bool | None:
    if test.subject != "fact" or test.name is None or test.name not in facts:
        return None
    actual = facts[test.name]
    if test.operator in ("is", "is not"):
        return _equals(actual, test) == (test.operator == "is")
    if test.value is None or isinstance(actual, str) or isinstance(test.value, str):
        return None
    outcomes = {
        "<": actual < test.value,
        "<=": actual <= test.value,
        ">": actual > test.value,
        ">=": actual >= test.value,
    }
    return outcomes.get(test.operator)


def _equals(actual: FactValue, test: Test) -> bool:
    if test.value is None:  # a bare `co-occurring`
        return actual == "yes"
    if test.high is not None and not isinstance(actual, str) and not isinstance(test.value, str):
        return test.value <= actual <= test.high
    return actual == test.value


def _values(fact: Fact, tests: list[Test]) -> list[FactValue]:
    domain = fact.domain
    if domain.kind != "number":
        return list(domain.values) or ["yes", "no"]
    seen: dict[tuple[bool | None, ...], FactValue] = {}
    for value in _numbers(domain.low, domain.high, tests):
        seen.setdefault(tuple(_test_holds(t, {fact.name: value}) for t in tests), value)
    return list(seen.values())


def _numbers(low: float | None, high: float | None, tests: list[Test]) -> Iterator[float]:
    """One number from every stretch that the tests can tell apart, ascending."""
    constants = {c for t in tests for c in (t.value, t.high) if isinstance(c, (int, float))}
    first = low if low is not None else min(constants, default=0.0) - 1
    last = high if high is not None else max(constants, default=0.0) + 1
    cuts = sorted({first, last, *(c for c in constants if first <= c <= last)})
    for this, following in zip(cuts, [*cuts[1:], None], strict=True):
        yield this
        if following is not None:
            whole = float(this).is_integer() and float(following).is_integer()
            if not whole:
                yield (this + following) / 2
            elif following - this > 1:
                yield this + 1
