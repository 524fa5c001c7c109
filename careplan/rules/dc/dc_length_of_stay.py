"""A phase of level 2.1 or 2.5 can last longer than the District of Columbia describes.

The District describes intensive outpatient care (2.1) and day treatment (2.5) as lasting 30 to 60 days.
That is a description and no limit for one person, so this is a note: a plan that runs longer should say
why, and for a payer it may need another authorisation.

source: fact `dc.level-2.days-at-least`
source: fact `dc.level-2.days-at-most`

not reported: phases that are shorter than that; other levels

```careplan bad
plan program "Sixteen weeks"
  population adults
  follows dc
  start in care

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase care "Intensive outpatient"
  level 2.1
  lasts 16 weeks
  session 3 per week on mon, wed, fri at 18:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Eight weeks"
  population adults
  follows dc
  start in care

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase care "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  session 3 per week on mon, wed, fri at 18:00
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.certification import lasts_words
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule

LEVELS = ("2.1", "2.5")


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 2.1 or 2.5, by the longest that it can last."""
    least, most = fact("dc.level-2.days-at-least"), fact("dc.level-2.days-at-most")
    for phase in context.plan.phases:
        if phase.level is None or phase.level.code not in LEVELS or phase.lasts is None:
            continue
        if phase.longest is not None and phase.longest <= most.value:
            continue
        length = lasts_words(phase)
        if phase.longest is not None and phase.longest % 7 == 0:
            length += f" ({phase.longest} days)"
        yield Found(
            f"`{phase.name}` {length}, and the District of Columbia describes level {phase.level.code} "
            f"as {least.value:g} to {most.value:g} days",
            phase.lasts.span,
            help=f"shorten it, or say in a note why it is longer; source: {most.credit}",
        )
