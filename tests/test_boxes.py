"""Boxes against z3: which values conditions share, leave out, or never take, must agree on every case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from random import Random
from typing import Any

import pytest

import careplan
from careplan.plan.boxes import boxes, shared, unanswered
from careplan.plan.context import Context
from careplan.plan.logic import can_hold_together
from careplan.plan.model import AllOf, AnyOf, Condition, NotSo
from careplan.plan.model import Test as Question
from careplan.plan.possible import Possible

z3 = pytest.importorskip("z3")

PLAN = careplan.loads("""plan oracle "For the oracle"
  start in iop
fact age 12 to 99 years
fact track one of day, evening, weekend
fact pregnant yes or no
measure score 0 to 30, lower is better
  band mild 5 to 9
  band severe 20 to 30
measure mood 1 to 10, higher is better
measure uds one of negative, positive, not-given
phase iop "Intensive outpatient"
  lasts 8 weeks
  assess score weekly
  assess mood weekly
  assess uds weekly
  at end discharge as completed
outcome completed "Completed"
  planned
""")
CONTEXT = Context(PLAN)
NUMBERS = {"age": (12, 99), "score": (0, 30), "mood": (1, 10)}
WORDS = {
    "track": ("day", "evening", "weekend"),
    "pregnant": ("yes", "no"),
    "uds": ("negative", "positive", "not-given"),
}
BANDS = {"mild": (5, 9), "severe": (20, 30)}
QUESTIONS = 300


def some_test(random: Random) -> Question:
    """A test of the latest value of something."""
    name = random.choice([*NUMBERS, *WORDS])
    subject: Any = "fact" if name in ("age", "track", "pregnant") else "measure"
    if name in WORDS:
        operator: Any = random.choice(("is", "is not"))
        return Question(subject=subject, name=name, operator=operator, value=random.choice(WORDS[name]))
    low, high = NUMBERS[name]
    number = float(random.randint(low, high))
    if name == "score" and random.random() < 0.2:
        return Question(subject=subject, name=name, operator="is", value=random.choice(list(BANDS)))
    if random.random() < 0.2:
        upper = float(random.randint(int(number), high))
        operator = random.choice(("is", "is not"))
        return Question(subject=subject, name=name, operator=operator, value=number, high=upper)
    operator = random.choice(("<", "<=", ">", ">=", "is", "is not"))
    return Question(subject=subject, name=name, operator=operator, value=number)


def some_condition(random: Random, depth: int = 2) -> Condition:
    """Tests joined at random."""
    if not depth or random.random() < 0.35:
        return some_test(random)
    if random.random() < 0.25:
        return NotSo(part=some_condition(random, depth - 1))
    parts = tuple(some_condition(random, depth - 1) for _ in range(2))
    return AllOf(parts=parts) if random.random() < 0.5 else AnyOf(parts=parts)


class Oracle:
    """The same conditions for z3: whole numbers (or any, if `real`), and choices as numbers."""

    def __init__(self, real: bool = False):
        make = z3.Real if real else z3.Int
        self.of = {name: make(name) for name in NUMBERS} | {name: z3.Int(name) for name in WORDS}
        self.domain = [z3.And(self.of[n] >= low, self.of[n] <= high) for n, (low, high) in NUMBERS.items()]
        self.domain += [z3.And(self.of[n] >= 0, self.of[n] < len(words)) for n, words in WORDS.items()]

        self.solver = z3.Solver()
        self.solver.add(*self.domain)

    def says(self, condition: Condition) -> Any:
        """The condition as a formula."""
        if isinstance(condition, Question):
            return self._test(condition)
        if isinstance(condition, NotSo):
            return z3.Not(self.says(condition.part))
        parts = [self.says(part) for part in condition.parts]
        return z3.And(*parts) if isinstance(condition, AllOf) else z3.Or(*parts)

    def _test(self, test: Question) -> Any:
        var = self.of[test.name or ""]
        if test.name in WORDS:
            same = var == WORDS[test.name].index(str(test.value))
        elif isinstance(test.value, str):
            same = z3.And(var >= BANDS[test.value][0], var <= BANDS[test.value][1])
        else:
            low = int(test.value or 0)
            compared = {"<": var < low, "<=": var <= low, ">": var > low, ">=": var >= low}
            if test.operator in compared:
                return compared[test.operator]
            same = z3.And(var >= low, var <= int(test.high if test.high is not None else low))
        return same if test.operator == "is" else z3.Not(same)

    def can_be(self, *formulas: Any) -> bool:
        """Whether some values make them all true."""
        self.solver.push()
        self.solver.add(*formulas)
        found = self.solver.check() == z3.sat
        self.solver.pop()
        return bool(found)


def pairs(count: int) -> Iterator[tuple[Condition, Condition]]:
    """Two conditions, few enough boxes."""
    random = Random(725)
    for _ in range(count):
        yield some_condition(random), some_condition(random)


def test_boxes_and_z3_agree_on_what_is_shared_and_left_out() -> None:
    whole, real = Oracle(), Oracle(real=True)
    counts = [0, 0]
    for one, other in pairs(QUESTIONS):
        assert next(boxes(CONTEXT, (one, other)), None) is not None
        says = whole.says(one), whole.says(other)
        both = whole.can_be(*says)
        assert bool(shared(CONTEXT, one, other)) is both, (one, other)
        gap = whole.can_be(*(z3.Not(formula) for formula in says))
        assert bool(unanswered(CONTEXT, [one, other])) is gap, (one, other)
        assert can_hold_together(CONTEXT, one, other) is real.can_be(real.says(one), real.says(other))
        counts[0] += both
        counts[1] += gap
    assert all(0.1 * QUESTIONS < count < QUESTIONS for count in counts)  # the questions are no mere form


def test_what_can_hold_is_never_ruled_out() -> None:
    oracle, possible = Oracle(), Possible(PLAN, ())
    phase = PLAN.phases[0]
    ruled_out = 0
    for one, other in pairs(400):
        both = AllOf(parts=(one, other))
        why = possible.why_never(phase, both, possible.opens(phase, phase.at_end[0]))
        if why is not None:
            assert not oracle.can_be(oracle.says(both)), why
            ruled_out += 1
    assert ruled_out > 20


def test_each_box_is_one_that_z3_finds_and_they_cover_all() -> None:
    oracle = Oracle()
    for one, other in pairs(60):
        left = unanswered(CONTEXT, [one, other])
        inside = [z3.And(*(_in(oracle, s.name, s.low, s.high) for s in box)) for box in left]
        covered = reduce(z3.Or, inside, z3.BoolVal(False))
        open_ = z3.And(z3.Not(oracle.says(one)), z3.Not(oracle.says(other)))
        assert not oracle.can_be(covered, z3.Not(open_))
        assert not oracle.can_be(open_, z3.Not(covered))


def _in(oracle: Oracle, name: str, low: Any, high: Any) -> Any:
    if name in WORDS:
        return oracle.of[name] == WORDS[name].index(low)
    return z3.And(oracle.of[name] >= int(low), oracle.of[name] <= int(high))
