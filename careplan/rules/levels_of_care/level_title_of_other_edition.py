"""A phase's title calls its level by the name that the other edition of the ASAM Criteria uses.

Three numbers changed their name from the third to the fourth edition: 2.5 (Partial Hospitalization, now
High-Intensity Outpatient), 3.7 (Medically Monitored Intensive Inpatient, now Medically Managed Residential)
and 1.0 (Outpatient Services, now Long-Term Remission Monitoring, which is other care altogether). A reader
who knows one edition takes the title for another level. Use the followed edition's name, or a title of your
own.

source: the fourth edition's names (training aid), https://es.educaplay.com/recursos-educativos/20760817-asam_levels_of_care_matching_game.html
source: the fourth edition's level 1.0 (training aid), https://jeopardylabs.com/print/asam-4-jeopardy
source: the third edition's names (Colorado BHA code system), https://build.fhir.org/ig/RatioPBC/bha-ig/CodeSystem-bha-asam-level-of-care-cs.html

not reported: titles that hold the followed edition's name, too; titles of phases without a level; names in
notes, comments and citations

```careplan bad
plan day "A third-edition name under the fourth"
  population adults
  follows asam-4
  start in day

therapy day-group "Day group"
  format group of 6 to 12
  length 4 hours

phase day "Partial hospitalisation"
  level 2.5
  lasts 4 weeks
  day-group 5 per week on mon to fri at 09:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan day "The fourth edition's name"
  population adults
  follows asam-4
  start in day

therapy day-group "Day group"
  format group of 6 to 12
  length 4 hours

phase day "High-intensity outpatient (formerly partial hospitalisation)"
  level 2.5
  lasts 4 weeks
  day-group 5 per week on mon to fri at 09:00
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.levels import names_in
from careplan.rules.context import RuleContext
from careplan.rules.editions import OTHER, WORDS, named
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase's title against the names of its level."""
    edition = context.edition
    if edition is None:
        return
    other = OTHER[edition]
    for phase in context.plan.phases:
        if phase.level is None or phase.title is None:
            continue
        code, title = phase.level.code, _plain(phase.title)
        own = names_in(code, edition)
        if not own or any(_plain(name) in title for name in own):
            continue
        found = next((name for name in names_in(code, other) if _plain(name) in title), None)
        if found is not None:
            whose = f"the {WORDS[other]} edition's name of level {code}"
            yield Found(
                f'`{phase.name}` is titled "{phase.title}", {whose}',
                phase.level.span,
                here=f"{named(code, edition)} in the {WORDS[edition]} edition",
                help=f"this plan follows the {WORDS[edition]} edition: use its name, or a title of your own",
            )


def _plain(name: str) -> str:
    """Words alone, set off by spaces, in one spelling."""
    words = " ".join(re.findall(r"[a-z0-9]+", name.lower()))
    return f" {words} ".replace("isation ", "ization ").replace(" programme ", " program ")
