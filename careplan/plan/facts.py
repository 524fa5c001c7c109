"""Facts known at admission: the values that can make a difference, and conditions that they decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, pairwise, product
from typing import NamedTuple

from careplan.plan.model import AnyOf, Condition, Fact, NotSo, Plan, Test, tests_of

FactValue = str | float
Facts = Mapping[str, FactValue]

# More combinations than this are not told apart: no published programme comes near it.
MOST_ASSIGNMENTS = 4096


class Region(NamedTuple):
    """One value that stands for all that make no difference, and words for them (`age 12 to 17`)."""

    value: FactValue
    words: str


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
    names = [name for name in deciding_facts(plan, wanted) if name not in given]
    facts = {fact.name: fact for fact in plan.facts}
    choices = [[r.value for r in regions(facts[name], [*wanted, plan.admit])] for name in names]
    found = [
        {**given, **dict(zip(names, values, strict=True))}
        for values in islice(product(*choices), MOST_ASSIGNMENTS)
    ]
    admitted = [each for each in found if holds(plan.admit, each) is not False]
    return admitted or found


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


def regions(fact: Fact, conditions: Iterable[Condition | None]) -> list[Region]:
    """The values of a fact that the conditions can tell apart, each with words for it."""
    tests = [t for c in conditions for t in tests_of(c) if t.subject == "fact" and t.name == fact.name]
    domain = fact.domain
    if domain.kind != "number":
        return [Region(v, f"{fact.name} is {v}") for v in domain.values or ("yes", "no")]
    runs: list[tuple[tuple[bool | None, ...], list[float]]] = []
    for number in _numbers(domain.low, domain.high, tests):
        truth = tuple(_test_holds(t, {fact.name: number}) for t in tests)
        if runs and runs[-1][0] == truth:
            runs[-1][1].append(number)
        else:
            runs.append((truth, [number]))
    return [
        Region(run[0], f"{fact.name} {run[0]:g}" + (f" to {run[-1]:g}" if len(run) > 1 else ""))
        for _, run in runs
    ]


def _numbers(low: float | None, high: float | None, tests: list[Test]) -> list[float]:
    """Numbers from every stretch that the tests can tell apart, both ends of each included, ascending."""
    constants = {c for t in tests for c in (t.value, t.high) if isinstance(c, (int, float))}
    first = low if low is not None else min(constants, default=0.0) - 1
    last = high if high is not None else max(constants, default=0.0) + 1
    cuts = sorted({first, last, *(c for c in constants if first <= c <= last)})
    found = set(cuts)
    for this, following in pairwise(cuts):
        if float(this).is_integer() and float(following).is_integer():
            found |= {n for n in (this + 1, following - 1) if this < n < following}
        else:
            found.add((this + following) / 2)
    return sorted(found)
