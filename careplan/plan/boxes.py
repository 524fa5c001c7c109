"""Values and facts that none of several conditions answers: exact boxes over bands, yes or no, and choices.

Each measure and fact is cut where the conditions compare it; one value of each stretch stands for all of it.
This is exact, as the language compares no two of them with one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from careplan.plan.context import Context
from careplan.plan.logic import bounds, satisfies
from careplan.plan.model import AllOf, Condition, NotSo, Test, tests_of
from careplan.plan.words import number_words, range_words

Value = str | float

MOST_BOXES = 20_000
"""Boxes that are looked at; of more, nothing is said."""


class Stretch(NamedTuple):
    """Values of one measure or fact that the conditions do not tell apart: `low` to `high`, or one word."""

    name: str
    low: Value
    high: Value

    @property
    def words(self) -> str:
        """`age 45`, `score 10 to 14`, `track is day`."""
        if isinstance(self.low, str):
            return f"{self.name} is {self.low}"
        assert not isinstance(self.high, str)
        numbers = number_words(self.low) if self.low == self.high else range_words(self.low, self.high)
        return f"{self.name} {numbers}"


Box = tuple[Stretch, ...]


def is_plain(condition: Condition) -> bool:
    """Whether the condition asks for latest results and facts alone."""
    return all(_is_plain(test) for test in tests_of(condition))


def _is_plain(test: Test) -> bool:
    looks_back = (test.for_days, test.times, test.within_days, test.over_days)
    fine = test.subject in ("measure", "fact") and not any(looks_back) and not test.since_admission
    return fine and test.operator not in ("falls by", "rises by") and test.value != "missing"


def unanswered(context: Context, conditions: Sequence[Condition]) -> list[Box]:
    """The boxes in which none of the conditions holds; they must all be plain."""
    return [
        box for box in boxes(context, conditions) if not any(holds_in(context, c, box) for c in conditions)
    ]


def shared(context: Context, one: Condition, other: Condition) -> list[Box]:
    """The boxes in which both conditions hold; they must be plain."""
    every = boxes(context, (one, other))
    return [box for box in every if holds_in(context, one, box) and holds_in(context, other, box)]


def boxes(context: Context, conditions: Sequence[Condition]) -> Iterator[Box]:
    """Every box that the conditions tell apart."""
    names: dict[str, list[Test]] = {}
    for condition in conditions:
        for test in tests_of(condition):
            names.setdefault(test.name or "", []).append(test)
    sides = [list(stretches(context, name, tests)) for name, tests in names.items()]
    count = 1
    for side in sides:
        count *= len(side)
    if count <= MOST_BOXES:
        yield from product(*sides)


def holds_in(context: Context, condition: Condition, box: Box) -> bool:
    """Whether the condition holds for the values of a box."""
    if isinstance(condition, Test):
        stretch = next(s for s in box if s.name == condition.name)
        return satisfies(context, condition, stretch.low)
    if isinstance(condition, NotSo):
        return not holds_in(context, condition.part, box)
    joined = all if isinstance(condition, AllOf) else any
    return joined(holds_in(context, part, box) for part in condition.parts)


def stretches(context: Context, name: str, tests: Sequence[Test]) -> Iterator[Stretch]:
    """The values of a measure or fact, cut wherever a test can change its mind; whole numbers."""
    domain = context.domain(name)
    if domain is None or domain.kind != "number":
        for value in (domain.values if domain is not None else ()) or ("yes", "no"):
            yield Stretch(name, value, value)
        return
    ends = [end for test in tests for end in bounds(context, test)]
    low = domain.low if domain.low is not None else min(ends, default=0.0) - 1
    high = domain.high if domain.high is not None else max(ends, default=0.0) + 1
    points = sorted({low, high} | {p for end in ends for p in _around(end) if low <= p <= high})
    run: list[float] = []
    said: list[bool] = []
    for point in points:
        now = [satisfies(context, test, point) for test in tests]
        if run and now != said:
            yield Stretch(name, run[0], run[-1])
            run = []
        run, said = [*run, point], now
    yield Stretch(name, run[0], run[-1])


def _around(end: float) -> tuple[float, ...]:
    """A number that is compared with, and the whole numbers beside it."""
    if float(end).is_integer():
        return (end - 1, end, end + 1)
    return (float(int(end // 1)), end, float(int(end // 1)) + 1)
