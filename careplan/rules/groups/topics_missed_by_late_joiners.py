"""Somebody who has to wait for the next entry into a group cannot hear all its topics in time.

A group that admits people every few weeks keeps those who come just after an entry waiting. Their sessions
begin later, and the phase does not end later: with 24 weekly topics in a phase of 24 weeks, whoever waits
three weeks has 21. Let people in more often, let the phase be longer (`extend`), make some topics `elective`,
or make the admission rolling.

source: the example of a curriculum of 25 topics in 24 sessions (Seeking Safety trial), https://crimesolutions.ojp.gov/ratedprograms/424

not reported: topics that do not fit even for somebody who gets in at once (`curriculum-slots`, for every
plan); a group that some never get into (`admission-too-rare`); rolling and closed admission, in which
nobody waits; phases without a maximum; sessions whose number is open

```careplan bad
plan program "Twelve topics, and three weeks lost"
  population adults
  follows groups
  start in care

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  admission every 4 weeks
  curriculum any order
  topic "Safety" 4 sessions
  topic "Honesty" 4 sessions
  topic "Asking for help" 4 sessions

phase care "Outpatient"
  level 1
  lasts 12 weeks
  skills weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Twelve topics in fifteen weeks"
  population adults
  follows groups
  start in care

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  admission every 4 weeks
  curriculum any order
  topic "Safety" 4 sessions
  topic "Honesty" 4 sessions
  topic "Asking for help" 4 sessions

phase care "Outpatient"
  level 1
  lasts 15 weeks
  skills weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.words import counted, every_words
from careplan.rules.context import RuleContext
from careplan.rules.curricula import Held, sessions_offered
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every service with topics that admits people now and then."""
    for service in context.plan.services:
        wait = service.admission_days
        if wait is None or wait <= 7 or service.topic_sessions < 2:
            continue
        held = sessions_offered(context, service)
        if not held or any(each.most is None for each in held):
            continue
        # Whole weeks are lost; of a week in which one may still get in, every session is counted.
        lost = (wait - 1) // 7
        offered = sum(each.most or 0 for each in held)
        left = max(offered - sum(_in_weeks(each, lost)) for each in held)
        if left < service.topic_sessions <= offered and _gets_in(held, wait):
            yield Found(
                f"`{service.name}` lets people in {every_words(wait)}: whoever has just missed an entry is "
                f"offered {counted(left, 'session')} at most, and its topics take {service.topic_sessions}",
                held[0].line.span,
                help="let people in more often, or leave room for the wait",
                related=(Label(service.span, counted(len(service.topics), "topic")),),
            )


def _in_weeks(held: Held, weeks: int) -> list[int]:
    return [week.high for week in held.weeks[:weeks]]


def _gets_in(held: list[Held], wait: int) -> bool:
    return all(each.phase.longest is None or wait <= each.phase.longest for each in held)
