"""A course says nothing of the tests that its drug's label asks for.

Naltrexone and disulfiram want liver function, acamprosate the creatinine clearance, Sublocade liver
function before the first injection and monthly. What the formulary lists for the drug is looked for in the
course (`monitor lft at start`) and in the assessments of the phases. Add the line, or cite the protocol
that does without it.

source: Naltrexone dosage and monitoring, http://www.drugs.com/dosage/naltrexone.html
source: Vivitrol prescribing information 2022, https://themeditary.com/pro/vivitrol-prescribing-information-12942.html
source: Acamprosate prescribing information, https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=a815699f-90ee-41ba-838c-11951aeda90f
source: Disulfiram and liver function tests (when to repeat them is disputed), https://simpleandpractical.com/disulfiram-hepatic-function-tests/
source: Sublocade, dosing and administration, https://www.sublocadehcp.com/dosing-administration

not reported: how often a test is repeated, on which sources disagree; tests that the plan assesses in any
phase; methadone, sublingual buprenorphine and Brixadi, whose monitoring was not read at a label;
acamprosate without any word on the kidneys, which `acamprosate-without-renal-function` reports

```careplan bad
plan tablets "Naltrexone tablets"
  substance alcohol
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Naltrexone tablets"
  drug naltrexone-oral
  start in outpatient
  maintenance 50 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan tablets "Naltrexone tablets"
  substance alcohol
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Naltrexone tablets"
  drug naltrexone-oral
  start in outpatient
  maintenance 50 mg daily
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.pattern import Pattern
from careplan.plan.model import Drug, Medication
from careplan.plan.words import listed
from careplan.rules.context import RuleContext
from careplan.rules.hints import words_of
from careplan.rules.rule import Found, rule

READ_AT_LABEL = ("opioid-antagonist", "alcohol-deterrent")
OTHER_WORDS = {"lft": Pattern(r"\blft|liver|hepatic|\balt\b|\bast\b|transaminase")}


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """What the formulary has monitored, against the course and the assessments."""
    for course in context.plan.medications:
        drug = context.drug_of.get(course.name)
        if drug is None or not (drug.drug_class in READ_AT_LABEL or _is_monthly_buprenorphine(drug)):
            continue
        missing = [
            what for monitor in drug.monitors for what in monitor.what if not _is_seen(context, course, what)
        ]
        if missing:
            named = listed(f"`{what}`" for what in missing)
            yield Found(
                f"`{course.name}` has no line for {named}, which its label asks to monitor",
                course.span,
                help=f"add a line such as `monitor {missing[0]} at start`; source: the label of {drug.label}",
            )


def _is_monthly_buprenorphine(drug: Drug) -> bool:
    """Whether it is the injection whose monitoring was read at its label: one without a latest day."""
    return (
        drug.drug_class == "opioid-partial-agonist"
        and drug.interval is not None
        and drug.interval.high is None
    )


def _is_seen(context: RuleContext, course: Medication, what: str) -> bool:
    """Whether the course monitors it, or a phase assesses it, by that name or in other words."""
    words = OTHER_WORDS.get(what, Pattern(rf"\b{re.escape(what)}\b"))
    monitored = [each.lower() for monitor in course.monitors for each in monitor.what]
    assessed = [context.measures[name] for names in context.assessed.values() for name in names]
    monitored += [words_of(measure) for measure in assessed]
    return any(words.search(each) for each in monitored)
