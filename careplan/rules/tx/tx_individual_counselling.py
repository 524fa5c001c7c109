"""Intensive residential care in Texas offers less than an hour of individual counselling a week.

Of the ten hours of counselling that Texas asks for in a week of intensive residential care, one is
individual: groups alone do not do, however many. A phase is held against this where its title says intensive
residential. Plan a session of an hour, or two of half an hour.

source: fact `tx.residential.individual`

not reported: phases with other titles; a phase with a service that may be held individually and whose length
is not said; a shorter last week

```careplan bad
plan program "Half an hour alone"
  population adults
  follows tx
  start in residential

therapy individual "Individual counselling"
  format individual
  length 60 min

therapy counselling "Counselling group"
  format group of 6 to 16
  length 2 hours

phase residential "Intensive residential"
  level 3.5
  lasts 4 weeks
  individual  every 2 weeks
  counselling 15 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "An hour alone"
  population adults
  follows tx
  start in residential

therapy individual "Individual counselling"
  format individual
  length 60 min

therapy counselling "Counselling group"
  format group of 6 to 16
  length 2 hours

phase residential "Intensive residential"
  level 3.5
  lasts 4 weeks
  individual  weekly
  counselling 15 per week
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


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase whose title says that it is intensive residential care."""
    least = fact("tx.residential.individual")
    for phase in context.plan.phases:
        minutes = _average(context, phase) if "intensive residential" in phase.label.lower() else None
        if minutes is not None and minutes < least.value * 60:
            given = f"{hours_words(minutes, least.value * 60)} of it a week on average" if minutes else "none"
            yield Found(
                f"Texas asks for {least.value:g} h of individual counselling a week in intensive residential "
                f"care, and `{phase.name}` has {given}",
                phase.span,
                help=f"add a weekly session of an hour with `format individual`; source: {least.credit}",
            )


def _average(context: RuleContext, phase: Phase) -> float | None:
    """The minutes of individual therapy in a full week, on average; None where a length is not known.

    Lines for some people only count in full.
    """
    total, weeks = 0, 1
    for line in phase.services:
        service = context.services[line.service]
        if service.kind != "therapy" or all(form.kind != "individual" for form in service.formats):
            continue
        counts = line_weeks(context.plan, phase, line)
        minutes = session_minutes(context.plan, line)
        weeks = max(weeks, len(counts))
        if minutes is None:
            return None
        total += sum(count.high for count in counts) * minutes
    return total / weeks
