"""Disulfiram can start without a word on how long ago the last drink was.

Disulfiram with alcohol in the body makes a reaction that can be dangerous, so the label asks for at least
12 hours without alcohol before the first dose. Let the start ask for it: a measure of the hours since the
last drink, a negative breath test, or days of abstinence.

source: fact `label.disulfiram.alcohol-free`

not reported: any condition of the start about drinking or a breath or blood alcohol test; a start that is
only reached through an exit or a front door that asks for it

```careplan bad
plan tablets "Disulfiram"
  substance alcohol
  follows medication-labels
  start in outpatient

measure lft "Liver function tests" one of normal, raised

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Disulfiram"
  drug disulfiram
  start in outpatient when lft is normal
  maintenance 250 mg daily
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  assess lft at start
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan tablets "Disulfiram"
  substance alcohol
  follows medication-labels
  start in outpatient

measure hours-dry "Hours since the last drink" 0 to 336 hours, higher is better

therapy visit "Visit"
  format individual
  length 20 min

medication tablets "Disulfiram"
  drug disulfiram
  start in outpatient when hours-dry >= 12
  maintenance 250 mg daily
  continue through outpatient
  monitor lft at start

phase outpatient "Outpatient"
  lasts 16 weeks
  visit weekly
  assess hours-dry daily in week 1
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.logic import Literal
from careplan.plan.model import Condition
from careplan.plan.words import number_words
from careplan.rules.context import RuleContext
from careplan.rules.facts import fact
from careplan.rules.hints import ALCOHOL_FREE, days_told, is_about
from careplan.rules.needs import ways_to_hold
from careplan.rules.rule import Found, rule

CLASS = "alcohol-deterrent"


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """The start of every course of an alcohol deterrent."""
    needed = fact("label.disulfiram.alcohol-free")
    for course in context.of_class(CLASS):
        if course.start is None:
            continue
        asked = _hours(context, course.start.when)
        if asked is None and not _entered_dry(context, course.start.phases):
            told = f"nothing in the start of `{course.name}` asks how long ago the last drink was"
        elif asked is not None and asked < needed.value:
            told = f"`{course.name}` can start {number_words(round(asked, 1))} hours after the last drink"
        else:
            continue
        yield Found(
            told,
            course.start.span,
            help=f"let it ask for at least {needed.value:g} hours without alcohol; source: {needed.credit}",
        )


def _hours(context: RuleContext, condition: Condition | None) -> float | None:
    """The fewest hours without alcohol that the condition asks for; None if it can hold without any."""
    fewest = float("inf")
    for case in ways_to_hold(condition):
        told = [h for h in (_literal_hours(context, literal) for literal in case) if h is not None]
        if not told:
            return None
        fewest = min(fewest, max(told))
    return fewest


def _literal_hours(context: RuleContext, literal: Literal) -> float | None:
    test, so = literal
    if test.subject not in ("measure", "fact", "event") or not is_about(context, test.name, ALCOHOL_FREE):
        return None
    days = days_told(context, test)
    if so and test.operator in (">", ">=") and days is not None:
        return days * 24
    return float("inf")  # a test in words, or a score: it asks about drinking


def _entered_dry(context: RuleContext, names: tuple[str, ...]) -> bool:
    """Whether every door and every way into these phases asks about drinking."""
    if not names:
        return False
    doors = [door.condition for door in context.plan.starts if door.phase in names]
    ways = [way.exit.when for found in context.ways.values() for way in found if way.target in names]
    asked = [_hours(context, context.plan.admit) if c is None else _hours(context, c) for c in doors]
    asked += [_hours(context, condition) for condition in ways]
    return all(hours is not None for hours in asked)
