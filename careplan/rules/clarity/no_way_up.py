"""Somebody steps down to an outpatient phase from closer care, and no way leads back up.

People relapse after a step down, and most of all in the first weeks. A plan that leads from residential or
intensive care to outpatient care and knows no way back leaves it to chance what happens then: the patient is
discharged, or stays where it is not enough. Add a way up for those who get worse (`step up to iop when uds is
positive 3 times within 2 weeks`), in the phase or under `anytime`; or send them on to other care, in an
outcome that says so.

not reported: a phase that nobody comes to from closer care; residential phases and phases without a level; a
phase from which some way leads to closer care, also by way of another phase; a phase that ends in an
unplanned outcome because of a score, a test or an event (a transfer, a referral); closer care that lasts
`until` something, such as a birth, and is over for good; a phase without anything measured, such as calls by
telephone, which cannot see it.

```careplan bad
plan small "Down, and never up again"
  start in iop

measure uds one of negative, positive

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  skills 6 per week
  assess uds weekly
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  skills weekly
  assess uds weekly
  discharge as completed when uds is negative for 4 weeks
  at end discharge as completed

outcome completed "Completed"
  planned
```

```careplan good
plan small "Down, and up again where it is needed"
  start in iop

measure uds one of negative, positive

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  on return restart
  skills 6 per week
  assess uds weekly
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  on return restart
  skills weekly
  assess uds weekly
  step up to iop when uds is positive 2 times within 4 weeks
  discharge as completed when uds is negative for 4 weeks
  at end discharge as completed

outcome completed "Completed"
  planned
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.graph import Way
from careplan.plan.levels import is_residential, level_rank
from careplan.plan.model import Phase, tests_of
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule

SEEN = ("measure", "event")
"""What shows that somebody gets worse; missed sessions are another thing."""


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every outpatient phase below another one of the plan."""
    ranks = {phase.name: level_rank(context.level(phase)) for phase in context.plan.phases if phase.level}
    for phase in context.plan.phases:
        here = ranks.get(phase.name, -1)
        if here < 0 or is_residential(context.level(phase)) or not phase.assessments:
            continue
        closer = {name for name, rank in ranks.items() if rank > here and _leads_down(context, name, phase)}
        if closer and not any(_answers(context, way, closer) for way in context.ways[phase.name]):
            nearest = min(closer, key=lambda name: ranks[name])
            yield Found(
                f"no way leads from `{phase.name}` back up to closer care when somebody gets worse",
                phase.span,
                help=f"add a way up, such as `step up to {nearest} when …`",
                related=(Label(context.phases[nearest].span, "closer care"),),
            )


def _leads_down(context: RuleContext, name: str, phase: Phase) -> bool:
    """Whether people come down from the phase of that name to this one, and could go back to it."""
    lasts = context.phases[name].lasts
    over = lasts is not None and lasts.until is not None
    return (
        name in context.reached and not over and phase.name in _onward(context, name, ("step down", "move"))
    )


def _answers(context: RuleContext, way: Way, closer: set[str]) -> bool:
    """Whether the way leads to closer care, at once or later, or out of the plan because of what was seen."""
    if way.target in context.outcomes:
        unplanned = context.outcomes[way.target].planned is not True
        return unplanned and any(test.subject in SEEN for test in tests_of(way.exit.when))
    return bool(closer.intersection(_onward(context, way.target, ("step up", "step down", "move"))))


def _onward(context: RuleContext, name: str, directions: tuple[str, ...]) -> set[str]:
    """This phase, and the phases that can be reached from it by ways of these directions."""
    found, waiting = {name}, [name]
    while waiting:
        for way in context.ways.get(waiting.pop(), ()):
            if way.target in context.phases and way.target not in found and way.exit.direction in directions:
                found.add(way.target)
                waiting.append(way.target)
    return found
