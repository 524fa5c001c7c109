"""A dose is above the most that the drug's label knows.

The limit is the formulary's `maximum`; where the label gives neither a maximum nor says that there is none
(naltrexone tablets), it is the top of its usual dose, averaged over the week because the label itself
spreads it unevenly. The most that the plan allows is held against it: the upper end of a range, all doses
of a day, `also` lines included. Published protocols do go beyond a label (COMBINE gave 3 g of acamprosate a
day): then the medication cites the protocol, and nothing is reported. A citation of a label is no such
reason.

source: Acamprosate prescribing information, 2.1, https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=a815699f-90ee-41ba-838c-11951aeda90f
source: Disulfiram tablets, dosage, https://globalrph.com/rx-list/disulfiram-tablets-drug
source: Vivitrol prescribing information 2022, https://themeditary.com/pro/vivitrol-prescribing-information-12942.html
source: Brixadi prescribing information, https://dailymed.nlm.nih.gov/dailymed/fda/fdaDrugXsl.cfm?setid=5d8a8fd0-8619-422a-a664-d1d2e8970f48&type=display
source: Naltrexone dosage and its other schedules, http://www.drugs.com/dosage/naltrexone.html
source: FDA, December 2024: no maximum for transmucosal buprenorphine, https://www.govinfo.gov/content/pkg/FR-2024-12-27/html/2024-30776.htm

not reported: sublingual buprenorphine and methadone, which have no maximum; a course that cites something
else than a label; doses in units that the label does not use; doses as needed; the label's own uneven
schedules of naltrexone (50 mg on weekdays and 100 mg on Saturday, 100 mg every other day, 150 mg every
third)

```careplan bad
plan tablets "Acamprosate"
  follows medication-labels
  start in outpatient

measure crcl "Creatinine clearance" 0 to 200 "mL/min", higher is better

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Acamprosate"
  drug acamprosate
  start in outpatient when crcl > 50
  maintenance 1 g 3 per day
  continue through outpatient
  monitor crcl at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  assess crcl at start
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan tablets "Acamprosate"
  follows medication-labels
  start in outpatient

source combine "COMBINE: combined pharmacotherapies and behavioral interventions"
  url "https://m.moam.info/combined-pharmacotherapies-and-behavioral-interventions-for-_5afd593f8ead0e34708b45a9.html"
  strength trial

measure crcl "Creatinine clearance" 0 to 200 "mL/min", higher is better

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Acamprosate, the study's dose"
  drug acamprosate
  start in outpatient when crcl > 50
  maintenance 1 g 3 per day
  continue through outpatient
  monitor crcl at start
  cite combine "3 g a day"

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  assess crcl at start
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import DoseRate, Drug
from careplan.plan.words import number_words
from careplan.rules.context import RuleContext
from careplan.rules.doses import Amount, amounts, cites_beyond_label
from careplan.rules.rule import Found, rule

NOISE = 1e-6


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Each dose line against the label's limit."""
    for course in context.plan.medications:
        drug = context.drug_of.get(course.name)
        limit = None if drug is None else drug.maximum or _usual(drug)
        if drug is None or limit is None or cites_beyond_label(context, course):
            continue
        for amount in amounts(course):
            given = _given(amount, limit, usual=drug.maximum is None)
            if amount.step.unit == limit.unit and given > limit.high + NOISE:
                much = f"{number_words(round(given, 1))} {limit.unit} per {limit.per}"
                most = f"{number_words(limit.high)} {limit.unit} per {limit.per}"
                name = "maximum" if drug.maximum is not None else "usual dose"
                yield Found(
                    f"`{course.name}` comes to {much}, above the label's {name} of {most}",
                    amount.step.span,
                    help="if a published protocol asks for it, cite that in the medication; source: the "
                    f"label of {drug.label}",
                )
                break


def _usual(drug: Drug) -> DoseRate | None:
    """The top of the usual dose, where the label gives no maximum and does not say that there is none."""
    return None if drug.no_maximum else drug.usual


def _given(amount: Amount, limit: DoseRate, usual: bool) -> float:
    if limit.per == "dose":
        return amount.dose
    if limit.per == "week":
        return amount.week
    return amount.week / 7 if usual else amount.day
