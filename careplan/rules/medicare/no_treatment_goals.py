"""A plan for a Medicare benefit names no goal of treatment.

The plan of care that Medicare asks for holds the diagnosis, the type, amount, duration and frequency of the
services, and the goals of treatment. A plan in this language says most of these by its form: services and
their lengths, how often, and how long. Goals are blocks of their own. The wording of the regulation is to
be confirmed against the primary text. Add a `goal` block with what should be reached and by when.

source: 42 CFR 424.24(d)(2) and (e)(2) (to be confirmed against the primary text), http://federal.elaws.us/cfr/424.24
source: 42 CFR 410.61(c), the same wording for therapy plans, https://law.lawstack.com/cfr/42/410.61/

not reported: the diagnosis, which belongs to a patient's plan; who signs it; plans without a phase of the
benefit's level (2.1 or 2.5)

```careplan bad
plan iop "An IOP without goals"
  population adults
  follows cms-iop
  start in iop

therapy evening "Evening group"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  evening 3 per week on mon, tue, thu at 18:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan iop "An IOP with a goal"
  population adults
  follows cms-iop
  start in iop

measure used "Any use since the last session" yes or no

therapy evening "Evening group"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  evening 3 per week on mon, tue, thu at 18:00
  assess used weekly
  at end discharge as completed

outcome completed "Completed"

goal clean "Four weeks without use"
  reach used is no for 4 weeks
  by end of iop
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.facts import CONFIRM
from careplan.rules.rule import Found, rule

# The level of care that each benefit pays for.
LEVELS = {"cms-iop": "2.1", "cms-php": "2.5"}


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The plan's goals, where one of its phases is what the benefit pays for."""
    paid = {level for pack, level in LEVELS.items() if pack in context.packs}
    if not context.plan.goals and any(context.level(phase) in paid for phase in context.plan.phases):
        yield Found(
            "the plan names no goal, and a plan of care for Medicare states the goals of treatment",
            context.plan.span,
            help=f"add a `goal` block; source: 42 CFR 424.24 ({CONFIRM})",
        )
