"""A take-home supply of methadone begins earlier than the federal rule allows it.

Since 2024 the time in treatment opens supplies of methadone to take home: up to 7 days at first, up to 14
days from day 15, up to 28 days from day 31. The 28 days were read at a source; the 7 and 14 days and day 15
are to be confirmed against the primary text. Let the longer supply begin later, or shorten it. A state may
be stricter: with its pack in force too, the lower of the two limits holds.

source: fact `otp.take-home.first`
source: fact `otp.take-home.second`
source: fact `otp.take-home.second-from`
source: fact `otp.take-home.third`
source: fact `otp.take-home.third-from`

not reported: buprenorphine; supplies of more than 28 days (see `take-home-beyond-28-days`); extra doses for
days on which the clinic is closed; the days count from the first dose of the course, so somebody who comes
from another program with time in treatment may be ahead of them (allow it with that reason)

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
  take-home up to  7 days from day  1 to day 13
  take-home up to 14 days from day 14 to day 30
  take-home up to 28 days from day 31
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
  take-home up to  7 days from day  1 to day 14
  take-home up to 14 days from day 15 to day 30
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


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every supply against the ladder of the federal rule."""
    first, second, third = (fact(f"otp.take-home.{n}") for n in ("first", "second", "third"))
    ladder = [
        Rung(1, int(first.value)),
        Rung(int(fact("otp.take-home.second-from").value), int(second.value)),
        Rung(int(fact("otp.take-home.third-from").value), int(third.value)),
    ]
    for found in beyond(context, ladder):
        if found.allowed_from is None:
            continue  # longer than any: `take-home-beyond-28-days` tells it
        credit = (third if found.band.supply_days > second.value else second).credit
        yield Found(
            f"`{found.course.name}` may be taken home for {found.band.supply_days} days at a time from day "
            f"{found.band.first}, where {found.limit} is the most",
            found.band.span,
            help=f"begin it on day {found.allowed_from}, or shorten it to {found.limit} days; "
            f"source: {credit}",
        )
