"""A course treats with naloxone, the overdose antidote, as if it were a medication to be taken for weeks.

Naloxone works for an hour or so and reverses an overdose; naltrexone, one letter-row away, is the
medication that is taken for months. A `medication` block on naloxone that is taken day by day, week by week
or until further notice is almost always meant to be naltrexone. Choose the right drug; a kit to take home
is a `support` (`support naloxone-kit "Naloxone kit and training"`). In force for every plan: the plan would
treat nothing.

source: Vivitrol label of December 2025 (naloxone for emergencies), https://prescriberpoint.com/therapies/vivitrol-cd11c43

not reported: a dose of naloxone once, or as needed; naloxone as an ingredient of buprenorphine/naloxone

```careplan bad
plan mistaken "Injections"
  start in outpatient

therapy counselling "Counselling"
  format individual
  length 50 min

medication injection "Monthly injection"
  drug naloxone
  start in outpatient
  maintenance 380 mg every 4 weeks
  continue through outpatient

phase outpatient "Outpatient"
  lasts 24 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan mistaken "Injections"
  start in outpatient

therapy counselling "Counselling"
  format individual
  length 50 min

support naloxone-kit "Naloxone kit and training"
  length 30 min

medication injection "Monthly injection"
  drug naltrexone-xr
  start in outpatient
  maintenance 380 mg every 4 weeks
  continue through outpatient

phase outpatient "Outpatient"
  lasts 24 weeks
  counselling  weekly
  naloxone-kit once in week 1
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import DoseStep
from careplan.plan.words import dose_words
from careplan.rules.context import RuleContext
from careplan.rules.opioids import REVERSAL
from careplan.rules.rule import Found, rule


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Courses of an overdose-reversal drug with a dose that comes again and again."""
    for course in context.of_class(REVERSAL):
        repeated = next((step for step in course.steps if _is_repeated(step)), None)
        if repeated is not None:
            yield Found(
                f"`{course.name}` gives naloxone, which reverses an overdose and treats nothing for longer: "
                f"{dose_words(repeated)}",
                repeated.span,
                help="if naltrexone is meant, say `drug naltrexone-xr` or `drug naltrexone-oral`; a kit to "
                "take home is a `support`",
            )


def _is_repeated(step: DoseStep) -> bool:
    if step.frequency is not None and step.frequency.kind in ("once", "as-needed"):
        return False
    return step.run_times != 1
