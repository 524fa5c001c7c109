"""A way out asks for every session that is offered: none may be missed.

An exit on `sessions of skills >= 24` in a phase that offers 24 at most can be taken by nobody who has missed
a single one, and people do miss sessions. Ask for fewer, offer more (a longer maximum, an extension), or let
people make up what they miss (`missed make up within 14 days`).

not reported: more sessions than are offered, which is `count-out-of-reach`; services whose missed sessions
are made up; sessions counted since admission; phases without a maximum, and sessions whose number is open.

```careplan bad
plan small "Twelve of twelve"
  start in iop

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  skills weekly
  discharge as completed when sessions of skills >= 12
  at end discharge as stopped

outcome completed "Completed"
  planned

outcome stopped "Stopped before the end"
  planned
```

```careplan good
plan small "Twelve of twelve, with make-up sessions"
  start in iop

therapy skills "Skills group"
  format group of 6 to 12
  length 90 min
  missed make up within 14 days

phase iop "Intensive outpatient"
  level 2.1
  lasts 12 weeks
  skills weekly
  discharge as completed when sessions of skills >= 12
  at end discharge as stopped

outcome completed "Completed"
  planned

outcome stopped "Stopped before the end"
  planned
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Label, Severity
from careplan.plan.facts import assignments, holds
from careplan.plan.model import Phase, ServiceLine, Test, tests_of
from careplan.plan.slots import most_sessions
from careplan.plan.words import condition_words, counted
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule

OPEN = ("as-needed", "throughout")


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every way out of a phase that asks for sessions of one service."""
    for phase in context.plan.phases:
        for exit_ in (*phase.exits, *phase.at_end):
            for test in tests_of(exit_.when):
                needed = _needed(test)
                lines = [line for line in phase.services if line.service == test.name]
                if not needed or not lines or phase.longest is None or _made_up(context, test):
                    continue
                if all(map(_is_countable, lines)) and _most(context, phase, lines) == needed:
                    yield _found(phase, test, lines, needed)


def _needed(test: Test) -> int:
    """The fewest sessions that the test is content with; 0 where it asks for no number of a service's."""
    if test.subject != "sessions" or test.since_admission or not isinstance(test.value, float | int):
        return 0
    if test.name is None or test.operator not in (">", ">="):
        return 0
    return int(test.value) + (test.operator == ">")


def _made_up(context: RuleContext, test: Test) -> bool:
    service = context.services.get(test.name or "")
    return service is None or service.make_up_days is not None


def _is_countable(line: ServiceLine) -> bool:
    waits = line.after_sessions is not None and line.frequency.kind != "total"
    return line.frequency.kind not in OPEN and not waits and line.when is None


def _most(context: RuleContext, phase: Phase, lines: list[ServiceLine]) -> int:
    """The most sessions that somebody whose facts are the most favourable is offered in one visit."""
    counts = [most_sessions(context.plan, phase, line) for line in lines]
    conditions = [line.if_facts for line in lines]
    return max(
        sum(count for count, condition in zip(counts, conditions, strict=True) if holds(condition, facts))
        for facts in assignments(context.plan, conditions)
    )


def _found(phase: Phase, test: Test, lines: list[ServiceLine], needed: int) -> Found:
    return Found(
        f"`{condition_words(test)}` asks for every session of `{test.name}`: `{phase.name}` offers "
        f"{counted(needed, 'session')} at most, so none may be missed",
        test.span,
        help="ask for fewer, offer more, or let missed sessions be made up",
        related=(Label(lines[0].span, "offered here"),),
    )
