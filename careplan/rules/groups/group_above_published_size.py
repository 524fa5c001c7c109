"""A group is larger than the published schedule that it follows.

Two schedules give the size of their groups: DBT skills groups have 5 to 9 members, those of the Matrix Model
8 to 12. In a larger group there is less time for each member, and results that were published for the
smaller one say little about it. The numbers are the publishers' practice and no regulation, so this
is a note: lower the size, split the group, or keep it knowingly. A state may set a limit of its own (Texas:
`tx-group-size`).

source: fact `group.dbt-skills`
source: fact `group.matrix`

not reported: groups with families, supports, and groups that no phase uses; a group whose largest size is not
written; a group that says neither in its name and title nor by a citation which schedule it follows (the
early recovery and relapse prevention groups of a plan whose approach is the Matrix Model do)

```careplan bad
plan program "A crowded skills group"
  population adults
  follows groups
  start in care

therapy dbt-skills "DBT skills"
  format group of 6 to 14
  length 90 min

phase care "Outpatient"
  level 1
  lasts 24 weeks
  dbt-skills weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Skills groups of the published size"
  population adults
  follows groups
  start in care

therapy dbt-skills "DBT skills"
  format group of 5 to 9
  length 90 min

therapy process-group "Process group"
  format group of 6 to 14
  length 90 min

phase care "Outpatient"
  level 1
  lasts 24 weeks
  dbt-skills weekly
  process-group weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Plan, Service
from careplan.rules.context import RuleContext
from careplan.rules.facts import Fact, fact
from careplan.rules.rule import Found, rule

DBT = re.compile(r"\bdbt\b|dialectic", re.IGNORECASE)
MATRIX = re.compile(r"\bmatrix\b", re.IGNORECASE)
MATRIX_GROUPS = re.compile(r"relapse prevention|early recovery", re.IGNORECASE)


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every therapy group that a phase uses."""
    used = {line.service for phase in context.plan.phases for line in phase.services}
    for service in context.plan.services:
        published = _published(context.plan, service) if service.kind == "therapy" else None
        if published is None or service.name not in used:
            continue
        whose, most = published
        for form in service.formats:
            if form.kind == "group" and form.high is not None and form.high > most.value:
                yield Found(
                    f"`{service.name}` holds up to {form.high} people, and a group of {whose} "
                    f"{most.value:g} as published",
                    form.span,
                    help=f"lower the size, or split the group; source: {most.credit}",
                )


def _published(plan: Plan, service: Service) -> tuple[str, Fact] | None:
    """The schedule that the group follows, and the largest group that it gives."""
    own = f"{service.name.replace('-', ' ')} {service.title or ''}"
    cited = " ".join(f"{cite.source} {_title(plan, cite.source)}" for cite in service.cites)
    if DBT.search(own):
        return "DBT skills training", fact("group.dbt-skills")
    by_approach = MATRIX_GROUPS.search(own) and any(MATRIX.search(words) for words in plan.approaches)
    if by_approach or MATRIX.search(f"{own} {cited}"):
        return "the Matrix Model", fact("group.matrix")
    return None


def _title(plan: Plan, name: str) -> str:
    return next((source.label for source in plan.sources if source.name == name), "")
