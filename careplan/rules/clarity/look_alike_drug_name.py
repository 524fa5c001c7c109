"""A medication is called by the name of naltrexone where its drug holds naloxone, or the other way round.

The two names look alike and the drugs do not: naloxone reverses an overdose (and stands beside
buprenorphine in one film), naltrexone blocks opioids for weeks. Whoever reads "Buprenorphine/naltrexone"
may give a drug that brings on withdrawal; a public data set has just this mistake. The medication's name
and title are held against the ingredients of its drug, and so are notes that give one of its doses to the
other drug. Correct the one that is wrong. In force for every plan: the plan says two things at once.

source: A public FHIR sample that calls it "Buprenorphine/Naltrexone", https://github.com/sayan801/demo-fhir-data

not reported: a title that names both, such as "Naltrexone, with a naloxone kit"; notes that tell of a
naloxone kit; services, and drugs whose ingredients are neither of the two

```careplan bad
plan film "Film"
  start in outpatient

measure cows "Clinical Opiate Withdrawal Scale" 0 to 48, lower is better

therapy counselling "Counselling"
  format individual
  length 50 min

medication bup "Buprenorphine/naltrexone film"
  drug buprenorphine-naloxone
  start in outpatient
  maintenance 16 mg daily
  continue through outpatient

phase outpatient "Outpatient"
  lasts 24 weeks
  counselling weekly
  assess cows weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan film "Film"
  start in outpatient

measure cows "Clinical Opiate Withdrawal Scale" 0 to 48, lower is better

therapy counselling "Counselling"
  format individual
  length 50 min

medication bup "Buprenorphine/naloxone film"
  drug buprenorphine-naloxone
  start in outpatient
  maintenance 16 mg daily
  continue through outpatient
  note "Not for people who take naltrexone."

phase outpatient "Outpatient"
  lasts 24 weeks
  counselling weekly
  assess cows weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.pattern import Pattern
from careplan.plan.model import Medication
from careplan.plan.words import listed, number_words
from careplan.rules.context import RuleContext
from careplan.rules.hints import words_of
from careplan.rules.rule import Found, rule

WORDS = {
    "naltrexone": Pattern(r"naltrexone|\bntx\b|\bvivitrol\b|\brevia\b"),
    "naloxone": Pattern(r"naloxone|\bnx\b|\bnarcan\b"),
}
COMBINED = Pattern(r"\bbup(renorphine)?\s*(/|-|and|with|\+)?\s*(naltrexone|ntx)\b")


@rule(Severity.ERROR)
def check(context: RuleContext) -> Iterator[Found]:
    """The name, title and notes of each medication against its drug."""
    for course in context.plan.medications:
        drug = context.drug_of.get(course.name)
        if drug is None:
            continue
        for said, meant in (("naltrexone", "naloxone"), ("naloxone", "naltrexone")):
            place = _said(course, said, meant) if meant in drug.ingredients else None
            if place is None and said == "naltrexone" and said not in drug.ingredients:
                place = "is called" if COMBINED.search(words_of(course)) else None
            if place is not None and said not in drug.ingredients:
                yield Found(
                    f"`{course.name}` {place} {said}, and its drug `{drug.name}` is "
                    f"{listed(drug.ingredients)}",
                    course.span,
                    help=f"{said} is not {meant}: correct the words, or the `drug` line",
                )
                break


def _said(course: Medication, said: str, meant: str) -> str | None:
    """How the course takes one drug for the other, None if it does not."""
    title = words_of(course)
    if WORDS[said].search(title) and not WORDS[meant].search(title):
        return "is called"
    for note in course.notes:
        for step in course.steps:
            dose = re.escape(number_words(step.high))
            wrong = rf"({WORDS[said].pattern})[^.]{{0,20}}\b{dose} ?mg|\b{dose} ?mg (of )?{said}"
            if re.search(wrong, note.lower()):
                return "has a note that gives its dose of"
    return None
