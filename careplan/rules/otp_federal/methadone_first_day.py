"""Methadone can begin with more than 50 mg on the first day.

The federal rule limits the total of the first day to 50 mg, unless the reason for more is documented, as
for somebody who comes from another program. All doses of the day are added up, at the upper end of a range.
The number is to be confirmed against the primary text. Begin lower, or cite the protocol in the medication.

source: fact `otp.first-day`

not reported: a course that cites something else than a label; a course that goes on from another one of the
same class; doses as needed

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
  induction 30 mg 2 per day for 3 days
  maintenance 60 to 120 mg daily
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
from careplan.plan.words import number_words
from careplan.rules.context import RuleContext
from careplan.rules.doses import cites_beyond_label, first_day
from careplan.rules.facts import fact
from careplan.rules.opioids import goes_on_from_another
from careplan.rules.rule import Found, rule

FULL = "opioid-full-agonist"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The first day of every full agonist."""
    most = fact("otp.first-day")
    for course in context.of_class(FULL):
        drug, total = context.drug_of[course.name], first_day(course)
        if not course.steps or course.steps[0].unit != most.unit or total <= most.value:
            continue
        if cites_beyond_label(context, course) or goes_on_from_another(context, course, drug):
            continue
        yield Found(
            f"`{course.name}` can come to {number_words(total)} mg on its first day, above {most.value:g} mg",
            course.steps[0].span,
            help=f"begin lower, or cite the protocol that gives the reason; source: {most.credit}",
        )
