"""A phase has a minimum, and nobody can leave between the minimum and the maximum.

`lasts 8 to 16 weeks` says that somebody may be ready after 8. If the only ways out are steps up, unplanned
discharges and `at end`, which never wait for the minimum, then everybody who does not get worse stays for 16
weeks. Write the way out that is meant to be taken earlier, such as `step down to outpatient when uds is
negative for 4 weeks`; or, if there is none, the length that it really is: `lasts 16 weeks`.

not reported: `lasts up to …` and `lasts at least …`; phases with a step down, a move or a planned discharge
of their own, whatever it asks for; phases that last `until` something; phases without services, which are a
sketch.

```careplan bad
plan small "Eight weeks that nobody can use"
  start in iop

therapy group-therapy "Group"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  group-therapy 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Ready after eight weeks"
  start in iop

measure goals-met "The goals of treatment are met" yes or no

therapy group-therapy "Group"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  group-therapy 3 per week
  assess goals-met every 2 weeks
  discharge as completed when goals-met
  at end discharge as completed

outcome completed "Completed"
  planned
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Phase
from careplan.plan.words import duration_words, lasts_words
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase whose length is a range."""
    for phase in context.plan.phases:
        lasts = phase.lasts
        if lasts is None or lasts.high is None or not 0 < lasts.low < lasts.high or lasts.until is not None:
            continue
        if phase.services and not _may_be_left(context, phase):
            most = duration_words(lasts.high)
            yield Found(
                f"nobody can leave `{phase.name}` after {duration_words(lasts.low)}: only `at end`, "
                f"after {most}",
                lasts.span,
                here=f"`{lasts_words(lasts)}`",
                help=f"write the way out that is meant before the end, or `lasts {most}`",
            )


def _may_be_left(context: RuleContext, phase: Phase) -> bool:
    """Whether one of the phase's own ways out waits for the minimum."""
    return any(not context.is_urgent(exit_) for exit_ in phase.exits)
