"""Injections come closer together, or further apart, than their label says.

An extended-release injection has a window: Sublocade at least 26 days after the last, Brixadi weekly after
7 days (2 early or late), monthly after 28 (a week early or late), naltrexone every 4 weeks or once a month.
What the dose lines plan is held against it, and so is the earliest day that `keep … between doses` allows.
Change the interval, or the drug where another form of it is meant (a weekly injection given monthly is
nearly always the wrong entry).

source: Sublocade, dosing and administration, https://www.sublocadehcp.com/dosing-administration
source: Brixadi, label copy, https://drugs.docindia.org/medicine/medicinedetails/us-016-ml-buprenorphine-50-mgml-prefilled-syringe
source: Vivitrol prescribing information 2022, https://themeditary.com/pro/vivitrol-prescribing-information-12942.html

not reported: a single injection; how late `keep` still lets an injection be given, where the label gives no
window for it (naltrexone, Sublocade); drugs that are not injected

```careplan bad
plan monthly "Monthly injections"
  follows medication-labels
  substance alcohol
  start in outpatient

measure lft "Liver function tests" one of normal, raised

therapy visit "Visit"
  format individual
  length 20 min

medication injection "Naltrexone injection"
  drug naltrexone-xr
  start in outpatient when lft is normal
  maintenance 380 mg every 3 weeks
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  assess lft at start
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan monthly "Monthly injections"
  follows medication-labels
  substance alcohol
  start in outpatient

measure lft "Liver function tests" one of normal, raised

therapy visit "Visit"
  format individual
  length 20 min

medication injection "Naltrexone injection"
  drug naltrexone-xr
  start in outpatient when lft is normal
  maintenance 380 mg every 4 weeks
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  assess lft at start
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import DayRange, DoseStep, Medication
from careplan.plan.words import duration_range_words, duration_words, number_words
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The interval of each dose line, and the days to keep, against the label's."""
    for course in context.plan.medications:
        drug = context.drug_of.get(course.name)
        if drug is None or drug.interval is None:
            continue
        told = _told(drug.interval)
        for step in course.steps:
            gap = _gap(step)
            if gap is not None and _is_outside(gap, drug.interval):
                yield Found(
                    f"`{course.name}` comes every {_days(gap)}, and the label of {drug.label} asks for "
                    f"{told}",
                    step.span,
                    help="change the interval, or the drug if another form of it is meant",
                )
        yield from _kept(course, drug.interval, f"the label of {drug.label} asks for {told}")


def _kept(course: Medication, label: DayRange, asked: str) -> Iterator[Found]:
    keep = course.spacing
    if keep is None or keep.low >= label.low:
        return
    yield Found(
        f"the next dose of `{course.name}` may come after {duration_words(keep.low)}, and {asked}",
        keep.span,
        help=f"let the days to keep begin with {label.low}",
    )


def _told(label: DayRange) -> str:
    if label.high is None:
        return f"at least {duration_words(label.low)}"
    return duration_range_words(label.low, label.high)


def _days(gap: float) -> str:
    return duration_words(int(gap)) if gap == int(gap) else f"{number_words(round(gap, 1))} days"


def _gap(step: DoseStep) -> float | None:
    """The days from one dose to the next, None for a single dose or where they are not fixed."""
    if step.run_times == 1 or step.step == "also":
        return None
    if step.weekdays:
        return 7 / len(step.weekdays)
    often = step.frequency
    if often is None or often.kind not in ("per", "every") or not often.period_days:
        return None
    if step.run_days is not None and step.run_days <= often.period_days / often.high:
        return None
    return often.period_days / often.high


def _is_outside(gap: float, label: DayRange) -> bool:
    return gap < label.low or (label.high is not None and gap > label.high)
