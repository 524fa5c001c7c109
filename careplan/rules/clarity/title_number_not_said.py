"""A title gives a number that no line of its block says.

Readers trust titles: a phase called "12-week programme" that lasts 8 to 16 weeks, or a service called "Group
(90 min)" with a length of 60 min, says two things at once, and the title is what gets printed and told to
patients. It often is left over from an earlier version. Correct the one that is wrong, or leave the number
out of the title: careplan prints the numbers of the lines anyway.

A phase's title is held against the phase, a service's against the service and its lines in the phases (their
sessions added up), a medication's against its doses, the plan's against the lengths of its phases.

not reported: numbers without a unit ("12-step"), or with one that the block does not speak of; 24-hour care;
numbers in words; rates ("3 hours a week"); strengths of tablets and films; points in time ("after 2 weeks");
ages; lengths and sessions that several phases may come to together; titles in a file that the plan uses.

```careplan bad
plan small "A title from an earlier version"
  start in iop

therapy skills "Skills group (90 min)"
  format group of 6 to 12
  length 60 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan bad
plan small "Sixteen weeks became twelve"
  start in iop

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient, weeks 1 to 16"
  level 2.1
  lasts 12 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "A 12-week plan whose titles fit"
  start in iop

therapy skills "Skills group (36 sessions of 90 min)"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient, weeks 1 to 12"
  level 2.1
  lasts 12 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Medication, Named, Phase, Service
from careplan.plan.words import (
    counted,
    dose_words,
    duration_range_words,
    lasts_words,
    minutes_words,
    range_words,
)
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule
from careplan.rules.said import DOSE, SESSION, TIME, is_said, mentions, said_by, sessions_of


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The titles of the plan's own file."""
    plan = context.plan
    groups = (((plan,), TIME), (plan.phases, TIME), (plan.services, SESSION), (plan.medications, DOSE))
    for blocks, units in groups:
        for block in blocks:
            found = list(mentions(block.title or "", units))
            if not found or not context.is_own(block):
                continue
            said = said_by(plan, block)
            wrong = next((mention for mention in found if not is_said(plan, block, mention, said)), None)
            if wrong is not None:
                whose = "the plan's title" if block is plan else f"the title of `{block.name}`"
                yield Found(
                    f"{whose} says {wrong.words}, and {_instead(context, block, wrong.unit)}",
                    block.span,
                    help="correct the title, or the line that it speaks of",
                )


def _instead(context: RuleContext, block: Named, unit: str) -> str:
    """What the lines say instead."""
    if block is context.plan:
        return f"its phases {_all_phases(context)}"
    if isinstance(block, Phase) and block.lasts is not None:
        lasts = block.lasts
        if unit == "day" and lasts.until is None and lasts.high is not None:
            return f"it lasts {range_words(lasts.low, lasts.high)} days"
        return f"it lasts {lasts_words(lasts)}"
    if isinstance(block, Medication) and block.steps:
        return f"its doses are {', '.join(dose_words(step) for step in block.steps)}"
    if isinstance(block, Service) and unit == "session":
        low, high = sessions_of(context.plan, block.name)[-1]
        return f"its lines come to {range_words(low, high) if high is not None else f'{low} and more'}"
    if isinstance(block, Service) and unit == "topic":
        return f"it has {counted(len(block.topics), 'topic')}"
    if isinstance(block, Service) and block.minutes and unit not in ("session", "topic"):
        return f"its length is {minutes_words(block.minutes)}"
    return "no line of its own does"


def _all_phases(context: RuleContext) -> str:
    low = sum(p.lasts.low for p in context.plan.phases if p.lasts)
    high = sum(p.longest or (p.lasts.low if p.lasts else 0) for p in context.plan.phases)
    return f"take {duration_range_words(low, high)} together, none of them so long"
