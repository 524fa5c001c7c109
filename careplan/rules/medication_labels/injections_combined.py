"""Two extended-release injections of the same drug can run at the same time.

Weekly and monthly doses of Brixadi cannot be added up to one another, and Sublocade beside either is a
second full dose: each course alone keeps its label, and together they do not. Keep them apart by a fact
(`when injection is weekly`), or let the first course end where the second begins: `stop when taking …`.

source: Brixadi prescribing information, 2.1, https://dailymed.nlm.nih.gov/dailymed/fda/fdaDrugXsl.cfm?setid=5d8a8fd0-8619-422a-a664-d1d2e8970f48&type=display

not reported: courses that facts keep apart on every way through the plan; a switch, where one course stops
when the other is taken or starts only when it is not; tablets or films before the first injection

```careplan bad
plan injections "Injections"
  substance opioids
  follows medication-labels
  start in outpatient

fact wants-monthly "Prefers the monthly injection" yes or no

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication weekly-injection "Brixadi, weekly"
  drug brixadi-weekly
  start in outpatient
  maintenance 24 mg weekly
  continue through outpatient

medication monthly-injection "Brixadi, monthly"
  drug brixadi-monthly
  start in outpatient when taking weekly-injection for 4 weeks
  maintenance 96 mg every 4 weeks
  continue through outpatient

phase outpatient "Outpatient"
  lasts 24 weeks
  visit weekly if wants-monthly
  visit 2 per week if not wants-monthly
  naloxone-kit once in week 1
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan injections "Injections"
  substance opioids
  follows medication-labels
  start in outpatient

fact wants-monthly "Prefers the monthly injection" yes or no

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication weekly-injection "Brixadi, weekly"
  drug brixadi-weekly
  start in outpatient
  maintenance 24 mg weekly
  stop when taking monthly-injection
  continue through outpatient

medication monthly-injection "Brixadi, monthly"
  drug brixadi-monthly
  start in outpatient when wants-monthly and taking weekly-injection for 4 weeks
  maintenance 96 mg every 4 weeks
  continue through outpatient

phase outpatient "Outpatient"
  lasts 24 weeks
  visit weekly
  naloxone-kit once in week 1
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from careplan.diagnostics import Label, Severity
from careplan.rules.context import RuleContext
from careplan.rules.opioids import way_words
from careplan.rules.rule import Found, rule
from careplan.rules.together import Pair


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Each two courses of injections with an ingredient in common."""
    drugs = context.drug_of
    injected = [m for m in context.plan.medications if m.name in drugs and drugs[m.name].interval is not None]
    for one, other in combinations(injected, 2):
        if not {*drugs[one.name].ingredients} & {*drugs[other.name].ingredients}:
            continue
        met, _ = Pair(context, one, other).meet()
        if met is None:
            continue
        starts, runs = met.starts, met.other
        yield Found(
            f"`{starts.name}` can start in `{met.phase}` while `{runs.name}`, an injection of the same drug, "
            "is running",
            starts.start.span if starts.start is not None else starts.span,
            here=way_words(met),
            help=f"let `{runs.name}` end where it begins: `stop when taking {starts.name}`; source: Brixadi "
            "label, 2.1",
            related=(Label(runs.span, "is running then"),),
        )
