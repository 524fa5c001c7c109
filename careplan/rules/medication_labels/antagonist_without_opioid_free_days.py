"""Naltrexone can start in a plan for opioids, and nothing asks for opioid-free days first.

Somebody who still has an opioid in the body is thrown into withdrawal by the first dose, and the label asks
for 7 to 10 days without opioids. Let the start ask for it: a measure of the days since the last opioid, a
clean result `for 7 days`, or a phase before it that is long enough.

source: fact `label.naltrexone.opioid-free`

not reported: plans for alcohol alone; a start at least so many days into the stay; a fact or an admission
criterion that says opioid-free; a negative test `for 7 days` and more; agonist courses of the plan, which
`antagonist-too-soon` looks at

```careplan bad
plan injections "Naltrexone injections"
  substance opioids
  follows medication-labels
  start in outpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive
measure lft         "Liver function tests"       one of normal, raised

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication xr-ntx "Naltrexone injection"
  drug naltrexone-xr
  start in outpatient when uds-opioids is negative
  maintenance 380 mg every 4 weeks
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 24 weeks
  visit weekly
  naloxone-kit once in week 1
  assess uds-opioids weekly
  assess lft at start
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan injections "Naltrexone injections"
  substance opioids
  follows medication-labels
  start in outpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive
measure lft         "Liver function tests"       one of normal, raised

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication xr-ntx "Naltrexone injection"
  drug naltrexone-xr
  start in outpatient when uds-opioids is negative for 10 days
  maintenance 380 mg every 4 weeks
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 24 weeks
  visit weekly
  naloxone-kit once in week 1
  assess uds-opioids 2 per week
  assess lft at start
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Condition, Medication
from careplan.plan.starts import days_before
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.needs import first_day, first_day_of_stay, opioid_free_days, ways_to_hold
from careplan.rules.opioids import OpioidPair, antagonists, treats_opioids
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The start of every opioid antagonist in a plan for opioids."""
    if not context.plan.substances or not treats_opioids(context):
        return
    needed = fact("label.naltrexone.opioid-free")
    told = {pair.antagonist.name for pair in context.opioid_pairs if _is_told(pair, needed.value)}
    for course in antagonists(context):
        if course.start is None or course.name in told or _days_asked(context, course) >= needed.value:
            continue
        yield Found(
            f"nothing in the start of `{course.name}` asks for {needed.value:g} opioid-free days",
            course.start.span,
            help=f"let it ask for them, such as a negative test `for {needed.value:g} days` or a measure of "
            f"the days since the last opioid; source: {needed.credit}",
        )


def _is_told(pair: OpioidPair, needed: float) -> bool:
    """Whether another rule reports the course beside, or too soon after, an agonist of the plan."""
    return pair.at_once is not None or (pair.soonest is not None and pair.soonest.gap < needed)


def _days_asked(context: RuleContext, course: Medication) -> float:
    """The opioid-free days, or the days of the stay, that lie before the first dose at least."""
    when = course.start.when if course.start is not None else None
    asked = _opioid_free(context, when)
    phases = course.start.phases if course.start is not None else ()
    before = min((days_before(context.plan, context.phases[n]).low for n in phases), default=0)
    ways = ways_to_hold(when)
    stay = min(max(before + first_day(case), first_day_of_stay(case)) for case in ways) - 1
    return max(asked, float(stay), _opioid_free(context, context.plan.admit))


def _opioid_free(context: RuleContext, condition: Condition | None) -> float:
    """The fewest opioid-free days of any way in which the condition can hold."""
    return min(
        max((opioid_free_days(context, test, so)[0] for test, so in case), default=0.0)
        for case in ways_to_hold(condition)
    )
