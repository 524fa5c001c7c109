"""Methadone for opioid use disorder, in a plan that does not say that it is an opioid treatment program.

In the United States methadone for opioid use disorder is dispensed by opioid treatment programs alone,
under 42 CFR Part 8. Let the plan follow `otp-federal`, so that its rules are in force, or say where the
methadone comes from (`setting "Opioid treatment program"`).

source: Methadose label, conditions of use, https://rxreasoner.com/monographs/methadose/usage

not reported: a plan that follows `otp-federal`; one that names an opioid treatment program in its settings,
titles or notes; methadone in a plan that is not for opioids

```careplan bad
plan liquid "Methadone"
  substance opioids
  follows medication-labels
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication liquid "Methadone"
  drug methadone
  start in outpatient
  maintenance 60 to 120 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  naloxone-kit once in week 1
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan liquid "Methadone"
  substance opioids
  follows medication-labels
  setting "Opioid treatment program"
  start in outpatient

therapy visit "Visit"
  format individual
  length 20 min

support naloxone-kit "Naloxone kit and training"

medication liquid "Methadone"
  drug methadone
  start in outpatient
  maintenance 60 to 120 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 52 weeks
  visit weekly
  naloxone-kit once in week 1
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.pattern import Pattern
from careplan.plan.model import Named
from careplan.rules.context import RuleContext
from careplan.rules.hints import words_of
from careplan.rules.opioids import treats_opioids
from careplan.rules.rule import Found, rule

PROGRAM = Pattern(r"\botps?\b|opioid treatment program|methadone (clinic|program)|narcotic treatment")
FULL = "opioid-full-agonist"


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Courses of methadone where nothing says that the clinic may dispense it."""
    plan = context.plan
    if "otp-federal" in context.packs or "otp-federal" in plan.follows or not treats_opioids(context):
        return
    named: tuple[Named, ...] = (plan, *plan.phases, *plan.medications)
    told = [words_of(each) + " ".join(each.notes).lower() for each in named]
    settings = (*plan.settings, *(s for phase in plan.phases for s in phase.settings))
    told += [setting.lower() for setting in settings]
    told += [name.lower() for name in (*plan.authors, *(s for m in plan.medications for s in m.staff))]
    if any(PROGRAM.search(words) for words in told):
        return
    for course in context.of_class(FULL):
        if "methadone" in context.drug_of[course.name].ingredients:
            yield Found(
                f"`{course.name}` is methadone, and nothing says that this is an opioid treatment program",
                course.span,
                help="let the plan follow `otp-federal`, or name the program in a `setting`; source: "
                "methadone label, conditions of use",
            )
