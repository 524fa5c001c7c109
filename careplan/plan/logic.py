"""Whether conditions can hold together, as far as their values alone can tell."""

from __future__ import annotations

from itertools import pairwise, product
from typing import NamedTuple

from careplan.plan.context import Context
from careplan.plan.model import AllOf, AnyOf, Condition, NotSo, Test

# A condition that unfolds into more cases than this is taken to be possible.
MOST_CASES = 64

Key = tuple[str, str, int]
Value = str | float


class Literal(NamedTuple):
    """A test that must hold, or (`so` False) must not."""

    test: Test
    so: bool


def can_hold_together(context: Context, *conditions: Condition) -> bool:
    """Whether some day could see all the conditions hold; True wherever that is not plain."""
    options = [cases(condition) for condition in conditions]
    count = 1
    for option in options:
        count *= len(option)
    if count > MOST_CASES:
        return True
    return any(_possible(context, [x for case in choice for x in case]) for choice in product(*options))


def cases(condition: Condition, so: bool = True) -> list[list[Literal]]:
    """The condition as a choice of cases, each a list of tests that must hold or must not."""
    if isinstance(condition, Test):
        return [[Literal(condition, so)]]
    if isinstance(condition, NotSo):
        return cases(condition.part, not so)
    parts = [cases(part, so) for part in condition.parts]
    if isinstance(condition, AnyOf if so else AllOf):
        return [case for part in parts for case in part]
    found: list[list[Literal]] = [[]]
    for part in parts:
        found = [a + b for a in found for b in part][: MOST_CASES + 1]
    return found


def _possible(context: Context, literals: list[Literal]) -> bool:
    groups: dict[Key, list[Literal]] = {}
    for literal in literals:
        key = _now(literal)
        if key is not None:
            groups.setdefault(key, []).append(literal)
    if not all(fits(context, group) for group in groups.values()):
        return False
    whole = [x for x in literals if x.so and x.test.for_days is not None and x.test.subject == "measure"]
    return all(_windows_agree(context, each, other) for each in whole for other in literals)


def _now(literal: Literal) -> Key | None:
    """What single value, known today, the test looks at; None where it looks at several."""
    test = literal.test
    if test.times is not None or test.within_days is not None or test.operator in ("falls by", "rises by"):
        return None
    if test.for_days is not None and not literal.so:
        return None
    if test.value == "missing":
        return None
    if test.subject == "event" or (test.subject == "missed" and test.in_a_row):
        return None
    subject = "days" if test.subject == "weeks" else test.subject
    return (subject, test.name or "", (test.over_days or 0) * 2 + test.since_admission)


def _windows_agree(context: Context, whole: Literal, other: Literal) -> bool:
    """A value in a window shorter than the one in which every value agrees must agree as well."""
    test = other.test
    if not other.so or test.subject != "measure" or test.name != whole.test.name:
        return True
    if test.within_days is None or test.within_days > (whole.test.for_days or 0):
        return True
    return fits(context, [whole, other])


def fits(context: Context, literals: list[Literal]) -> bool:
    """Whether one value satisfies all the tests, which look at the same thing."""
    first = literals[0].test
    return any(
        all(satisfies(context, literal.test, value) == literal.so for literal in literals)
        for value in values(context, first, [literal.test for literal in literals])
    )


def values(context: Context, first: Test, tests: list[Test]) -> list[Value]:
    """A value for every way in which the tests, all of one subject, can turn out."""
    low, high = 0.0, float("inf")
    if first.subject == "medication":
        return ["taking", "not taking"]
    if first.subject in ("measure", "fact"):
        domain = context.domain(first.name or "")
        if domain is None or domain.kind != "number":
            return list(domain.values) if domain is not None else ["yes", "no"]
        low = domain.low if domain.low is not None else 0.0
        high = domain.high if domain.high is not None else high
    elif first.subject == "attendance":
        high = 100.0
    cuts = {low, high} | {end for test in tests for end in bounds(context, test) if low <= end <= high}
    points = sorted(cuts)
    between = [(a + b) / 2 if b != float("inf") else a + 1 for a, b in pairwise(points)]
    return [*(p for p in points if p != float("inf")), *between]


def bounds(context: Context, test: Test) -> tuple[float, ...]:
    """The numbers that a test compares with: none for words, a band's two ends for a band."""
    if isinstance(test.value, str):
        measure = context.measures.get(test.name or "")
        bands = measure.bands if measure else ()
        return next(((band.low, band.high) for band in bands if band.name == test.value), ())
    if test.value is None:
        return ()
    scale = 7 if test.subject == "weeks" else 1
    return (test.value * scale,) if test.high is None else (test.value * scale, test.high * scale)


def satisfies(context: Context, test: Test, value: Value) -> bool:
    """Whether the value makes the test true."""
    if test.subject == "medication":
        return value == "taking"
    if isinstance(value, str):
        return (value == (test.value or "yes")) == (test.operator != "is not")
    ends = bounds(context, test)
    if not ends:
        return True
    if test.operator in ("is", "is not"):
        return (ends[0] <= value <= ends[-1]) == (test.operator == "is")
    return {
        "<": value < ends[0],
        "<=": value <= ends[0],
        ">": value > ends[0],
        ">=": value >= ends[0],
    }.get(test.operator, True)
