"""An opioid antagonist for opioid use may never be started, and nothing says what is given then.

The first dose has to wait for days without opioids, and many do not get there: in the X:BOT trial 28 % of
those who were to have extended-release naltrexone never started it, against 6 % with buprenorphine. A plan
that goes on to its next phase without a word leaves them without medication. Say what they get: `if start
fails use` and the name of another medication.

source: fact `xbot.induction-failure.naltrexone`
source: fact `xbot.induction-failure.buprenorphine`

not reported: plans that do not say that they treat opioid use (`substance opioids`); starts without a
condition; a course that itself stands in for another, or that another antagonist follows in a later phase
(the first tablets before injections); a start that is tried until the end of the stay; medications of other
classes.

```careplan bad
plan small "Naltrexone or nothing"
  substance opioids
  start in inpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive

formulary naltrexone-shot "Extended-release naltrexone"
  class opioid-antagonist
  form injection

medication shot "Naltrexone injection"
  drug naltrexone-shot
  start in inpatient when uds-opioids is negative for 10 days
  maintenance 380 mg every 4 weeks
  continue through outpatient

phase inpatient "Inpatient"
  level 3.7
  lasts 2 weeks
  assess uds-opioids daily
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 22 weeks
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Naltrexone, else buprenorphine"
  substance opioids
  start in inpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive
measure withdrawal "Opioid withdrawal" 0 to 48, lower is better

formulary naltrexone-shot "Extended-release naltrexone"
  class opioid-antagonist
  form injection

formulary bup-film "Buprenorphine"
  class opioid-partial-agonist
  form film

medication shot "Naltrexone injection"
  drug naltrexone-shot
  start in inpatient when uds-opioids is negative for 10 days
  maintenance 380 mg every 4 weeks
  if start fails use film
  continue through outpatient

medication film "Buprenorphine film"
  drug bup-film
  start when withdrawal >= 12
  maintenance 16 mg daily
  continue through outpatient

phase inpatient "Inpatient"
  level 3.7
  lasts 2 weeks
  assess uds-opioids daily
  assess withdrawal daily
  at end move to outpatient

phase outpatient "Outpatient"
  lasts 22 weeks
  assess withdrawal as needed
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Medication
from careplan.plan.words import number_words
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every antagonist course whose start waits for something."""
    if "opioids" not in context.plan.substances:
        return
    spoken_of = {course.fallback for course in context.plan.medications}
    antagonists = context.of_class("opioid-antagonist")
    for course in antagonists:
        tried_again = any(_starts_elsewhere(course, other) for other in antagonists)
        if course.fallback is not None or course.name in spoken_of or tried_again:
            continue
        if _may_fail(context, course):
            share = number_words(fact("xbot.induction-failure.naltrexone").value)
            yield Found(
                f"nothing says what is given if `{course.name}` cannot be started",
                course.span,
                help=f"say `if start fails use …`: in the X:BOT trial {share} % never started naltrexone",
            )


def _starts_elsewhere(course: Medication, other: Medication) -> bool:
    """Whether the other course has a start of its own in another phase."""
    here = set(course.start.phases) if course.start else set()
    return other is not course and other.start is not None and not here.issuperset(other.start.phases)


def _may_fail(context: RuleContext, course: Medication) -> bool:
    """Whether the stay can go on to a phase in which the course is no longer tried."""
    start = course.start
    if start is None or start.when is None:
        return False
    ways = (way for name in start.phases for way in context.ways.get(name, ()))
    return any(way.target in context.phases and way.target not in start.phases for way in ways)
