"""A phase gives fewer clinical hours a week than its level of care asks for.

A level of care is a promise of intensity: payers, licensing bodies and the next clinic read `level 2.1` as
so many hours a week. Every full week of the phase is added up from its `therapy` lines: the fewest sessions
that the plan allows, clinical minutes only, without breaks, supports and services whose `hours not
counted`. Give the phase the missing hours in the weeks that are named, end it earlier, or write the level
that it really is. A published schedule that is known to stay below (the Matrix manual does) can be allowed
with its reason.

source: fact `level-2.1.adults.at-least`
source: fact `level-2.1.adolescents.at-least`
source: fact `level-2.5.adults.at-least`
source: fact `level-2.5.adolescents.at-least`
source: fact `level-3.1.adults.at-least`
source: fact `level-3.1.adolescents.at-least`
source: fact `dc.youth.below-age`

not reported: levels without a number that was read at a source (2.7, 3.3, 3.5, 3.7 and 4, and 3.1 in the
fourth edition); adolescents under the fourth edition; plans for adults and adolescents at once; weeks with
a counted service whose length is not said; a shorter last week (every week is looked at as if it were
whole)

```careplan bad
plan breaks "Three evenings of 50-minute hours"
  population adults
  follows asam-3
  start in iop

therapy evening "Evening group"
  format group of 6 to 12
  length 150 min plus 30 min break

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  evening 3 per week on mon, tue, thu at 18:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan breaks "Three evenings of three hours"
  population adults
  follows asam-3
  start in iop

therapy evening "Evening group"
  format group of 6 to 12
  length 3 hours plus 30 min break

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  evening 3 per week on mon, tue, thu at 18:00
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.asked import floor
from careplan.rules.context import RuleContext
from careplan.rules.hours import below, explained, told
from careplan.rules.rule import Found, rule

ADVICE = "add the missing hours, or write the level that it really is"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase against the floor of its level."""
    for phase in context.plan.phases:
        asked = floor(context, phase)
        if asked is None or phase.level is None:
            continue
        limit = asked.hours * 60
        miss = below(context, phase, limit)
        if miss is None:
            continue
        gives = told(context, phase, miss, limit, low=True)
        why = explained(context, phase, miss, limit, low=True)
        yield Found(
            f"`{phase.name}` gives {gives}, below the {asked.hours:g} h a week of level {phase.level.code} "
            f"for {asked.people}",
            phase.level.span,
            help="; ".join([*(why or [ADVICE]), f"source: {asked.credit}"]),
        )
