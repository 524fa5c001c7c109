"""A partial hospitalization phase plans fewer therapeutic hours a week than Medicare's benefit asks for.

Partial hospitalization is for people who need at least 20 hours of therapeutic services a week, as
evidenced in the plan of care. A week that falls short brings a remittance message and no denial by itself
(service dates from July 2019), so this is a warning. Every full week of a phase of level 2.5 is added up
from its `therapy` lines, the fewest sessions that the plan allows, without breaks. Plan the missing hours.

source: fact `cms-php.hours-per-week`

not reported: phases of another level than 2.5 (the benefit's phase is found by it); weeks with a counted
service whose length is not said; a shorter last week (every week is looked at as if it were whole)

```careplan bad
plan program "Four days a week"
  population adults
  follows cms-php
  start in day

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 4 hours

phase day "Day programme"
  level 2.5
  lasts 2 weeks
  session 4 per week on mon to thu at 09:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "A week without use"
  reach used is no for 1 week
  by end of day
```

```careplan good
plan program "Five days a week"
  population adults
  follows cms-php
  start in day

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 4 hours

phase day "Day programme"
  level 2.5
  lasts 2 weeks
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
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.hours import shortfalls
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 2.5."""
    yield from shortfalls(
        context, "2.5", fact("cms-php.hours-per-week"), "Medicare's partial hospitalization benefit"
    )
