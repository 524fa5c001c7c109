"""An opioid treatment program plans fewer than 8 random drug tests a year for each patient.

The federal rule asks for at least 8 random tests a year; the number is to be confirmed against the primary
text. What counts is a test of a drug screen that is `at random`; its result need not lead to anything.
Every phase that can last a year is looked at, and a plan that has no random test in any phase with
medication. Make the tests random (`8 per 52 weeks at random`), or plan more of them.

source: fact `otp.random-tests`

not reported: phases shorter than a year, if any phase tests at random; phases in which no methadone or
buprenorphine runs; tests as needed, which cannot be counted, in a phase that has enough others

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
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  assess uds-opioids every 4 weeks
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
  assess uds-opioids every 4 weeks at random
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Assessment, Frequency, Phase
from careplan.plan.words import counted
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.hints import DRUG_TEST, is_about
from careplan.rules.opioids import AGONISTS
from careplan.rules.rule import Found, rule

YEAR = 52  # weeks


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The random tests of every phase in which an opioid agonist runs."""
    needed = fact("otp.random-tests")
    treated = {m.name for m in context.of_class(*AGONISTS)}
    there = {row.phase for row in context.courses if row.medication in treated}
    phases = [phase for phase in context.plan.phases if phase.name in there]
    tests = {phase.name: _tests(context, phase) for phase in phases}
    if phases and not any(tests.values()):
        yield Found(
            "no phase with medication plans a random drug test",
            phases[0].span,
            help=f"plan at least `{needed.value:g} per 52 weeks at random`; source: {needed.credit}",
        )
        return
    for phase in phases:
        if (phase.longest or YEAR * 7) < YEAR * 7:
            continue
        if tests[phase.name] < needed.value:
            told = (
                counted(tests[phase.name], "random drug test") if tests[phase.name] else "no random drug test"
            )
            yield Found(
                f"`{phase.name}` plans {told} a year, below {needed.value:g}",
                phase.span,
                help=f"plan at least `{needed.value:g} per 52 weeks at random`; source: {needed.credit}",
            )


def _tests(context: RuleContext, phase: Phase) -> int:
    """The most random drug tests that any one line plans for everybody in the first year of the phase."""
    lines = [
        line
        for line in phase.assessments
        if line.at_random and any(is_about(context, name, DRUG_TEST) for name in line.measures)
    ]
    return sum(_in_a_year(line, moment) for line in lines for moment in line.moments if line.if_facts is None)


def _in_a_year(line: Assessment, moment: Frequency) -> int:
    weeks = YEAR
    if line.weeks:
        weeks = sum(max(0, min(s.last, YEAR) - s.first + 1) for s in line.weeks)
    if moment.kind == "once":
        return len(line.weeks) or 1
    if moment.kind in ("per", "every") and moment.period_days:
        return moment.low * weeks * 7 // moment.period_days
    return moment.low if moment.kind == "total" else 0
