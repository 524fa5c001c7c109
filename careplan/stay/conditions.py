"""Conditions of a plan, made ready to be asked: functions of a moment of a stay, with three truth values."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from careplan.plan import facts as plan_facts
from careplan.plan.model import AllOf, Condition, Measure, NotSo, Plan, Test
from careplan.stay.attendance import Attended, Missed, Share, ShareOver
from careplan.stay.records import MISSING, Value
from careplan.stay.tallies import Change, Hits, Latest, Tally, Truth, Unbroken, WasMissed

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.eq,
    "is not": operator.ne,
}
LONGEST = 1_000_000  # days: no window is longer


class Moment(Protocol):
    """What a condition may look at: the end of day `day` of the visit, `plan_day` of the stay."""

    tallies: list[Any]
    day: int
    plan_day: int

    @property
    def since(self) -> Mapping[str, int]:
        """The first day of each running course."""

    def lacks(self, fact: str) -> None:
        """Told that a fact is asked for that nobody gave."""


Asked = Callable[[Moment], Truth]


def negated(part: Asked) -> Asked:
    """Not: what is unknown stays unknown."""

    def ask(moment: Moment) -> Truth:
        truth = part(moment)
        return None if truth is None else not truth

    return ask


def all_hold(parts: Sequence[Asked]) -> Asked:
    """And, after Kleene: one False decides."""

    def ask(moment: Moment) -> Truth:
        found: Truth = True
        for part in parts:
            truth = part(moment)
            if truth is False:
                return False
            if truth is None:
                found = None
        return found

    return ask


def any_holds(parts: Sequence[Asked]) -> Asked:
    """Or, after Kleene: one True decides."""

    def ask(moment: Moment) -> Truth:
        found: Truth = False
        for part in parts:
            truth = part(moment)
            if truth:
                return True
            if truth is None:
                found = None
        return found

    return ask


class Leaf(NamedTuple):
    """One test made ready: the tally that answers it (its place; None where none does) and the question."""

    test: Test
    place: int | None
    asked: Asked


class Conditions:
    """All conditions of a plan, for the given facts; tests that are the same share one tally."""

    def __init__(self, plan: Plan, facts: plan_facts.Facts):
        self.facts = facts
        self.tallies: list[Tally] = []
        self._measures = {m.name: m for m in plan.measures}
        self._places: dict[tuple[Any, ...], int] = {}
        self._leaves: dict[int, Leaf] = {}
        self._kept: list[Condition] = []  # so that no id is used twice

    def ready(self, condition: Condition | None) -> Asked | None:
        """The question that the condition asks; None where there is no condition."""
        if condition is None:
            return None
        if isinstance(condition, Test):
            return self.leaf(condition).asked
        if isinstance(condition, NotSo):
            inner = self.ready(condition.part)
            assert inner is not None
            return negated(inner)
        parts = tuple(part for c in condition.parts if (part := self.ready(c)) is not None)
        return all_hold(parts) if isinstance(condition, AllOf) else any_holds(parts)

    def leaf(self, test: Test) -> Leaf:
        """One test made ready."""
        found = self._leaves.get(id(test))
        if found is None:
            found = self._leaves[id(test)] = self._leaf(test)
            self._kept.append(test)
        return found

    def _leaf(self, test: Test) -> Leaf:
        if test.subject == "fact":
            return Leaf(test, None, self._fact(test))
        if test.subject in ("days", "weeks"):
            return Leaf(test, None, _clock(test))
        if test.subject == "medication":
            return Leaf(test, None, _taking(test))
        place = self._place(test)
        tally = self.tallies[place]
        return Leaf(test, place, lambda moment: tally.answer(moment.tallies[place], moment.plan_day))

    def _fact(self, test: Test) -> Asked:
        truth = plan_facts.holds(test, self.facts)
        name = test.name or ""
        if truth is not None:
            return lambda _moment: truth

        def unknown(moment: Moment) -> Truth:
            moment.lacks(name)
            return None

        return unknown

    def _place(self, test: Test) -> int:
        key = tuple(v for k, v in test.__dict__.items() if k != "span")
        if key not in self._places:
            self._places[key] = len(self.tallies)
            self.tallies.append(self._tally(test))
        return self._places[key]

    def _tally(self, test: Test) -> Tally:
        whole = test.since_admission
        if test.subject in ("attendance", "sessions", "missed"):
            return _sessions_tally(test)
        if test.subject == "event":
            return Hits(test.name, whole, lambda _value: True, None, test.times or 1, test.within_days, False)
        measure = self._measures.get(test.name or "")
        missing = measure.missing_as if measure else None
        if test.operator in ("falls by", "rises by"):
            by = float(test.value) if isinstance(test.value, int | float) else 0.0
            return Change(test.name, whole, test.operator == "rises by", by, test.percent, missing)
        if test.value == MISSING:
            if not (test.times or test.within_days or test.for_days):
                return WasMissed(test.name, whole, test.operator == "is")
            missing = MISSING  # what is asked is whether it was missed, whatever that counts as
        holds = result_holds(test, measure)
        if test.for_days is not None:
            return Unbroken(test.name, holds, missing, test.for_days)
        if test.times is not None or test.within_days is not None:
            return Hits(test.name, whole, holds, missing, test.times or 1, test.within_days, test.in_a_row)
        return Latest(test.name, whole, holds, missing)


def result_holds(test: Test, measure: Measure | None) -> Callable[[Value], bool]:
    """Whether one result makes the comparison of a test true; a band stands for its range."""
    low: Any = test.value if test.value is not None else "yes"
    high = test.high
    if isinstance(low, str) and measure is not None:
        low, high = next(((b.low, b.high) for b in measure.bands if b.name == low), (low, high))
    if test.operator in ("is", "is not"):
        wanted = test.operator == "is"
        if high is None:
            return lambda value: (value == low) == wanted
        return lambda value: _between(value, low, high) == wanted
    compare = _OPERATORS[test.operator]

    def compares(value: Value) -> bool:
        return not isinstance(value, str) and not isinstance(low, str) and compare(value, low)

    return compares


def _between(value: Value, low: Any, high: Any) -> bool:
    return not isinstance(value, str) and low <= value <= high


def _sessions_tally(test: Test) -> Tally:
    compare_with = float(test.value) if isinstance(test.value, int | float) else 0.0
    most = int(compare_with if test.high is None else test.high)
    compare = _number_compares(test)
    if test.subject == "attendance":
        if test.over_days is not None:
            return ShareOver(test.name, test.since_admission, compare, max(1, -(-test.over_days // 7)))
        return Share(test.name, test.since_admission, compare)
    if test.subject == "sessions":
        return Attended(test.name, test.since_admission, compare, most, test.within_days)
    return Missed(test.name, test.since_admission, compare, most, test.in_a_row, test.within_days)


def _number_compares(test: Test) -> Callable[[float], bool]:
    value = float(test.value) if isinstance(test.value, int | float) else 0.0
    if test.high is not None:
        high, wanted = test.high, test.operator == "is"
        return lambda number: (value <= number <= high) == wanted
    compare: Callable[[float, float], bool] = _OPERATORS.get(test.operator, operator.ge)
    return lambda number: compare(number, value)


def _clock(test: Test) -> Asked:
    compare, length = _number_compares(test), 7 if test.subject == "weeks" else 1
    if test.since_admission:
        return lambda moment: compare(moment.plan_day // length)
    return lambda moment: compare(moment.day // length)


def _taking(test: Test) -> Asked:
    name = test.name or ""
    if test.for_days is None:
        return lambda moment: name in moment.since
    days = test.for_days

    def for_so_long(moment: Moment) -> Truth:
        since = moment.since.get(name)
        if since is None:
            return False
        if moment.plan_day - since + 1 >= days:
            return True
        # It has run ever since admission, and the window reaches back further than that.
        return None if since <= 1 else False

    return for_so_long
