"""A take-home supply of methadone is above what Wisconsin allows for the time in treatment.

Wisconsin counts doses: as the code is read here, none to day 30 (implied), 1 a week from day 31, 2 from day
91, 3 from day 181, 4 from day 271, 6 from day 366, and 13 in two weeks after two years. A supply for more
days at a time than that is above the ladder. The federal rule allows more: the lower of the two holds, so a
plan that keeps to this one keeps to both.

source: fact `wi.take-home.from-day-1`
source: fact `wi.take-home.from-day-31`
source: fact `wi.take-home.from-day-91`
source: fact `wi.take-home.from-day-181`
source: fact `wi.take-home.from-day-271`
source: fact `wi.take-home.from-day-366`
source: fact `wi.take-home.from-day-731`

not reported: buprenorphine, which has a ladder of its own; doses for days on which the clinic is closed;
how often a supply is given, which a plan does not say; exceptions granted to one patient

```careplan bad
plan otp "Opioid treatment program"
  substance opioids
  follows wi
  start in outpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive

therapy visit "Visit"
  format individual
  length 20 min

medication methadone-course "Methadone"
  drug methadone
  start in outpatient
  induction 20 to 30 mg daily for 3 days
  maintenance 60 to 120 mg daily
  take-home up to  1 day  from day  31 to day 90
  take-home up to  7 days from day  91
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids every 4 weeks at random
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan otp "Opioid treatment program"
  substance opioids
  follows wi
  start in outpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive

therapy visit "Visit"
  format individual
  length 20 min

medication methadone-course "Methadone"
  drug methadone
  start in outpatient
  induction 20 to 30 mg daily for 3 days
  maintenance 60 to 120 mg daily
  take-home up to  1 day  from day  31 to day 90
  take-home up to  2 days from day  91 to day 180
  take-home up to  3 days from day 181 to day 270
  take-home up to  4 days from day 271 to day 365
  take-home up to  6 days from day 366 to day 730
  take-home up to 13 days from day 731
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids every 4 weeks at random
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.facts import facts
from careplan.rules.rule import Found, rule
from careplan.rules.supplies import Rung, beyond

PREFIX = "wi.take-home.from-day-"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every supply against the ladder of Wisconsin."""
    rungs = [each for name, each in facts().items() if name.startswith(PREFIX)]
    ladder = sorted(Rung(int(each.name.removeprefix(PREFIX)), int(each.value)) for each in rungs)
    for found in beyond(context, ladder):
        supply, first = found.band.supply_days, found.band.first
        allowed = f"{found.limit} is the most" if found.limit else "none is"
        when = (
            "no supply of this length is allowed"
            if found.allowed_from is None
            else f"such a supply is allowed from day {found.allowed_from} on"
        )
        yield Found(
            f"`{found.course.name}` may be taken home for {supply} days at a time from day {first}, where "
            f"{allowed} allowed in Wisconsin",
            found.band.span,
            help=f"{when}; the lower of this limit and the federal one holds; source: {rungs[0].credit}",
        )
