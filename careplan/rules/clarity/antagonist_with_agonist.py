"""An opioid antagonist and an opioid agonist can run at the same time on a way that the plan allows.

Naltrexone given to somebody who takes methadone or buprenorphine brings on withdrawal at once and for days,
and the labels forbid it; an agonist given on top of naltrexone does nothing, or is forced to a dangerous
dose. Here every way through the plan is followed, returns to an earlier phase included, with every set of
facts that decides on admissions, starts and exits; drugs are known by their class in the formulary, never
by their name. Say in the start of the second course that the first is not being taken (`and not taking …`),
or end the first one in time. This is in force for every plan, whatever it follows: no plan means this.

source: Vivitrol label, contraindications, https://themeditary.com/pro/vivitrol-prescribing-information-12942.html
source: Naltrexone tablets, contraindications, http://www2.mallinckrodt.com/Templates/Pages/productdetail.aspx?id=1945

not reported: a fallback that is used only where the start of the other course has failed, as long as no way
leads back to that start; courses that facts keep apart; a start that asks for opioid-free days by name; a
course that has ended by its own length before the other can start; an emergency dose of naloxone, which is
no antagonist course

```careplan bad
plan relapse "Naltrexone, else buprenorphine"
  start in inpatient

measure uds  "Urine drug screen: opioids not prescribed" one of negative, positive
measure cows "Clinical Opiate Withdrawal Scale"          0 to 48, lower is better

therapy counselling "Counselling"
  format individual
  length 50 min

medication xr-ntx "Naltrexone injection"
  drug naltrexone-xr
  start in inpatient within 14 days when uds is negative for 7 days
  maintenance 380 mg every 4 weeks
  if start fails use bup-nx
  continue through outpatient

medication bup-nx "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start when cows >= 11
  maintenance 16 to 24 mg daily
  continue through outpatient

phase inpatient "Inpatient unit"
  level 3.7
  lasts 7 days
  on return restart
  counselling 3 per week
  assess uds  daily
  assess cows daily
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1.5
  lasts 24 weeks
  on return restart
  counselling weekly
  assess uds  weekly
  assess cows weekly
  step up to inpatient when uds is positive for 4 weeks
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan relapse "Naltrexone, else buprenorphine"
  start in inpatient

measure uds  "Urine drug screen: opioids not prescribed" one of negative, positive
measure cows "Clinical Opiate Withdrawal Scale"          0 to 48, lower is better

therapy counselling "Counselling"
  format individual
  length 50 min

medication xr-ntx "Naltrexone injection"
  drug naltrexone-xr
  start in inpatient within 14 days when uds is negative for 7 days and not taking bup-nx
  maintenance 380 mg every 4 weeks
  if start fails use bup-nx
  continue through outpatient

medication bup-nx "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start when cows >= 11
  maintenance 16 to 24 mg daily
  continue through outpatient

phase inpatient "Inpatient unit"
  level 3.7
  lasts 7 days
  on return restart
  counselling 3 per week
  assess uds  daily
  assess cows daily
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1.5
  lasts 24 weeks
  on return restart
  counselling weekly
  assess uds  weekly
  assess cows weekly
  step up to inpatient when uds is positive for 4 weeks
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Medication
from careplan.rules.context import RuleContext
from careplan.rules.opioids import way_words
from careplan.rules.rule import Found, rule


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Each agonist with each antagonist."""
    for pair in context.opioid_pairs:
        met = pair.at_once
        if met is None:
            continue
        starts, runs = met.starts, met.other
        yield Found(
            f"`{starts.name}`, an opioid {_kind(context, starts)}, can start in `{met.phase}` while "
            f"`{runs.name}`, an opioid {_kind(context, runs)}, is running",
            starts.start.span if starts.start is not None else starts.span,
            here=way_words(met),
            help=f"let its start ask for it: `… and not taking {runs.name}`, or end `{runs.name}` before; "
            "source: naltrexone labels, contraindications",
            related=(Label(runs.span, "is running then"),),
        )


def _kind(context: RuleContext, course: Medication) -> str:
    drug_class = context.drug_of[course.name].drug_class
    return "antagonist" if "agonist" not in drug_class.replace("antagonist", "") else "agonist"
