"""A comparison leaves out the very score with which a band begins.

Where a measure's bands say that moderate begins at 10, `phq-9 > 10` treats the first moderate score as mild,
and `phq-9 <= 10` treats it as better than moderate. Published cut-points are the first score of a band: ask
for `>= 10`, or for `< 10`; or name the band (`phq-9 is moderate`).

not reported: numbers inside a band and the last score of one, which may be another published cut-point (the
opioid withdrawal score of 12, for one); a band of one score; the first score of the range; measures that are
no scores.

```careplan bad
plan small "The first moderate score"
  start in iop

measure low-mood 0 to 27, lower is better
  band mild 0 to 9
  band moderate 10 to 27

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess low-mood weekly
  step up to residential when low-mood > 10
  at end discharge as completed

phase residential "Residential"
  level 3.5
  lasts 2 weeks
  on return restart
  at end step down to iop

outcome completed "Completed"
```

```careplan good
plan small "The first moderate score"
  start in iop

measure low-mood 0 to 27, lower is better
  band mild 0 to 9
  band moderate 10 to 27

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess low-mood weekly
  step up to residential when low-mood >= 10
  at end discharge as completed

phase residential "Residential"
  level 3.5
  lasts 2 weeks
  on return restart
  at end step down to iop

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Band, Test
from careplan.plan.words import condition_words, number_words
from careplan.rules.context import RuleContext
from careplan.rules.cuts import is_whole
from careplan.rules.rule import Found, rule

WRONG = {">": ">=", "<=": "<"}
"""The comparisons that cut above a band's first score, and those that cut below it."""


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every comparison of a score that has bands."""
    for place in context.places:
        for test in place.tests:
            band = _begins_at(context, test)
            if band is not None:
                number = number_words(band.low)
                words = condition_words(test)
                lost = "leaves out" if test.operator == ">" else "takes in"
                yield Found(
                    f"`{words}` {lost} {number}, the first score of `{band.name}`",
                    test.span,
                    help=f"write `{test.name} {WRONG[test.operator]} {number}`, if the band is meant",
                    related=(Label(band.span, f"`{band.name}` begins at {number}"),),
                )


def _begins_at(context: RuleContext, test: Test) -> Band | None:
    """The band that begins at the number the test compares with, and ends at a larger one."""
    measure = context.measures.get(test.name or "")
    if test.subject != "measure" or measure is None or test.operator not in WRONG or not is_whole(measure):
        return None
    return next(
        (b for b in measure.bands if b.low == test.value and b.low < b.high and b.low != measure.domain.low),
        None,
    )
