"""A group in Texas holds more people than its kind may.

Texas lets counselling groups hold 16 people at most and education groups 35; groups with families are
exempt. A group counts as education where its name, title or notes say so (education, lecture, class,
seminar, orientation), and as counselling otherwise. Lower the group's size, or split it.

source: fact `tx.group.counselling`
source: fact `tx.group.education`

not reported: family and multi-family groups; supports such as mutual help; groups whose largest size is not
written; services that no phase uses

```careplan bad
plan program "A large counselling group"
  population adults
  follows tx
  start in care

therapy session "Process group"
  format group of 6 to 20
  length 90 min

phase care "Outpatient"
  level 1
  lasts 8 weeks
  session weekly
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Counselling and education"
  population adults
  follows tx
  start in care

therapy session "Process group"
  format group of 6 to 16
  length 90 min

therapy lecture "Education about addiction"
  format group of 6 to 35
  length 60 min

phase care "Outpatient"
  level 1
  lasts 8 weeks
  session weekly
  lecture weekly
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Service
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.rule import Found, rule

EDUCATION = ("educat", "lecture", "class", "seminar", "orientation", "didactic")


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every group therapy that a phase uses."""
    used = {line.service for phase in context.plan.phases for line in phase.services}
    for service in context.plan.services:
        if service.kind != "therapy" or service.name not in used:
            continue
        education = _is_education(service)
        most = fact("tx.group.education" if education else "tx.group.counselling")
        for form in service.formats:
            if form.kind == "group" and form.high is not None and form.high > most.value:
                kind = "an education" if education else "a counselling"
                yield Found(
                    f"`{service.name}` holds up to {form.high} people, and {kind} group in Texas "
                    f"{most.value:g} at most",
                    form.span,
                    help=f"{_advice(education)}; source: {most.credit}",
                )


def _is_education(service: Service) -> bool:
    words = " ".join((service.name, service.title or "", *service.notes)).lower()
    return any(word in words for word in EDUCATION)


def _advice(education: bool) -> str:
    if education:
        return "lower the size, or split the group"
    return "lower the size, or say in the title that it is education, which may hold more"
