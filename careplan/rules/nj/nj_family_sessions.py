"""A phase offers family counselling less often than New Jersey asks for.

New Jersey's outpatient rule asks for a family counselling session every week in partial care, and every
month in intensive outpatient and outpatient care, unless it is clinically contraindicated or the person or
the family refuses. A phase of level 2.5 needs a service of format `family` or `family group` every week, a
phase of level 2.1 or 1 every month. More than five weeks in a row without one are more than a month,
wherever the month begins.

source: fact `nj.family.partial-care`
source: fact `nj.family.outpatient`

not reported: phases shorter than such a gap; sessions that are only `encouraged` or for some people by `if`
(they are offered); outpatient care of an opioid treatment program (a plan that follows `otp-federal`, and
level 1.7), whose team decides

```careplan bad
plan program "No family sessions"
  population adults
  follows nj
  start in care

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

phase care "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  session 3 per week on mon, wed, fri at 18:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Family sessions every month"
  population adults
  follows nj
  start in care

therapy session "Group session"
  format group of 6 to 12
  length 3 hours

therapy family "Family session"
  format family
  length 60 min

phase care "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  session 3 per week on mon, wed, fri at 18:00
  family  every 4 weeks
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Phase
from careplan.plan.weeks import horizon_weeks, line_weeks
from careplan.plan.words import counted
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule

MONTH = -(-31 // 7)
"""The weeks that the longest month touches."""

MOST_WEEKS = {"2.5": 0, "2.1": MONTH, "1": MONTH, "1.5": MONTH}
"""Weeks in a row without a session that are allowed; none in partial care."""

OUTPATIENT = ("1", "1.5")
FAMILY = ("family", "family group")


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of these levels."""
    weekly, monthly = fact("nj.family.partial-care"), fact("nj.family.outpatient")
    in_otp = "otp-federal" in context.packs
    for phase in context.plan.phases:
        most = MOST_WEEKS.get(context.level(phase))
        if most is None or phase.level is None or (in_otp and phase.level.code in OUTPATIENT):
            continue
        weeks = _family_weeks(context, phase)
        first, gap = _longest_gap(weeks)
        if gap <= most:
            continue
        asked, words = (weekly, "every week") if most == 0 else (monthly, "every month")
        where = f"week {first}" if gap == 1 else f"weeks {first} to {first + gap - 1}"
        said = f"has none in {where}" if any(weeks) else "has none at all"
        yield Found(
            f"New Jersey asks for a family session {words} in level {phase.level.code}, and "
            f"`{phase.name}` {said}",
            phase.level.span,
            help=f"add a line with a service of format `family` ({counted(gap, 'week')} without one); "
            f"source: {asked.credit}",
        )


def _family_weeks(context: RuleContext, phase: Phase) -> list[bool]:
    """For each week of the phase, whether a session with the family is offered."""
    weeks = [False] * horizon_weeks(context.plan, phase)
    for line in phase.services:
        formats = context.services[line.service].formats if line.service in context.services else ()
        if any(form.kind in FAMILY for form in formats):
            for index, count in enumerate(line_weeks(context.plan, phase, line)):
                weeks[index] = weeks[index] or count.high > 0
    return weeks


def _longest_gap(weeks: list[bool]) -> tuple[int, int]:
    """The first week of the longest run of weeks without, and its length."""
    best, start = (1, 0), 0
    for index, held in enumerate([*weeks, True]):
        if held:
            if index - start > best[1]:
                best = (start + 1, index - start)
            start = index + 1
    return best
