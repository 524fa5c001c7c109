"""Somebody who leaves a phase at its minimum has been offered fewer sessions than its topics take.

`lasts 8 to 16 weeks` says that 8 weeks may be enough, and a curriculum of 16 weekly topics says that they are
not: whoever is ready after 8 has heard half of it. That may be meant (people who join a rolling group hear
what is running), so this is a note. If the topics matter, let the way out ask for them (`sessions of skills
>= 16`), make the less important ones `elective`, or raise the minimum.

source: the example of a curriculum of 25 topics in 24 sessions (Seeking Safety trial), https://crimesolutions.ojp.gov/ratedprograms/424

not reported: topics that do not fit into the longest stay either (`curriculum-slots`); phases that nobody can
leave before their maximum; a service whose sessions some way out of its phases asks for; topics that go on in
a further phase; a curriculum that says that it is rolling

```careplan bad
plan program "Sixteen topics, eight weeks"
  population adults
  follows groups
  start in care

measure uds one of negative, positive

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  curriculum in order
  topic "Safety" 6 sessions
  topic "Honesty" 6 sessions
  topic "Asking for help" 4 sessions

phase care "Outpatient"
  level 1
  lasts 8 to 16 weeks
  skills weekly
  assess uds weekly
  discharge as completed when uds is negative for 4 weeks
  at end discharge as completed

outcome completed "Completed"
  planned
```

```careplan good
plan program "Sixteen topics, and a way out that asks for them"
  population adults
  follows groups
  start in care

measure uds one of negative, positive

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  missed make up within 7 days
  curriculum in order
  topic "Safety" 6 sessions
  topic "Honesty" 6 sessions
  topic "Asking for help" 4 sessions

phase care "Outpatient"
  level 1
  lasts 8 to 20 weeks
  skills weekly
  assess uds weekly
  discharge as completed when uds is negative for 4 weeks and sessions of skills >= 16
  at end discharge as completed

outcome completed "Completed"
  planned
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Phase, Service, tests_of
from careplan.plan.words import counted, duration_words
from careplan.rules.context import RuleContext
from careplan.rules.curricula import sessions_offered
from careplan.rules.rule import Found, rule


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every curriculum that runs in one phase."""
    for service in context.plan.services:
        phases = [p for p in context.plan.phases if service.name in context.offered[p.name]]
        if service.topic_sessions < 2 or service.curriculum == "rolling" or len(phases) != 1:
            continue
        phase = phases[0]
        if phase.lasts is None or not _can_be_left(context, phase) or _asked_for(context, service):
            continue
        held = sessions_offered(context, service)
        least = sum(each.least for each in held)
        most = sum(each.most if each.most is not None else service.topic_sessions for each in held)
        if held and least < service.topic_sessions <= most:
            yield Found(
                f"whoever leaves `{phase.name}` after {duration_words(phase.lasts.low)} has been offered "
                f"{counted(least, 'session')} of `{service.name}`; its topics take {service.topic_sessions}",
                held[0].line.span,
                help="ask for the sessions in the way out, or make topics `elective`",
                related=(Label(service.span, counted(len(service.topics), "topic")),),
            )


def _asked_for(context: RuleContext, service: Service) -> bool:
    """Whether some way out counts the service's sessions."""
    ways = (exit_ for phase in context.plan.phases for exit_ in (*phase.exits, *phase.at_end))
    tests = (test for way in ways for test in tests_of(way.when))
    return any(test.subject == "sessions" and test.name in (service.name, None) for test in tests)


def _can_be_left(context: RuleContext, phase: Phase) -> bool:
    """Whether a way out is open at the minimum, before the maximum."""
    if phase.lasts is None or phase.lasts.low == phase.longest or not phase.lasts.low:
        return False
    return any(e.direction in ("step down", "move") or context.is_planned(e) for e in phase.exits)
