"""The way down and the way back up turn on the same score.

With `step down when craving < 10` and `step up when craving >= 10` one point brings somebody back, and the
minimum of the phase starts over; scores go up and down by a point from one week to the next. Leave room
between the two numbers, ask for the better score over a time (`for 4 weeks`), or for the worse one several
times (`2 times within 4 weeks`).

not reported: ways of which one asks for anything else beside the score, counts, or looks back over a time;
measures with another direction; phases that are not next to one another.

```careplan bad
plan small "One point up, one point down"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess craving weekly
  step down to outpatient when craving < 10
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  on return restart
  assess craving weekly
  step up to iop when craving >= 10
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Room between up and down"
  start in iop

measure craving 0 to 30, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  on return restart
  assess craving weekly
  step down to outpatient when craving < 10
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1
  lasts 12 weeks
  on return restart
  assess craving weekly
  step up to iop when craving >= 15
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.model import Phase
from careplan.plan.words import condition_words
from careplan.rules.context import RuleContext
from careplan.rules.cuts import Cut, is_whole, only_cut, touch
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every step down whose target steps up again to where it came from."""
    for phase in context.plan.phases:
        for way, down in _steps(phase, "step down"):
            target = context.phases.get(way)
            for back, up in _steps(target, "step up") if target else ():
                if back == phase.name and _meet(context, down, up):
                    yield _found(phase.name, way, down, up)


def _steps(phase: Phase, direction: str) -> Iterator[tuple[str, Cut]]:
    """The steps of the phase in one direction that ask for a score and nothing else."""
    for exit_ in phase.exits:
        cut = only_cut(exit_.when) if exit_.direction == direction else None
        if cut is not None and exit_.target and not _looks_back(cut):
            yield exit_.target, cut


def _looks_back(cut: Cut) -> bool:
    return cut.test.for_days is not None or cut.test.times is not None


def _meet(context: RuleContext, down: Cut, up: Cut) -> bool:
    """Whether no value lies between what leads down and what leads up."""
    measure = context.measures.get(down.measure)
    if measure is None or down.measure != up.measure or down.above == up.above:
        return False
    return touch(down, up, is_whole(measure))


def _found(name: str, target: str, down: Cut, up: Cut) -> Found:
    return Found(
        f"`{name}` steps down to `{target}` on `{condition_words(down.test)}`, and `{target}` back up on "
        f"`{condition_words(up.test)}`: one point brings somebody back",
        up.test.span,
        help="leave room between the two, or ask for it over a time or several times",
        related=(Label(down.test.span, "the way down"),),
    )
