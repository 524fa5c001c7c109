"""A partial hospitalization phase is not looked at again by its 18th day and every 30 days.

Medicare's partial hospitalization benefit asks a physician to certify the need again as of the 18th day,
and at least every 30 days after that; the numbers are to be confirmed against the primary text. A phase of
level 2.5 that can last that long needs a line that says when: `review every 2 weeks`, or a line for the
certification itself.

source: fact `cms-php.first-recertification`
source: fact `cms-php.recertification`

not reported: phases of another level than 2.5; a plan that reviews the phase often enough, though a review
is not yet a certification; a line whose service or measure has "certification" in its name

```careplan bad
plan program "Eight weeks of days"
  population adults
  follows cms-php
  start in day

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 4 hours

phase day "Day programme"
  level 2.5
  lasts 4 weeks
  session 5 per week on mon to fri at 09:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "A week without use"
  reach used is no for 1 week
  by end of day
```

```careplan good
plan program "Eight weeks of days"
  population adults
  follows cms-php
  start in day

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 4 hours

phase day "Day programme"
  level 2.5
  lasts 4 weeks
  review every 2 weeks
  session 5 per week on mon to fri at 09:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "A week without use"
  reach used is no for 1 week
  by end of day
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
    """Every phase of level 2.5 that can last to its first recertification."""
    first, every = fact("cms-php.first-recertification"), fact("cms-php.recertification")
    for phase in context.plan.phases:
        if phase.level is None or phase.level.code != "2.5":
            continue
        instead = missing_review(context, phase, int(first.value), int(every.value))
        if instead:
            yield Found(
                f"`{phase.name}` {lasts_words(phase)} and {instead}: Medicare asks for certification again "
                f"by day {first.value:g} and then every {every.value:g} days",
                phase.level.span,
                help=f"add `review every 2 weeks`, or a line for the certification; source: {first.credit}",
            )
