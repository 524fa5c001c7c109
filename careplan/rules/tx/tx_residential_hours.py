"""A residential phase in Texas plans fewer hours a week than its kind asks for.

Texas asks for at least 30 hours of services a week on average in intensive residential care, and at least 6
in supportive residential care. Counselling, education and structured activities all count, supports too. A
phase is held against this where its title says intensive residential or supportive residential: no level of
care says it. Plan the missing hours, or name the phase what it is.

source: fact `tx.residential.intensive`
source: fact `tx.residential.supportive`

not reported: phases with other titles; phases with a service whose length is not said, unless the service
comes `throughout`; the composition (10 hours of counselling, 10 of counselling or education, 5 on
evenings and weekends), which cannot be told from the plan's services; for the hour of individual counselling
see `tx-individual-counselling`

```careplan bad
plan program "Too few hours"
  population adults
  follows tx
  start in residential

therapy counselling "Counselling group"
  format group of 6 to 16
  length 3 hours

therapy individual "Individual counselling"
  format individual
  length 60 min

support activity "Structured activity"
  length 3 hours

phase residential "Intensive residential"
  lasts 4 weeks
  counselling 5 per week on mon to fri at 09:00
  individual weekly
  activity 3 per week on mon, wed, sat
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Thirty hours"
  population adults
  follows tx
  start in residential

therapy counselling "Counselling group"
  format group of 6 to 16
  length 3 hours

therapy individual "Individual counselling"
  format individual
  length 60 min

support activity "Structured activity"
  length 3 hours

phase residential "Intensive residential"
  lasts 4 weeks
  counselling 6 per week on mon to sat at 09:00
  individual weekly
  activity 4 per week on mon, wed, sat, sun
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Phase
from careplan.plan.weeks import line_weeks, session_minutes
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.hours import hours_words
from careplan.rules.rule import Found, rule

KINDS = ("intensive", "supportive")


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase whose title says which kind of residential care it is."""
    for phase in context.plan.phases:
        kind = next((k for k in KINDS if f"{k} residential" in phase.label.lower()), None)
        if kind is None:
            continue
        least = fact(f"tx.residential.{kind}")
        minutes = _average(context, phase)
        if minutes is not None and minutes < least.value * 60:
            yield Found(
                f"`{phase.name}` gives {hours_words(minutes, least.value * 60)} a week on average, below the "
                f"{least.value:g} h of {kind} residential care in Texas",
                phase.span,
                help=f"services of every kind count; source: {least.credit}",
            )


def _average(context: RuleContext, phase: Phase) -> float | None:
    """The minutes of all services in a full week, on average; None where a length is not known.

    Lines for some people only count in full: one track or the other is taken at its best.
    """
    total, weeks = 0, 0
    for line in phase.services:
        minutes = session_minutes(context.plan, line)
        counts = line_weeks(context.plan, phase, line)
        weeks = len(counts)
        if minutes is None and any(count.high for count in counts):
            return None
        total += sum(count.high for count in counts) * (minutes or 0)
    return total / weeks if weeks else 0.0
