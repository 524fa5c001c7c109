"""A note gives a length, a number of sessions or a dose that no line of the plan says.

A note is read by people and by nothing else: "Sixty sessions of 45 min" in a note changes no schedule, no
hours and no check. Where it disagrees with the lines, one of the two is out of date. Correct it, or say it in
a line, where it is counted. A note may well say more than a plan can, so this is only pointed out.

not reported: points in time and windows ("within 2 days", "the first 4 weeks", "2 weeks later"); rates and
ages; notes that cite something, or that speak of a study, a manual, a label, a law, a payer, an earlier
version or another programme; the plan's own notes; notes in a file that the plan uses; numbers that any line
of the plan says, wherever.

```careplan bad
plan small "A note from an earlier version"
  start in iop

therapy skills "Skills group"
  format group of 6 to 12
  length 60 min
  note "Sessions take 90 min, with a short check-in."

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Notes that fit, or that speak of something else"
  start in iop

therapy skills "Skills group"
  format group of 6 to 12
  length 60 min
  note "36 sessions of 60 min; the published manual has 90 min."
  note "Whoever misses one is called within 2 days."

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  skills 3 per week
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from careplan.diagnostics import Severity
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule
from careplan.rules.said import DOSE, SESSION, TIME, is_said, mentions, said_anywhere

ELSEWHERE = re.compile(
    r"\b(trial|study|studies|published|manual|label|guideline|protocol|review|source|example|original|version"
    r"|instead|regulation|rule|law|limit|payer|insur\w+|medicare|medicaid|counts? as|bill\w*|other|another"
    r"|programmes?|programs?|if|unless|closed|holidays?)\b",
    re.IGNORECASE,
)
"""Words of notes that tell of something else than this plan, or of a case that its lines leave open."""


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """The notes of phases, services and medications of the plan's own file."""
    plan = context.plan
    said: set[float] = set()
    groups = ((plan.phases, TIME), (plan.services, SESSION), (plan.medications, DOSE))
    for block, units in chain.from_iterable(((block, units) for block in of) for of, units in groups):
        for note in block.notes if not block.cites and context.is_own(block) else ():
            found = [] if ELSEWHERE.search(note) else list(mentions(note, units))
            if found and not said:
                said = said_anywhere(plan)
            wrong = next((mention for mention in found if not is_said(plan, block, mention, said)), None)
            if wrong is not None:
                yield Found(
                    f"a note of `{block.name}` says {wrong.words}, and no line of the plan does",
                    block.span,
                    help="correct the note, or say it in a line",
                )
