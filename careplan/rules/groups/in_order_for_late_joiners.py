"""People may join a group on any day, and its topics run in order.

A group has one topic at a time. Where admission is rolling, somebody who joins in its seventh week meets the
seventh topic, and `curriculum in order` promises him the first: the group would have to begin again for each
newcomer. Either the topics go round and people join at whichever is running (`curriculum rolling`; a
published 16-session curriculum can be started at any session), or people join where the topics begin
(`admission closed`, or `admission every 12 weeks`).

source: Gosnold, a curriculum startable at any session (NIATx), https://niatx.wisc.edu/promising-practices/offer-groups-that-remain-open-to-new-members/
source: entry at the start of a module (DBT Sacramento), http://www.dbtsacramento.com/dbt-skills-group/

not reported: individual and family sessions, where each patient has an order of his own; groups that do not
say whom they admit when; a curriculum of one topic

```careplan bad
plan program "Newcomers and an order"
  population adults
  follows groups
  start in care

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  admission rolling
  curriculum in order
  topic "What addiction does"
  topic "Triggers"
  topic "Saying no"

phase care "Outpatient"
  level 1
  lasts 12 weeks
  skills weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Newcomers join the running topic"
  population adults
  follows groups
  start in care

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  admission rolling
  curriculum rolling
  topic "What addiction does"
  topic "Triggers"
  topic "Saying no"

phase care "Outpatient"
  level 1
  lasts 12 weeks
  skills weekly
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
    """Every service that is held in groups only."""
    for service in context.plan.services:
        groups = bool(service.formats) and all(form.kind == "group" for form in service.formats)
        if not groups or service.admission != "rolling" or service.curriculum != "in order":
            continue
        if len(service.topics) > 1:
            yield Found(
                f"people join `{service.name}` on any day, and its topics run in order: "
                f'a newcomer meets a later topic than "{service.topics[0].title}"',
                service.span,
                help="write `curriculum rolling`, so that people begin with the topic that is running, or "
                "`admission closed`",
            )
