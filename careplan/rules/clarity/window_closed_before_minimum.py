"""A way out asks for days of the phase that are over before it first opens.

`step down when craving < 10 and days <= 20` never happens in a phase of four weeks or more: a step down waits
for the minimum, and by then day 20 is long past. Make the window longer, the minimum shorter, or leave the
days out.

not reported: steps up and unplanned discharges, which do not wait; days that lie after the end of the phase
(`weeks-beyond-phase`).

```careplan bad
plan small "A window that closes too soon"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 4 to 8 weeks
  on return restart
  assess craving weekly
  step down to outpatient when craving < 10 and days <= 20
  step down to outpatient when craving < 5
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 8 weeks
  on return restart
  assess craving weekly
  step up to iop when craving >= 25
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "A window that is open"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 4 to 8 weeks
  on return restart
  assess craving weekly
  step down to outpatient when craving < 10 and days <= 40
  step down to outpatient when craving < 5
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 8 weeks
  on return restart
  assess craving weekly
  step up to iop when craving >= 25
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.possible import Possible
from careplan.plan.words import condition_words, exit_words
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every exit whose days are over when it opens, in each of its cases."""
    possible = Possible(context.plan, ())
    for phase in context.plan.phases:
        for exit_ in (*phase.exits, *phase.at_end):
            test = possible.closed_window(phase, exit_)
            if test is not None:
                opens = possible.opens(phase, exit_).least
                yield Found(
                    f"`{phase.name}` is never left by `{exit_words(exit_)}`: it opens on day {opens}, and "
                    f"`{condition_words(test)}` is over by then",
                    test.span,
                    help="make the window longer or the minimum shorter, or leave the days out",
                )
