"""A phase gives more clinical hours a week than its level of care holds.

More hours than a level holds are care of the next level, which is certified, authorised and paid
differently. Every full week of the phase is added up from its `therapy` lines: the most sessions that the
plan allows. Take the surplus out of the weeks that are named, move it into a phase of its own, or write the
higher level.

source: fact `level-1.adults.below`
source: fact `level-1.adolescents.below`
source: fact `level-2.1.adults.at-most`
source: fact `level-2.1.adolescents.at-most`
source: fact `dc.level-1.hours-at-most`

not reported: supports and services whose `hours not counted`; levels 1.0, 1.5 and 1.7 of the fourth
edition, for which no number was read at a source; plans for adults and adolescents at once

```careplan bad
plan much "Too much for outpatient care"
  population adolescents
  follows asam-3
  start in outpatient

therapy skills "Skills group"
  format group of 6 to 10
  length 2 hours

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  skills 2 to 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan much "Enough for outpatient care"
  population adolescents
  follows asam-3
  start in outpatient

therapy skills "Skills group"
  format group of 6 to 10
  length 2 hours

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  skills 1 to 2 per week
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.asked import ceiling
from careplan.rules.context import RuleContext
from careplan.rules.hours import above, explained, told
from careplan.rules.rule import Found, rule

ADVICE = "take out what is too much, or write the level that it really is"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase against the ceiling of its level."""
    for phase in context.plan.phases:
        asked = ceiling(context, phase)
        if asked is None or phase.level is None:
            continue
        limit = asked.hours * 60
        miss = above(context, phase, limit, or_equal=asked.below)
        if miss is None:
            continue
        gives = told(context, phase, miss, limit, low=False)
        why = explained(context, phase, miss, limit, low=False)
        held = f"stays below {asked.hours:g} h" if asked.below else f"holds at most {asked.hours:g} h"
        yield Found(
            f"`{phase.name}` gives {gives}, and level {phase.level.code} {held} a week for {asked.people}",
            phase.level.span,
            help="; ".join([*(why or [ADVICE]), f"source: {asked.credit}"]),
        )
