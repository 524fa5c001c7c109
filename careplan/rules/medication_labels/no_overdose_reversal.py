"""A plan with medication for opioid use disorder, and nowhere a word on naloxone.

Whoever is treated for opioid use disorder is at risk of an overdose: at the start, after a break, and most
of all after naltrexone, when tolerance is gone. The labels ask that access to naloxone is discussed. Add a
kit and training to the services: `support naloxone-kit "Naloxone kit and training"`.

source: Vivitrol label of December 2025 (access to naloxone at each injection), https://prescriberpoint.com/therapies/vivitrol-cd11c43

not reported: a plan that names naloxone or overdose reversal in any service, topic, title, note, fact or
measure; naltrexone in a plan for alcohol alone. Naloxone inside of buprenorphine/naloxone is no reversal
kit

```careplan bad
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

measure cows "Clinical Opiate Withdrawal Scale" 0 to 48, lower is better

therapy visit "Visit"
  format individual
  length 20 min

medication film "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient when cows >= 11
  induction   4 mg         daily for 1 day
  maintenance 16 to 24 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
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

support rescue-kit "Naloxone kit and training"

medication film "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient when cows >= 11
  induction   4 mg         daily for 1 day
  maintenance 16 to 24 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  rescue-kit once in week 1
  assess cows daily
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.pattern import Pattern
from careplan.plan.model import Named, Plan
from careplan.rules.context import RuleContext
from careplan.rules.hints import words_of
from careplan.rules.opioids import REVERSAL, agonists, antagonists, treats_opioids
from careplan.rules.rule import Found, rule

REVERSES = Pattern(r"naloxone|narcan|nalmefene|overdose[- ](reversal|rescue|kit)|reversal of (an )?overdose")
COMBINED = Pattern(r"\bbup\w*\s*(/|-|and|with|,|\+)?\s*naloxone")


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Plans with an opioid agonist, or an antagonist for opioid use disorder, that do not name naloxone."""
    courses = agonists(context) or (antagonists(context) if treats_opioids(context) else [])
    if not courses or context.of_class(REVERSAL) or _names_it(context.plan):
        return
    yield Found(
        f"`{context.plan.name}` treats with `{courses[0].name}`, and nothing in it hands out naloxone",
        context.plan.span,
        help="add a `support` such as a naloxone kit with training; source: Vivitrol label, December 2025",
    )


def _names_it(plan: Plan) -> bool:
    named: tuple[Named, ...] = (plan, *plan.services, *plan.facts, *plan.measures, *plan.events, *plan.phases)
    named += (*plan.goals, *plan.medications)
    told = [words_of(element) + " ".join(element.notes).lower() for element in named]
    told += [topic.title.lower() for service in plan.services for topic in service.topics]
    return any(REVERSES.search(COMBINED.sub(" ", words)) for words in told)
