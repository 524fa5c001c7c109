"""A plan follows a pack that goes by levels of care, and none of its phases has such a level.

The rules for hours, days and certification find their phase by its `level` line: 2.1 for Medicare's
intensive outpatient benefit and for H0015, 2.5 for partial hospitalization, any level for the ASAM
Criteria. Without it nothing is checked, and no finding does not mean that all is well. Write the level of
the phase that is meant, or take the pack out of the `follows` line.

source: the packs' own rules, `careplan explain hours-below-level` and `careplan explain h0015-days`

not reported: packs that come from the configuration, which may be meant for other plans

```careplan bad
plan matrix "Intensive outpatient without a level"
  population adults
  follows h0015
  start in intensive

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase intensive "Intensive treatment"
  lasts 16 weeks
  session 3 per week on mon, wed, fri at 18:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan matrix "Intensive outpatient with its level"
  population adults
  follows h0015
  start in intensive

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase intensive "Intensive treatment"
  level 2.1
  lasts 16 weeks
  session 3 per week on mon, wed, fri at 18:00
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule

# The level that each pack's rules look for; "" where any will do.
LEVELS = {"asam-3": "", "asam-4": "", "cms-iop": "2.1", "cms-php": "2.5", "h0015": "2.1"}


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every pack of the plan's own `follows` line."""
    there = {phase.level.code for phase in context.plan.phases if phase.level is not None}
    for pack in context.plan.follows:
        wanted = LEVELS.get(pack)
        if wanted is None or (wanted in there if wanted else there):
            continue
        level = f"level {wanted}" if wanted else "a level of care"
        yield Found(
            f"this plan follows `{pack}`, and no phase has {level}: its hours were not checked",
            context.plan.span,
            help=f"write `level {wanted or '2.1'}` in the phase that is meant, "
            f"or take `{pack}` out of the `follows` line",
        )
