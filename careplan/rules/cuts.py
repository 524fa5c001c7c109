"""Where a comparison cuts a measure's range in two, and which side it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.logic import cases
from careplan.plan.model import Condition, Measure, Test

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Cut(NamedTuple):
    """One comparison of a measure's latest value: `above` or below `at`, which is part of it (`takes_in`)."""

    measure: str
    above: bool
    at: float
    takes_in: bool
    test: Test

    def holds(self, value: float) -> bool:
        """Whether the value is on the side that is asked for."""
        if value == self.at:
            return self.takes_in
        return (value > self.at) == self.above

    def edge(self, whole: bool) -> float:
        """Where the upper of the two sides begins; of a `whole` score, its first value."""
        return self.at + 1 if whole and self.above != self.takes_in else self.at


def cut_of(test: Test, so: bool = True) -> Cut | None:
    """The cut that a test makes, or (`so` False) its opposite; None where it compares nothing by size."""
    operator = test.operator if so else _OPPOSITE.get(test.operator, "")
    if test.subject != "measure" or operator not in _OPPOSITE or isinstance(test.value, str):
        return None
    if test.value is None or test.name is None:
        return None
    return Cut(test.name, operator[0] == ">", test.value, operator.endswith("="), test)


def cuts_of(condition: Condition | None) -> list[Cut]:
    """The cuts that must all hold; none where the condition is a choice between several cases."""
    every = cases(condition) if condition is not None else []
    return [cut for literal in every[0] if (cut := cut_of(*literal))] if len(every) == 1 else []


def only_cut(condition: Condition | None) -> Cut | None:
    """The cut that is the whole condition, if it is one."""
    cuts = cuts_of(condition)
    every = cases(condition) if condition is not None else []
    return cuts[0] if len(cuts) == 1 and len(every[0]) == 1 else None


def facing(one: Condition | None, other: Condition | None) -> Iterator[tuple[Cut, Cut]]:
    """Pairs of cuts of one measure, of two conditions, of which one asks for more and one for less."""
    for first in cuts_of(one):
        for second in cuts_of(other):
            if first.measure == second.measure and first.above != second.above:
                yield first, second


def is_whole(measure: Measure) -> bool:
    """Whether the measure is a score, which has no values between the whole numbers."""
    ends = [measure.domain.low, measure.domain.high, *(end for b in measure.bands for end in (b.low, b.high))]
    return measure.domain.unit is None and all(end is not None and end == int(end) for end in ends)


def share(one: Cut, other: Cut, whole: bool) -> bool:
    """Whether some value is on both sides that are asked for, of which one is above and one below."""
    upper, lower = (one, other) if one.above else (other, one)
    first, last = upper.edge(whole), lower.edge(whole)
    return first < last or (first == last and not whole and upper.takes_in and lower.takes_in)


def touch(one: Cut, other: Cut, whole: bool) -> bool:
    """Whether no value lies between the two sides."""
    upper, lower = (one, other) if one.above else (other, one)
    first, last = upper.edge(whole), lower.edge(whole)
    return first < last or (first == last and (whole or upper.takes_in or lower.takes_in))
