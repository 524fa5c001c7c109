"""Methadone or buprenorphine is withheld, held or ended because of benzodiazepines.

In September 2017 the FDA said that medication for opioid use disorder should not be withheld from people
who take benzodiazepines or other drugs that depress the central nervous system: the harm of untreated
opioid use disorder can outweigh the risk of taking both, which careful management lowers. Let such a test
lead to a visit, a closer follow-up or another dose, and the medication go on.

source: FDA, 20 September 2017, https://www.fda.gov/drugs/drug-safety-podcasts/fda-drug-safety-podcast-fda-urges-caution-about-withholding-opioid-addiction-medications-patients

not reported: a hold while somebody is sedated; a step up to closer care in which the medication goes on; a
discharge at which the course says `hand over`; services that a positive test brings; benzodiazepines as a
goal

```careplan bad
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

measure cows            "Clinical Opiate Withdrawal Scale"    0 to 48, lower is better
measure benzodiazepines "Urine drug screen: benzodiazepines" one of negative, positive

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication film "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient when cows >= 11
  induction   4 mg         daily for 1 day
  maintenance 16 to 24 mg daily
  stop when benzodiazepines is positive
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  naloxone-kit once in week 1
  assess cows daily
  assess benzodiazepines weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

measure cows            "Clinical Opiate Withdrawal Scale"    0 to 48, lower is better
measure benzodiazepines "Urine drug screen: benzodiazepines" one of negative, positive

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
  visit 1 extra per week for 2 weeks after benzodiazepines is positive
  naloxone-kit once in week 1
  assess cows daily
  assess benzodiazepines weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.logic import Literal
from careplan.plan.words import condition_words
from careplan.rules.context import RuleContext
from careplan.rules.hints import BENZODIAZEPINE, is_about, says_negative
from careplan.rules.rule import Found, rule
from careplan.rules.withheld import Withheld, at_discharge, withheld

WORDS = {
    "start": "starts only",
    "hold": "is held",
    "stop": "is stopped",
    "discharge": "is left behind at a discharge",
    "end": "ends on the way out",
}


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every condition that can keep an opioid agonist from somebody."""
    for found in withheld(context):
        if not _because(context, found) or at_discharge(found) == "hand over":
            continue
        yield Found(
            f"`{found.course.name}` {WORDS[found.does]} when {condition_words(found.condition)}",
            found.condition.span,
            help="that is no reason to withhold it: let it lead to closer care; source: FDA, 2017",
            related=(Label(found.course.span, "the medication"),),
        )


def _because(context: RuleContext, found: Withheld) -> bool:
    """Whether benzodiazepines decide: in any case of an end, or (their absence) in each of a start."""
    if found.does == "start":
        return all(any(_is_benzodiazepine(context, x, negative=True) for x in way) for way in found.ways)
    return any(any(_is_benzodiazepine(context, x, negative=False) for x in way) for way in found.ways)


def _is_benzodiazepine(context: RuleContext, literal: Literal, negative: bool) -> bool:
    test = literal.test
    if test.subject not in ("measure", "fact", "event") or not is_about(context, test.name, BENZODIAZEPINE):
        return False
    return says_negative(literal) == negative
