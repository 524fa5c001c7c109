"""Disulfiram can run at the same time as metronidazole or paraldehyde.

The label of disulfiram forbids both. A plan's author rarely thinks of an antibiotic that another doctor
prescribes: where it stands in the plan, the two must not meet. Drugs are known by their ingredients in the
formulary, the plan's own entries included, and every way through the plan is followed. Choose another drug,
or end one of the two before the other begins.

source: Disulfiram, contraindications, https://doctor123.org/Drugs/2722-Disulfiram

not reported: courses that facts or phases keep apart; alcohol, which is no course of a plan (see
`disulfiram-without-dry-hours`); a drug that the plan gives no ingredients for

```careplan bad
plan small "An infection on the way"
  substance alcohol
  follows medication-labels
  start in clinic

fact dry-days "Days without alcohol" 0 to 100 days

formulary metronidazole "Metronidazole"
  class antibiotic
  ingredient metronidazole

therapy visit "Visit"
  format individual
  length 30 min

medication antabuse "Disulfiram"
  drug disulfiram
  start in clinic when dry-days >= 2
  maintenance 250 mg daily
  monitor lft at start
  continue through clinic

medication antibiotic "Metronidazole"
  drug metronidazole
  start in clinic
  dose 500 mg 2 per day for 7 days

phase clinic "Clinic"
  level 1
  lasts 12 weeks
  visit weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Another antibiotic"
  substance alcohol
  follows medication-labels
  start in clinic

fact dry-days "Days without alcohol" 0 to 100 days

formulary amoxicillin "Amoxicillin"
  class antibiotic
  ingredient amoxicillin

therapy visit "Visit"
  format individual
  length 30 min

medication antabuse "Disulfiram"
  drug disulfiram
  start in clinic when dry-days >= 2
  maintenance 250 mg daily
  monitor lft at start
  continue through clinic

medication antibiotic "Amoxicillin"
  drug amoxicillin
  start in clinic
  dose 500 mg 3 per day for 7 days

phase clinic "Clinic"
  level 1
  lasts 12 weeks
  visit weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Medication
from careplan.plan.words import listed
from careplan.rules.context import RuleContext
from careplan.rules.opioids import way_words
from careplan.rules.rule import Found, rule
from careplan.rules.together import Pair

FORBIDDEN = {"metronidazole", "paraldehyde"}


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Each course of disulfiram with each course that holds one of the two."""
    for one, other in permutations(context.plan.medications, 2):
        forbidden = FORBIDDEN & _ingredients(context, other)
        if "disulfiram" not in _ingredients(context, one) or not forbidden:
            continue
        met, _ = Pair(context, one, other).meet()
        if met is None:
            continue
        starts, runs = met.starts, met.other
        yield Found(
            f"`{starts.name}` can start in `{met.phase}` while `{runs.name}` is running, and "
            f"{listed(sorted(forbidden))} must not be given with disulfiram",
            starts.start.span if starts.start is not None else starts.span,
            here=way_words(met),
            help="choose another drug, or end one before the other begins; source: disulfiram label",
            related=(Label(runs.span, "is running then"),),
        )


def _ingredients(context: RuleContext, course: Medication) -> set[str]:
    drug = context.drug_of.get(course.name)
    return set(drug.ingredients) if drug is not None else set()
