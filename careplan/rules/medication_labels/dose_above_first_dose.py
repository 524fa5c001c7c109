"""The first dose of a course is above the one that the drug's label begins with.

A first dose is small for a reason: tolerance is not known yet. The first dose line is held against the
formulary's `first dose` (buprenorphine 2 to 4 mg; naltrexone tablets 25 mg in opioid use disorder). Sources
differ here (some begin buprenorphine with up to 8 mg), so this is a note: begin lower, or cite the protocol
that the plan follows.

source: Buprenorphine dosage, https://drugs.com/dosage/buprenorphine.html
source: Naltrexone dosage, http://www.drugs.com/dosage/naltrexone.html

not reported: a course that cites something else than a label; a course that only goes on from another one
of the same class (`when taking …`); naltrexone in a plan that is not for opioids; a drug with a maximum, or
whose first dose is also its usual one (see `dose-above-label`)

```careplan bad
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

measure cows "Clinical Opiate Withdrawal Scale" 0 to 48, lower is better

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication film "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient when cows >= 11
  induction   12 mg        daily for 1 day
  maintenance 16 to 24 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  naloxone-kit once in week 1
  assess cows daily
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

measure cows "Clinical Opiate Withdrawal Scale" 0 to 48, lower is better

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication film "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient when cows >= 11
  induction   4 mg         daily for 1 day
  maintenance 16 to 24 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  naloxone-kit once in week 1
  assess cows daily
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.words import number_words, range_words
from careplan.rules.context import RuleContext
from careplan.rules.doses import cites_beyond_label, first_dose
from careplan.rules.opioids import ANTAGONIST, goes_on_from_another, treats_opioids
from careplan.rules.rule import Found, rule


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Each first dose against the label's."""
    for course in context.plan.medications:
        drug = context.drug_of.get(course.name)
        limit = drug.first_dose if drug is not None else None
        if drug is None or limit is None or not course.steps or cites_beyond_label(context, course):
            continue
        if drug.drug_class == ANTAGONIST and not treats_opioids(context):
            continue
        given, step = first_dose(course), course.steps[0]
        if step.unit != limit.unit or given <= limit.high or goes_on_from_another(context, course, drug):
            continue
        if drug.maximum is not None or (drug.usual is not None and drug.usual.high <= limit.high):
            continue  # `dose-above-label` looks at it
        yield Found(
            f"the first dose of `{course.name}` is {number_words(given)} {step.unit}, above the label's "
            f"{range_words(limit.low, limit.high)} {limit.unit}",
            step.span,
            help=f"begin lower, or cite the protocol; source: the label of {drug.label}",
        )
