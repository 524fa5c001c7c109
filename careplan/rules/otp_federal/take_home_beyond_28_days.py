"""A take-home supply is for more than 28 days.

No opioid treatment program may give more than a supply of 28 days of methadone at a time, whatever the time
in treatment. Shorten the band. A state may allow less: then the lower of the two holds.

source: fact `otp.take-home.at-most`

not reported: buprenorphine, to which this limit does not apply; supplies up to 28 days (see
`take-home-too-early` for when they may begin); extra doses for days on which the clinic is closed, which a
plan does not list

```careplan bad
plan otp "Opioid treatment program"
  substance opioids
  follows otp-federal
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
  take-home up to  7 days from day  1 to day 30
  take-home up to 30 days from day 31
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids 8 per 52 weeks at random
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan otp "Opioid treatment program"
  substance opioids
  follows otp-federal
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
  take-home up to  7 days from day  1 to day 30
  take-home up to 28 days from day 31
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids 8 per 52 weeks at random
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule
from careplan.rules.supplies import Rung, beyond


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Every supply against the longest there can be."""
    most = fact("otp.take-home.at-most")
    for found in beyond(context, [Rung(1, int(most.value))]):
        yield Found(
            f"`{found.course.name}` may be taken home for {found.band.supply_days} days at a time, and "
            f"{found.limit} is the most",
            found.band.span,
            help=f"shorten it to {found.limit} days or less; source: {most.credit}",
        )
