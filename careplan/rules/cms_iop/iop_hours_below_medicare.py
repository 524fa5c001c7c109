"""An intensive outpatient phase plans fewer therapeutic hours a week than Medicare's benefit asks for.

Medicare pays the intensive outpatient benefit for people who need at least 9 hours of therapeutic services
a week, as evidenced in the plan of care: the plan itself must show them. Every full week of a phase of
level 2.1 is added up from its `therapy` lines, the fewest sessions that the plan allows, without breaks.
Supports and services whose `hours not counted` do not count: neither do recreation nor visits only for
medication. Plan the missing hours.

source: fact `cms-iop.hours-per-week`

not reported: phases of another level than 2.1 (the benefit's phase is found by it); weeks with a counted
service whose length is not said; a shorter last week (every week is looked at as if it were whole)

```careplan bad
plan program "Two evenings a week"
  population adults
  follows cms-iop
  start in iop

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 2 weeks
  session 2 per week on tue, thu at 18:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "A week without use"
  reach used is no for 1 week
  by end of iop
```

```careplan good
plan program "Three evenings a week"
  population adults
  follows cms-iop
  start in iop

measure used "Any use since the last session" yes or no

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 2 weeks
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
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.hours import shortfalls
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 2.1."""
    yield from shortfalls(
        context, "2.1", fact("cms-iop.hours-per-week"), "Medicare's intensive outpatient benefit"
    )
