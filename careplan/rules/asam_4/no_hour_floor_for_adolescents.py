"""A plan for adolescents follows the fourth edition, which has no volume for adolescents yet.

The fourth edition's first volume is about adults; the volumes for other populations are planned for later
years. So there are no hours a week to hold this plan's levels against, and nothing about its hours was
checked. Follow `asam-3`, where its hours for people under 18 still hold (most states run on it), or leave
it so knowingly.

source: four volumes planned, the populations' in 2026 to 2028 (Ohio Department of Medicaid bulletin), https://content.govdelivery.com/accounts/OHMEDICAID/bulletins/3d0f5b4

not reported: plans for adults and adolescents at once; plans without any level from 1 to 3.1, which no
edition gives hours for

```careplan bad
plan youth "Youth programme"
  population adolescents
  follows asam-4
  start in iop

therapy skills "Skills group"
  format group of 6 to 10
  length 2 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan youth "Youth programme"
  population adolescents
  follows asam-3
  start in iop

therapy skills "Skills group"
  format group of 6 to 10
  length 2 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.levels import hours_range
from careplan.plan.words import listed
from careplan.rules.asked import young
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """One note for a plan of this kind."""
    if context.edition != "4" or not young(context):
        return
    codes = {p.level.code: p.level for p in context.plan.phases if p.level is not None}
    silent = [
        code
        for code in codes
        if hours_range(code, "adults") is not None and hours_range(code, "adolescents", "4") is None
    ]
    if silent:
        noun = "level" if len(silent) == 1 else "levels"
        yield Found(
            f"the fourth edition has no adolescent volume yet: no hours to check {noun} {listed(silent)} by",
            codes[silent[0]].span,
            help="follow `asam-3` where its hours for people under 18 hold",
        )
