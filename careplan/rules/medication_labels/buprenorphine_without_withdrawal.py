"""Buprenorphine can start without any withdrawal being seen first, and not at a planned low dose.

On top of a full agonist (heroin, fentanyl, methadone) a usual first dose of buprenorphine brings on
withdrawal. So its start waits for objective withdrawal, a COWS of 11 to 12 and more in the guideline, or it
is a planned low-dose start: doses far below the label's first one that rise over days while the full
agonist goes on. Add a condition to the start (`start in … when cows >= 11`), or write the low doses. The
score itself is the clinic's: sources differ.

source: fact `label.buprenorphine.withdrawal`
source: Low-dose buprenorphine start, JABFM, https://www.jabfm.org/highwire/markup/12856/expansion?width=1000&height=500&iframe=true&postprocessors=highwire_tables%2Chighwire_reclass%2Chighwire_figures%2Chighwire_math%2Chighwire_inline_linked_media%2Chighwire_embed

not reported: a first dose below the label's that rises; a start that goes on from another course of
buprenorphine, or after opioid-free days; a phase that is only entered on withdrawal; extended-release
injections, which follow a tolerated dose; plans for people who take no opioid any more (allow it with that
reason)

```careplan bad
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication film "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient
  induction   4 mg         daily for 1 day
  maintenance 16 to 24 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  naloxone-kit once in week 1
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
  naloxone-kit once in week 1
  assess cows daily
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan film "Film"
  substance opioids
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication film "Buprenorphine/naloxone film, low-dose start"
  drug buprenorphine-naloxone
  start in outpatient
  dose        0.5 mg       daily     for 1 day
  then        0.5 mg       2 per day for 1 day
  then        1 mg         2 per day for 1 day
  then        2 mg         2 per day for 1 day
  maintenance 16 to 24 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  naloxone-kit once in week 1
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.logic import Literal, cases
from careplan.plan.model import Condition, Drug, Medication
from careplan.rules.context import RuleContext
from careplan.rules.doses import amounts, first_dose
from careplan.rules.facts import fact
from careplan.rules.hints import OPIOID_FREE, WITHDRAWAL, is_about, says_large
from careplan.rules.opioids import goes_on_from_another
from careplan.rules.rule import Found, rule

PARTIAL = "opioid-partial-agonist"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The start of every partial agonist that is not injected."""
    score = fact("label.buprenorphine.withdrawal")
    for course in context.of_class(PARTIAL):
        drug = context.drug_of[course.name]
        if drug.interval is not None or course.start is None or not course.steps:
            continue
        if _is_low(course, drug) or _waits(context, course.start.when):
            continue
        if goes_on_from_another(context, course, drug):
            continue
        if course.start.phases and all(_entered_on_withdrawal(context, n) for n in course.start.phases):
            continue
        yield Found(
            f"`{course.name}` can start without withdrawal: nothing in its start asks for it",
            course.start.span,
            help=f"add a condition on a withdrawal score, such as `when cows >= {score.value:g}`, or write a "
            f"low-dose start; source: {score.credit}",
        )


def _is_low(course: Medication, drug: Drug) -> bool:
    """Whether the first dose is below the label's, and doses rise from there."""
    given = first_dose(course)
    days = [amount.day for amount in amounts(course)]
    usual_first = drug.first_dose
    return usual_first is not None and given < usual_first.low and max(days, default=0.0) > given


def _waits(context: RuleContext, condition: Condition | None) -> bool:
    """Whether each way in which the condition can hold asks for withdrawal, or for opioid-free days."""
    return condition is not None and all(
        any(_is_withdrawal(context, literal) for literal in case) for case in cases(condition)
    )


def _is_withdrawal(context: RuleContext, literal: Literal) -> bool:
    name = literal.test.name
    if literal.test.subject not in ("measure", "fact", "event"):
        return False
    return says_large(literal) and (
        is_about(context, name, WITHDRAWAL) or is_about(context, name, OPIOID_FREE)
    )


def _entered_on_withdrawal(context: RuleContext, name: str) -> bool:
    """Whether every door and every way into the phase asks for withdrawal."""
    doors = [door.condition for door in context.plan.starts if door.phase == name]
    ways = [way.exit.when for found in context.ways.values() for way in found if way.target == name]
    return bool(doors or ways) and all(_waits(context, condition) for condition in (*doors, *ways))
