"""A plan follows the third and the fourth edition of the ASAM Criteria at once.

The same number means different things in the two: level 1.0 is outpatient services in one and remission
monitoring in the other, and dimensions 4, 5 and 6 were redefined. A level written in such a plan cannot be
read. Follow the edition that the state or the payer runs on.

source: the fourth edition's names (training aid), https://es.educaplay.com/recursos-educativos/20760817-asam_levels_of_care_matching_game.html
source: the fourth edition's level 1.0 (training aid), https://jeopardylabs.com/print/asam-4-jeopardy
source: the third edition's names (Colorado BHA code system), https://build.fhir.org/ig/RatioPBC/bha-ig/CodeSystem-bha-asam-level-of-care-cs.html

not reported: a configuration that names an edition beside the plan's own (the plan's holds)

```careplan bad
plan both "Both editions"
  population adults
  follows asam-3, asam-4
  start in outpatient

therapy counselling "Counselling"
  format individual
  length 50 min

phase outpatient "Remission care"
  level 1.0
  lasts 12 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan both "One edition"
  population adults
  follows asam-4
  start in outpatient

therapy counselling "Counselling"
  format individual
  length 50 min

phase outpatient "Remission care"
  level 1.0
  lasts 12 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The plan's own `follows` line."""
    if {"asam-3", "asam-4"} <= {*context.plan.follows}:
        yield Found(
            "this plan follows `asam-3` and `asam-4`, which give the same numbers to different care",
            context.plan.span,
            help="keep the edition that the state or the payer runs on in the `follows` line",
        )
