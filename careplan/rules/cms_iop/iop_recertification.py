"""A long intensive outpatient phase is not looked at again every other month.

Medicare's intensive outpatient benefit asks a physician to certify the need again no less frequently than
every other month. A phase of level 2.1 that can last longer needs a line that says when: `review every 4
weeks`, or a line for the certification itself. What is counted is two calendar months at their longest (62
days): the regulation's own text, which is said to count 60 days, was not read.

source: fact `cms-iop.recertification`

not reported: phases of another level than 2.1; a plan that reviews the phase often enough, though a review
is not yet a certification; a line whose service or measure has "certification" in its name

```careplan bad
plan program "A long programme"
  population adults
  follows cms-iop
  start in iop

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  session 3 per week on mon, tue, thu at 18:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "A week without use"
  reach used is no for 1 week
  by end of iop
```

```careplan good
plan program "A long programme"
  population adults
  follows cms-iop
  start in iop

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  review every 4 weeks
  session 3 per week on mon, tue, thu at 18:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "A week without use"
  reach used is no for 1 week
  by end of iop
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.certification import lasts_words, missing_review
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule

# Two calendar months in a row have at most so many days.
LONGEST_MONTH = 31


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 2.1 that can last longer than two months."""
    months = fact("cms-iop.recertification")
    every = int(months.value * LONGEST_MONTH)
    for phase in context.plan.phases:
        if phase.level is None or phase.level.code != "2.1":
            continue
        instead = missing_review(context, phase, every, every)
        if instead:
            yield Found(
                f"`{phase.name}` {lasts_words(phase)} and {instead}: Medicare asks for certification again "
                "every other month",
                phase.level.span,
                help=f"add `review every 4 weeks`, or a line for the certification; source: {months.credit}",
            )
