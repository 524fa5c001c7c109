"""A phase has a level that is known from the third edition, in a plan that follows the fourth.

Levels 0.5, 3.3 and 3.2-WM are levels of the third edition. The lists of the fourth edition's levels that
could be read do not have them, and its own text was not read: that they are gone is to be confirmed against
the primary text. Look the level up in the book, and write the fourth edition's level if there is another.

source: 3.3 and 3.2 leave with the new edition (Colorado BHA), https://build.fhir.org/ig/RatioPBC/bha-test-ig/CodeSystem-bha-asam-level-of-care-cs.html
source: the third edition's names (Colorado BHA code system), https://build.fhir.org/ig/RatioPBC/bha-ig/CodeSystem-bha-asam-level-of-care-cs.html

not reported: the third edition's other levels, which the fourth surely has not (see `level-not-in-edition`)

```careplan bad
plan residential "A third-edition level under the fourth"
  population adults
  follows asam-4
  start in residential

therapy counselling "Counselling"
  format individual
  length 50 min

phase residential "Population-specific residential care"
  level 3.3
  lasts 4 weeks
  counselling 2 per week
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan residential "A level of both editions"
  population adults
  follows asam-4
  start in residential

therapy counselling "Counselling"
  format individual
  length 50 min

phase residential "Residential care"
  level 3.5
  lasts 4 weeks
  counselling 2 per week
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.levels import is_in_edition
from careplan.rules.context import RuleContext
from careplan.rules.editions import named
from careplan.rules.facts import CONFIRM
from careplan.rules.rule import Found, rule


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase's level, where the fourth edition is followed."""
    if context.edition != "4":
        return
    for phase in context.plan.phases:
        if phase.level is None or is_in_edition(phase.level.code, "4") is not None:
            continue
        if is_in_edition(phase.level.code, "3"):
            yield Found(
                f"level {phase.level.code} of `{phase.name}` is known from the third edition, "
                f"and this plan follows the fourth",
                phase.level.span,
                here=f"{named(phase.level.code, '3')} in the third edition",
                help=f"look it up in the fourth edition: whether it still has this level is {CONFIRM}",
            )
