"""A course of acamprosate gives more than its label allows at a creatinine clearance that its start lets in.

Acamprosate leaves the body through the kidneys alone. At a clearance of 30 to 50 mL/min the label halves
the dose (333 mg three times a day), and at 30 and below it must not be given. Where the start of a course
names the clearance, each value that it lets in is held against these two limits. Write one course for `crcl
> 50` and another for `crcl > 30 and crcl <= 50`.

source: fact `label.acamprosate.reduced-up-to`
source: fact `label.acamprosate.reduced-dose`
source: fact `label.acamprosate.contraindicated-up-to`

not reported: a start that says nothing about the kidneys (see `acamprosate-without-renal-function`);
measures in another unit than mL/min, or of something else than the clearance, such as creatinine itself

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
  start in outpatient when crcl > 30
  maintenance 666 mg 3 per day
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

measure crcl "Creatinine clearance" 0 to 200 "mL/min", higher is better

therapy visit "Visit"
  format individual
  length 20 min

medication full-dose "Acamprosate"
  drug acamprosate
  start in outpatient within 7 days when crcl > 50
  maintenance 666 mg 3 per day
  if start fails use half-dose
  continue through outpatient
  monitor crcl at start

medication half-dose "Acamprosate, reduced for the kidneys"
  drug acamprosate
  start when crcl > 30 and crcl <= 50
  maintenance 333 mg 3 per day
  continue through outpatient
  monitor crcl at start

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
from careplan.plan.logic import Literal, bounds, satisfies
from careplan.plan.model import Condition
from careplan.plan.words import number_words
from careplan.rules.context import RuleContext
from careplan.rules.doses import amounts
from careplan.rules.facts import Fact, fact
from careplan.rules.hints import KIDNEY, is_about
from careplan.rules.needs import ways_to_hold
from careplan.rules.rule import Found, rule

DRUG = "acamprosate"
UNIT = "mL/min"


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """The values of clearance that each start lets in, and the dose."""
    none_up_to = fact("label.acamprosate.contraindicated-up-to")
    half_up_to, half = fact("label.acamprosate.reduced-up-to"), fact("label.acamprosate.reduced-dose")
    for course in context.plan.medications:
        drug = context.drug_of.get(course.name)
        if drug is None or DRUG not in drug.ingredients or course.start is None:
            continue
        day = max((amount.day for amount in amounts(course)), default=0.0)
        if _lets_in(context, course.start.when, none_up_to, None):
            told = f"a clearance of {none_up_to.value:g} {UNIT} and less, where acamprosate must not be given"
        elif day > half.value and _lets_in(context, course.start.when, half_up_to, none_up_to):
            told = (
                f"a clearance of {half_up_to.value:g} {UNIT} and less with {number_words(day)} mg a day, "
                f"above the {half.value:g} mg that the label allows there"
            )
        else:
            continue
        yield Found(
            f"the start of `{course.name}` lets in {told}",
            course.start.span,
            help="check the limits of the clearance in the start; source: acamprosate label, 2.1 and 4.2",
        )


def _lets_in(context: RuleContext, when: Condition | None, upper: Fact, lower: Fact | None) -> bool:
    """Whether the start can hold with a clearance up to `upper`, and above `lower`."""
    for case in ways_to_hold(when):
        tests = [literal for literal in case if _is_clearance(context, literal)]
        if not tests:
            continue
        ends = [end for literal in tests for end in bounds(context, literal.test)]
        least = lower.value if lower is not None else 0.0
        tried = {upper.value, (upper.value + least) / 2, *ends, *((a + least) / 2 for a in ends)}
        for value in tried:
            above = lower is None or value > lower.value
            if value <= upper.value and above and all(satisfies(context, t, value) == so for t, so in tests):
                return True
    return False


def _is_clearance(context: RuleContext, literal: Literal) -> bool:
    test = literal.test
    domain = context.domain(test.name or "")
    return (
        test.subject in ("measure", "fact")
        and is_about(context, test.name, KIDNEY)
        and domain is not None
        and (domain.unit or "").lower().startswith(UNIT.lower())
    )
