"""Methadone or buprenorphine depends on attending counselling.

An opioid treatment program offers counselling as is clinically necessary and mutually agreed; somebody who
refuses it does not lose the medication. So no start, hold or stop of the course may look at attendance,
sessions or missed sessions, and no discharge for missed sessions may stop it. Take the condition out, or
let the course be handed over at that discharge: `on discharge as … hand over`.

source: How methadone is delivered (42 CFR 8.12(f)(5), in substance), https://ebpnavigator.hd2arasc.org/methadone/methadone/how-is-it-delivered/

not reported: sessions of a service whose `hours not counted`, such as a medical visit; missed doses; a
discharge at which the course is not said to stop, since it is then handed over; a step up or a move in
which the medication goes on

```careplan bad
plan otp "Opioid treatment program"
  substance opioids
  follows otp-federal
  start in outpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive

therapy visit "Visit"
  format individual
  length 20 min

medication methadone-course "Methadone"
  drug methadone
  start in outpatient
  induction 20 to 30 mg daily for 3 days
  maintenance 60 to 120 mg daily
  stop when missed sessions >= 4 in a row
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids 8 per 52 weeks at random
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan otp "Opioid treatment program"
  substance opioids
  follows otp-federal
  start in outpatient

measure uds-opioids "Urine drug screen: opioids" one of negative, positive

therapy visit "Visit"
  format individual
  length 20 min

medication methadone-course "Methadone"
  drug methadone
  start in outpatient
  induction 20 to 30 mg daily for 3 days
  maintenance 60 to 120 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids 8 per 52 weeks at random
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Test
from careplan.plan.words import condition_words
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule
from careplan.rules.withheld import Withheld, at_discharge, withheld

WORDS = {
    "start": "starts only",
    "hold": "is held",
    "stop": "is stopped",
    "discharge": "is stopped at the discharge",
    "end": "ends on the way out",
}


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """Every condition that can keep an opioid agonist from somebody."""
    for found in withheld(context):
        if found.does == "discharge" and at_discharge(found) != "stop":
            continue
        if not _gates(context, found):
            continue
        yield Found(
            f"`{found.course.name}` {WORDS[found.does]} when {condition_words(found.condition)}",
            found.condition.span,
            help="counselling is offered, and refusing it does not end medication; source: 42 CFR "
            "8.12(f)(5), in substance",
            related=(Label(found.course.span, "the medication"),),
        )


def _gates(context: RuleContext, found: Withheld) -> bool:
    """Whether attendance decides: in every case of a start, in any case of an end."""
    cases = [any(_is_counselling(context, literal.test) for literal in way) for way in found.ways]
    return all(cases) if found.does == "start" else any(cases)


def _is_counselling(context: RuleContext, test: Test) -> bool:
    if test.subject not in ("attendance", "sessions", "missed"):
        return False
    service = context.services.get(test.name or "")
    return service is None or service.counted
