"""A phase has a level of care that the followed edition of the ASAM Criteria does not have.

The two editions number their levels differently: 1.5, 1.7 and 2.7 came with the fourth, plain 1 and the
levels of withdrawal management are of the third. A state form or a payer that runs on one edition cannot
place a level of the other. Write the level of the followed edition, or follow the edition that the level is
from.

source: the fourth edition's names (training aid), https://es.educaplay.com/recursos-educativos/20760817-asam_levels_of_care_matching_game.html
source: the fourth edition's level 1.0 (training aid), https://jeopardylabs.com/print/asam-4-jeopardy
source: the third edition's names (Colorado BHA code system), https://build.fhir.org/ig/RatioPBC/bha-ig/CodeSystem-bha-asam-level-of-care-cs.html

not reported: levels 0.5, 3.3 and 3.2-WM under the fourth edition (see `level-of-third-edition`); codes that
no edition has, such as a state's own; plans that follow both editions (see `both-asam-editions`)

```careplan bad
plan mixed "A fourth-edition level under the third"
  population adults
  follows asam-3
  start in outpatient

therapy counselling "Counselling"
  format individual
  length 50 min

phase outpatient "Outpatient"
  level 1.5
  lasts 12 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan mixed "The level of the third edition"
  population adults
  follows asam-3
  start in outpatient

therapy counselling "Counselling"
  format individual
  length 50 min

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  counselling weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.levels import is_in_edition
from careplan.rules.context import RuleContext
from careplan.rules.editions import OTHER, WORDS, instead, named
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase's level against the edition in force."""
    edition = context.edition
    if edition is None:
        return
    other = OTHER[edition]
    for phase in context.plan.phases:
        if phase.level is None or is_in_edition(phase.level.code, edition) is not False:
            continue
        if is_in_edition(phase.level.code, other):
            yield Found(
                f"level {phase.level.code} of `{phase.name}` is none of the {WORDS[edition]} edition's, "
                f"which this plan follows",
                phase.level.span,
                here=f"{named(phase.level.code, other)} in the {WORDS[other]} edition",
                help=instead(phase.level.code, edition)
                or f"write a level of the {WORDS[edition]} edition, or follow `asam-{other}`",
            )
