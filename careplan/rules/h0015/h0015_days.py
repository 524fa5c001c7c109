"""An intensive outpatient phase has weeks with fewer than three days of three hours, which H0015 asks for.

The code is billed by the day, for a programme that runs at least 3 hours a day on at least 3 days a week.
That is another question than the hours of a week: two hours on five days are ten hours and no day of three.
Every full week of a phase of level 2.1 is looked at day by day, clinical minutes only, with the fewest
sessions that the plan allows; sessions without weekdays are placed as in every schedule of the plan (one on
Wednesday, two on Tuesday and Thursday, three on Monday, Wednesday and Friday). Put the sessions of a day
together, or bill another code.

source: fact `h0015.hours-per-day`
source: fact `h0015.days-per-week`
source: 405 IAC 5-21.5-11 (Indiana Medicaid says the same), https://law.cornell.edu/regulations/indiana/405-IAC-5-21.5-11

not reported: phases of another level than 2.1; phases with a counted service whose length is not said;
supports and services whose `hours not counted`, which never fill a day; a shorter last week

```careplan bad
plan program "Two hours on five days"
  population adults
  follows h0015
  start in iop

therapy session "Group session"
  format group of 6 to 12
  length 2 hours

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  session 5 per week on mon to fri at 09:00
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan program "Three hours on three days, in two sessions"
  population adults
  follows h0015
  start in iop

therapy session "Group session"
  format group of 6 to 12
  length 2 hours

therapy skills "Skills group"
  format group of 6 to 12
  length 60 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  session 3 per week on mon, wed, fri at 09:00
  skills 3 per week on mon, wed, fri at 11:15
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.model import Phase
from careplan.plan.weeks import HoursSpan, horizon_weeks
from careplan.plan.words import listed, weekday_words
from careplan.rules.context import RuleContext
from careplan.rules.days import Days, Week, weeks_by_day
from careplan.rules.facts import fact
from careplan.rules.hours import hours_words, weeks_words
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every phase of level 2.1."""
    long, often = fact("h0015.hours-per-day"), fact("h0015.days-per-week")
    for phase in context.plan.phases:
        if context.level(phase) != "2.1" or phase.level is None:
            continue
        counts = [
            (sum(day >= long.value * 60 for day in week.days), week) for week in weeks_by_day(context, phase)
        ]
        short = [(count, week) for count, week in counts if count < often.value]
        if short:
            fewest, worst = min(short, key=lambda pair: pair[0])
            like = [week for count, week in short if count == fewest]
            weeks = _weeks(context, phase, like)
            alike = len({week.days for week in like}) == 1
            number = "" if alike or "such as" in weeks else f"week {worst.number}: "
            where = f", where {worst.track}" if worst.track else ""
            yield Found(
                f"`{phase.name}` has {fewest or 'none'} of the {often.value:g} days of {long.value:g} h that "
                f"H0015 asks for in {weeks} ({number}{_day_words(worst.days)}{where})",
                phase.level.span,
                help=f"{hours_words(sum(worst.days))} a week can be enough for a level of care and still be "
                f"too little by the day; source: {long.credit}",
            )


def _weeks(context: RuleContext, phase: Phase, short: list[Week]) -> str:
    spans = [HoursSpan(n, n, 0, 0) for n in sorted({week.number for week in short})]
    return weeks_words(spans, phase, horizon_weeks(context.plan, phase))


def _day_words(days: Days) -> str:
    """The days by their length: `2 h on mon, tue and wed; 50 min on fri`."""
    lengths = sorted({minutes for minutes in days if minutes}, reverse=True)
    if not lengths:
        return "no clinical session"
    return listed(
        f"{hours_words(minutes) if minutes >= 60 else f'{minutes} min'} on "
        f"{weekday_words([d for d, m in enumerate(days) if m == minutes])}"
        for minutes in lengths
    )
