"""A level 1 phase in Maryland can pass 90 days without a review.

Maryland's outpatient rule (level I) asks for an update of the treatment plan every 90 days. A phase of
level 1 that can last longer needs a line that says when: `review every 12 weeks`, or shorter.

source: fact `md.level-1.review`

not reported: phases that end within 90 days; phases of other levels, and levels 1.5 and 1.7 of the fourth
edition, which the rule does not name; the first assessment and the first plan, which the rule counts in
days and working days of the patient

```careplan bad
plan program "Half a year without review"
  population adults
  follows md
  start in care

therapy counselling "Counselling"
  format individual
  length 50 min

phase care "Outpatient"
  level 1
  lasts 26 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Half a year, reviewed"
  population adults
  follows md
  start in care

therapy counselling "Counselling"
  format individual
  length 50 min

phase care "Outpatient"
  level 1
  lasts 26 weeks
  review every 12 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.certification import lasts_words, missing_review
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 1 that can last longer than the time between two updates."""
    every = fact("md.level-1.review")
    days = int(every.value)
    for phase in context.plan.phases:
        if phase.level is None or phase.level.code != "1" or (phase.longest or days + 1) <= days:
            continue
        instead = missing_review(context, phase, days, days)
        if instead:
            yield Found(
                f"`{phase.name}` {lasts_words(phase)} and {instead}: Maryland asks for an updated "
                f"treatment plan every {days} days",
                phase.level.span,
                help=f"add `review every 12 weeks`; source: {every.credit}",
            )
