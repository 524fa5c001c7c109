"""A phase of intensive care steps everybody down on the same day: only the calendar decides.

In the ASAM Criteria the length of a stay follows the patient's progress; "28 days" or "16 weeks" for all is a
custom of programmes and payers, and no criterion. Whoever is ready earlier is held, and whoever is not ready
is sent on. Let what is measured decide, too: `step down to outpatient when uds is negative for 4 weeks`
before the end, or `at end extend 2 weeks at most 2 times when …` for those who need longer. A published
schedule of a fixed length can be kept knowingly.

source: length of stay is outcome-driven, https://open-exam-prep.com/study-guides/icrc/screening-assessment/asam-levels-of-care
source: a fixed 28 days as the wrong answer (Mee-Lee, pretest on the ASAM Criteria), http://spotidoc.com/doc/178966/what%E2%80%99s-new-and-how-to-use-the-asam-criteria-

not reported: levels below 2; phases that last `until` something, that are extended on a condition, or that
some planned way leaves on anything but days and weeks; a phase that ends in a discharge or a move, and no
step down

```careplan bad
plan program "Sixteen weeks for everybody"
  population adults
  follows asam-4
  start in iop

measure uds one of negative, positive

therapy process-group "Process group"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 16 weeks
  on return restart
  process-group 3 per week
  assess uds weekly
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1.5
  lasts 12 weeks
  on return restart
  process-group weekly for 90 min
  assess uds weekly
  step up to iop when uds is positive 2 times within 4 weeks
  at end discharge as completed

outcome completed "Completed"
  planned
```

```careplan good
plan program "Up to sixteen weeks"
  population adults
  follows asam-4
  start in iop

measure uds one of negative, positive

therapy process-group "Process group"
  format group of 6 to 12
  length 3 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  review every 2 weeks
  on return restart
  process-group 3 per week
  assess uds weekly
  step down to outpatient when uds is negative for 4 weeks
  at end step down to outpatient

phase outpatient "Outpatient"
  level 1.5
  lasts 12 weeks
  on return restart
  process-group weekly for 90 min
  assess uds weekly
  step up to iop when uds is positive 2 times within 4 weeks
  at end discharge as completed

outcome completed "Completed"
  planned
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.graph import Way
from careplan.plan.levels import level_rank
from careplan.plan.model import Phase, tests_of
from careplan.plan.words import lasts_words
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule

INTENSIVE = 2.0


@rule(Severity.NOTE)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 2 and more."""
    for phase in context.plan.phases:
        if (
            level_rank(context.level(phase)) < INTENSIVE
            or phase.lasts is None
            or phase.lasts.until is not None
        ):
            continue
        ways = [way for way in context.ways[phase.name] if _is_planned(context, way)]
        downs = [way for way in ways if way.exit.direction == "step down"]
        if downs and all(map(_by_time, ways)) and not _is_extended(phase):
            yield Found(
                f"only time decides when somebody steps down from `{phase.name}`, which lasts "
                f"{lasts_words(phase.lasts)}",
                downs[0].exit.span,
                help="add a way down that looks at the patient, such as "
                f"`step down to {downs[0].target} when …`, or an `at end extend … when …`",
            )


def _is_planned(context: RuleContext, way: Way) -> bool:
    return way.exit.direction in ("step down", "move") or context.is_planned(way.exit)


def _by_time(way: Way) -> bool:
    """Whether the way looks at nothing but days and weeks."""
    return all(test.subject in ("days", "weeks") for test in tests_of(way.exit.when))


def _is_extended(phase: Phase) -> bool:
    return any(e.direction == "extend" and e.when is not None for e in phase.at_end)
