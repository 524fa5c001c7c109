"""An opioid antagonist can start too few days after the last dose of an opioid agonist.

Naltrexone needs 7 to 10 opioid-free days first, or it brings on withdrawal. The days are counted on every
way that the plan allows, from the last dose that the plan gives of an agonist (methadone, buprenorphine in
any form) to the first dose of the antagonist: minimums of phases, `days >= …` and what conditions ask for
count. Say it in the start itself: a measure such as "Days since the last opioid", or a negative result `for
10 days`. This is in force for every plan, whatever it follows: no plan means this. Only the lower number,
7, is held against the plan; after methadone or buprenorphine many protocols wait longer.

source: fact `label.naltrexone.opioid-free`

not reported: a start, or an exit on the way, that asks for enough opioid-free days; opioids that are no
course of the plan (see `antagonist-without-opioid-free-days`); the other direction, from naltrexone to an
agonist; courses that can run at the same time, which `antagonist-with-agonist` reports

```careplan bad
plan detox "Methadone taper, then naltrexone"
  start in detox

therapy counselling "Counselling"
  format individual
  length 50 min

medication methadone-taper "Methadone taper"
  drug methadone
  start in detox
  taper from 30 mg to 5 mg by 5 mg every 2 days
  stop at end of detox

medication xr-ntx "Naltrexone injection"
  drug naltrexone-xr
  start in rehab when days >= 3
  maintenance 380 mg every 4 weeks
  continue through rehab

phase detox "Withdrawal"
  level 3.7
  lasts 12 days
  counselling 3 per week
  at end step down to rehab

phase rehab "Residential"
  level 3.5
  lasts 4 weeks
  counselling 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan detox "Methadone taper, then naltrexone"
  start in detox

measure opioid-free-days "Days since the last opioid" 0 to 60 days, higher is better

therapy counselling "Counselling"
  format individual
  length 50 min

medication methadone-taper "Methadone taper"
  drug methadone
  start in detox
  taper from 30 mg to 5 mg by 5 mg every 2 days
  stop at end of detox

medication xr-ntx "Naltrexone injection"
  drug naltrexone-xr
  start in rehab when opioid-free-days >= 10
  maintenance 380 mg every 4 weeks
  continue through rehab

phase detox "Withdrawal"
  level 3.7
  lasts 12 days
  counselling 3 per week
  at end step down to rehab

phase rehab "Residential"
  level 3.5
  lasts 4 weeks
  counselling 3 per week
  assess opioid-free-days daily
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.words import counted
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.opioids import way_words
from careplan.rules.rule import Found, rule


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Each antagonist after each agonist."""
    needed = fact("label.naltrexone.opioid-free")
    for pair in context.opioid_pairs:
        met = pair.soonest
        if pair.at_once is not None or met is None or met.gap >= needed.value:
            continue
        starts = met.starts
        yield Found(
            f"`{starts.name}` can start in `{met.phase}` {counted(met.gap, 'day')} after the last dose of "
            f"`{met.other.name}`, an opioid agonist",
            starts.start.span if starts.start is not None else starts.span,
            here=way_words(met),
            help="let its start ask for opioid-free days, such as a measure of the days since the last "
            f"opioid; source: {needed.credit}",
            related=(Label(met.other.span, "the agonist"),),
        )
