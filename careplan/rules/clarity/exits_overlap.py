"""Two exits to different places ask for opposite sides of a measure and share some of its values.

`step up when score >= 15` above `step down when score <= 15` sends somebody who scores 15 up, because of the
order in which the lines stand; whoever reads only the second line expects the opposite. Write which of the
two the shared values belong to.

not reported: exits of which one is the narrower case of the other (`< 5`, then `< 10`); a step down that is
tried before a step up (`step-down-before-step-up` tells that); `at end` lines; different values that other
parts of the conditions keep apart.

```careplan bad
plan small "A score that two exits want"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess craving weekly
  step up to residential when craving >= 15
  step down to outpatient when craving <= 15
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
plan small "A score that one exit wants"
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

from careplan.diagnostics import Label, Severity
from careplan.plan.logic import can_hold_together
from careplan.plan.model import Exit
from careplan.plan.words import condition_words, number_words, range_words
from careplan.rules.context import RuleContext
from careplan.rules.cuts import Cut, cuts_of, facing, is_whole, only_cut, share
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every two exits of a phase that lead to different places."""
    for phase in context.plan.phases:
        comparing = [e for e in phase.exits if cuts_of(e.when)]
        for one, other in combinations(comparing, 2):
            if one.target == other.target or (context.is_urgent(other) and not context.is_urgent(one)):
                continue
            for first, second in facing(one.when, other.when):
                if _meet(context, one, other, first, second):
                    yield _found(one, first, second)


def _meet(context: RuleContext, one: Exit, other: Exit, first: Cut, second: Cut) -> bool:
    """Whether both take the number that they share; or, where that is all they ask, a stretch of values."""
    if first.test.times is not None or second.test.times is not None:
        return False
    measure = context.measures.get(first.measure)
    if measure is None or not share(first, second, is_whole(measure)):
        return False
    if first.at != second.at and not (only_cut(one.when) and only_cut(other.when)):
        return False
    return (
        one.when is not None and other.when is not None and can_hold_together(context, one.when, other.when)
    )


def _found(one: Exit, first: Cut, second: Cut) -> Found:
    low, high = sorted((first.at, second.at))
    shared = (
        number_words(low) if low == high else f"between {range_words(low, high).replace(' to ', ' and ')}"
    )
    return Found(
        f"a `{first.measure}` {'of ' if low == high else ''}{shared} is wanted by two exits, and the one "
        f"written first, to `{one.target}`, has it",
        second.test.span,
        here=f"`{condition_words(second.test)}`",
        help="ask for values that the other does not, with `<` or `>`",
        related=(Label(first.test.span, f"`{condition_words(first.test)}`"),),
    )
