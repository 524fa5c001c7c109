"""A goal in a plan for partial hospitalization does not say by when.

Medicare's policy on partial hospitalization asks for goals that are measurable, functional and time-framed.
A goal in this language is measurable by its `reach` line; add `by end of PHASE` or `by week N`.

source: CMS policy on partial hospitalization programs, https://genhealth.ai/policy/cms/1d9410f2-partial-hospitalization-programs

not reported: whether a goal is functional, which only a reader can judge

```careplan bad
plan program "A goal with a time"
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
```

```careplan good
plan program "A goal with a time"
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
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every goal."""
    for goal in context.plan.goals:
        if goal.by_end_of is None and goal.by_week is None:
            yield Found(
                f"goal `{goal.name}` does not say by when",
                goal.span,
                help="add `by end of PHASE` or `by week N`: Medicare asks for goals with a time",
            )
