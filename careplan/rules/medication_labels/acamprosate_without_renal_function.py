"""A course of acamprosate, and nothing in the plan looks at the kidneys.

Acamprosate leaves the body through the kidneys alone: the label halves the dose at a creatinine clearance
of 30 to 50 mL/min and forbids it at 30 and below. Let the start ask for the clearance (`when crcl > 50`),
or at least have it measured: `monitor crcl at start`.

source: Acamprosate prescribing information, 2.1 and 4.2, https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=a815699f-90ee-41ba-838c-11951aeda90f

not reported: any condition, assessment, fact or `monitor` line about the kidneys, in whatever words

```careplan bad
plan tablets "Acamprosate"
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Acamprosate"
  drug acamprosate
  start in outpatient
  maintenance 666 mg 3 per day
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan tablets "Acamprosate"
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Acamprosate"
  drug acamprosate
  start in outpatient
  maintenance 666 mg 3 per day
  continue through outpatient
  monitor crcl at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.hints import KIDNEY, is_about, words_of
from careplan.rules.rule import Found, rule

DRUG = "acamprosate"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Courses of acamprosate in a plan without a word on the kidneys."""
    courses = [
        m
        for m in context.plan.medications
        if m.name in context.drug_of and DRUG in context.drug_of[m.name].ingredients
    ]
    if not courses or _looks_at_kidneys(context):
        return
    for course in courses:
        if not any(KIDNEY.search(what.lower()) for monitor in course.monitors for what in monitor.what):
            yield Found(
                f"nothing looks at the kidneys before or during `{course.name}`",
                course.span,
                help="add `monitor crcl at start`, or a condition on the clearance in its start; source: "
                "acamprosate label, 2.1 and 4.2",
            )


def _looks_at_kidneys(context: RuleContext) -> bool:
    """Whether a fact, an assessment or a condition of the plan is about the kidneys."""
    if any(KIDNEY.search(words_of(fact)) for fact in context.plan.facts):
        return True
    assessed = {name for names in context.assessed.values() for name in names}
    return any(is_about(context, name, KIDNEY) for name in assessed)
