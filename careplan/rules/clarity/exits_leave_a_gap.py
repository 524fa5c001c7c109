"""Two conditions that share out a measure's values leave out the one between them.

`step up when score > 15` beside `step down when score < 15` answers every score but 15, and nobody meant
that: somebody who scores 15 is held where they are, or starts neither of two medications. Let one of the two
take the number in (`>=` or `<=`).

not reported: two different numbers, as `>= 20` beside `< 10` (whoever is between them stays, on purpose);
`at end` lines, whose last line answers everything; a number that a third line answers; tests that count or
look back differently.

```careplan bad
plan small "A score between two exits"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess craving weekly
  step up to residential when craving > 15
  step down to outpatient when craving < 15
  at end step down to outpatient

phase residential "Residential"
  level 3.5
  lasts 2 weeks
  on return restart
  at end step down to iop

phase outpatient "Outpatient"
  level 1
  lasts 8 weeks
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Every score is answered"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess craving weekly
  step up to residential when craving >= 15
  step down to outpatient when craving < 15
  at end step down to outpatient

phase residential "Residential"
  level 3.5
  lasts 2 weeks
  on return restart
  at end step down to iop

phase outpatient "Outpatient"
  level 1
  lasts 8 weeks
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Condition, Test
from careplan.plan.words import condition_words, number_words
from careplan.rules.context import RuleContext
from careplan.rules.cuts import Cut, cuts_of, facing
from careplan.rules.rule import Found, rule


class Shared(NamedTuple):
    """Conditions that share out the values of measures, and what happens to a value that none takes."""

    conditions: list[Condition]
    left_out: str


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The exits of a phase, the lines of a service, and the courses that stand in for one another."""
    for shared in _shared(context):
        for one, other in combinations(shared.conditions, 2):
            for first, second in facing(one, other):
                rest = [c for c in shared.conditions if c is not one and c is not other]
                if _leave_out(first, second) and not any(_takes(c, first) for c in rest):
                    yield _found(first, second, shared.left_out)


def _shared(context: RuleContext) -> Iterator[Shared]:
    for phase in context.plan.phases:
        exits = [e.when for e in phase.exits if e.when is not None]
        yield Shared(exits, f"stays in `{phase.name}`")
        services: dict[str, list[Condition]] = {}
        for line in phase.services:
            if line.while_ is not None:
                services.setdefault(line.service, []).append(line.while_)
        for name, whiles in services.items():
            yield Shared(whiles, f"gets no `{name}`")
    for course in context.plan.medications:
        other = context.medications.get(course.fallback or "")
        starts = [m.start.when for m in (course, other) if m and m.start and m.start.when is not None]
        if other is not None and len(starts) == 2:
            yield Shared(starts, f"starts neither `{course.name}` nor `{other.name}`")


def _leave_out(first: Cut, second: Cut) -> bool:
    same = first.at == second.at and not first.takes_in and not second.takes_in
    return same and _looks(first.test) == _looks(second.test)


def _looks(test: Test) -> tuple[object, ...]:
    return test.for_days, test.times, test.within_days, test.in_a_row, test.since_admission


def _takes(condition: Condition, cut: Cut) -> bool:
    """Whether the condition speaks of the measure and may hold at the number."""
    cuts = [c for c in cuts_of(condition) if c.measure == cut.measure]
    if not cuts:
        return cut.measure in condition_words(condition).replace("(", " ").replace(")", " ").split()
    return all(c.holds(cut.at) for c in cuts)


def _found(first: Cut, second: Cut, left_out: str) -> Found:
    words = condition_words(first.test), condition_words(second.test)
    number = number_words(first.at)
    return Found(
        f"with a `{first.measure}` of {number} one {left_out}: `{words[0]}` leaves it out, and so does "
        f"`{words[1]}`",
        second.test.span,
        help=f"let one of the two take {number} in, with `>=` or `<=`",
        related=(Label(first.test.span, "the other"),),
    )
