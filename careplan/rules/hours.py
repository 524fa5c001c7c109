"""Clinical hours of a phase held against a limit: the week that misses it most, and its sum in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from careplan.plan.facts import Facts, assignments, holds
from careplan.plan.model import Phase, ServiceLine
from careplan.plan.weeks import HoursSpan, counted_lines, horizon_weeks, line_weeks, session_minutes
from careplan.plan.words import listed
from careplan.rules.context import RuleContext
from careplan.rules.facts import Fact
from careplan.rules.rule import Found

# More runs of weeks than this are told by their number.
MOST_RUNS = 4


class Part(NamedTuple):
    """What one line gives in a week: so many sessions of so many clinical minutes."""

    line: ServiceLine
    sessions: int
    minutes: int

    @property
    def words(self) -> str:
        """The part as `2 x 90 min`, or `90 min`."""
        return f"{self.sessions} x {self.minutes} min" if self.sessions > 1 else f"{self.minutes} min"


class WeekSum(NamedTuple):
    """The clinical minutes of one phase week, part by part; `track`: for whom, such as `track is day`."""

    week: int
    minutes: int
    parts: tuple[Part, ...]
    track: str

    @property
    def words(self) -> str:
        """The sum as `2 x 90 min + 50 min`."""
        return " + ".join(part.words for part in self.parts)


class Miss(NamedTuple):
    """A phase that misses a limit: the weeks that miss it most, one week's sum, and the other weeks."""

    spans: tuple[HoursSpan, ...]
    least: WeekSum
    others: tuple[HoursSpan, ...]


def below(context: RuleContext, phase: Phase, minutes: float) -> Miss | None:
    """Where the phase can give fewer clinical minutes in a full week; weeks of unknown length never do."""
    spans = [s for s in context.hours[phase.name] if s.low < minutes and not s.unknown]
    return _miss(context, phase, spans, low=True)


def above(context: RuleContext, phase: Phase, minutes: float, *, or_equal: bool = False) -> Miss | None:
    """Where the phase can give more clinical minutes in a full week (`or_equal`: as many, too)."""
    spans = [s for s in context.hours[phase.name] if s.high > minutes or (or_equal and s.high == minutes)]
    return _miss(context, phase, spans, low=False)


def _miss(context: RuleContext, phase: Phase, spans: Sequence[HoursSpan], *, low: bool) -> Miss | None:
    if not spans:
        return None
    worst = min(s.low for s in spans) if low else max(s.high for s in spans)
    most = tuple(s for s in spans if (s.low if low else s.high) == worst)
    others = tuple(s for s in spans if s not in most)
    return Miss(most, week_sum(context, phase, most[0], low=low), others)


def shortfalls(context: RuleContext, level: str, least: Fact, whose: str) -> Iterator[Found]:
    """A finding for every phase of the level that can give fewer than that many hours in a full week."""
    for phase in context.plan.phases:
        if phase.level is None or phase.level.code != level:
            continue
        limit = least.value * 60
        miss = below(context, phase, limit)
        if miss is not None:
            gives = told(context, phase, miss, limit, low=True)
            why = explained(context, phase, miss, limit, low=True)
            yield Found(
                f"`{phase.name}` gives {gives}, below the {least.value:g} h a week of {whose}",
                phase.level.span,
                help="; ".join([*(why or ["add the missing hours"]), f"source: {least.credit}"]),
            )


def week_sum(context: RuleContext, phase: Phase, span: HoursSpan, *, low: bool) -> WeekSum:
    """The sum of the span's first week with the fewest (or the most) minutes, for whom it is so."""
    plan = context.plan
    lines = counted_lines(plan, phase)
    counts = [line_weeks(plan, phase, line) for line in lines]
    choices = assignments(plan, [line.if_facts for line in lines])
    sums: list[WeekSum] = []
    for week in range(span.first_week, (span.last_week or horizon_weeks(plan, phase)) + 1):
        for facts in choices:
            parts: list[Part] = []
            for line, each in zip(lines, counts, strict=True):
                held = holds(line.if_facts, facts)
                count = each[week - 1]
                sessions = count.low * (held is True) if low else count.high * (held is not False)
                if sessions:
                    parts.append(Part(line, sessions, session_minutes(plan, line) or 0))
            minutes = sum(part.sessions * part.minutes for part in parts)
            sums.append(WeekSum(week, minutes, tuple(parts), track_words(facts)))
    found = min(sums, key=lambda s: s.minutes) if low else max(sums, key=lambda s: s.minutes)
    alike = {s.minutes for s in sums if s.week == found.week}
    return found if len(alike) > 1 else found._replace(track="")


def track_words(facts: Facts) -> str:
    """Values of facts as `track is day and age is 12`."""
    return " and ".join(f"{k} is {v if isinstance(v, str) else f'{v:g}'}" for k, v in facts.items())


def hours_words(minutes: float, limit: float | None = None) -> str:
    """Minutes as `6.2 h`; to the minute where the rounded hours would read as the limit (minutes)."""
    rounded = f"{round(minutes / 60, 1):g} h"
    if limit is not None and minutes != limit and rounded == f"{round(limit / 60, 1):g} h":
        return f"{int(minutes // 60)} h {int(minutes % 60)} min"
    return rounded


def weeks_words(spans: Iterable[HoursSpan], phase: Phase, weeks: int) -> str:
    """The weeks of the spans: `weeks 1 to 4 and 13`, `weeks 9 and on`, `every week`."""
    runs: list[tuple[int, int | None]] = []
    for span in sorted(spans):
        last = runs[-1][1] if runs else None
        if last is not None and span.first_week == last + 1:
            runs[-1] = (runs[-1][0], span.last_week)
        else:
            runs.append((span.first_week, span.last_week))
    if runs == [(1, None)] or (runs == [(1, weeks)] and phase.longest is not None):
        return "every week" if weeks > 1 else "its one week"
    if len(runs) > MOST_RUNS:
        number = sum((last or weeks) - first + 1 for first, last in runs)
        return f"{number} of its weeks, such as week {runs[0][0]}"
    words = [
        f"{first} and on" if last is None else f"{first}" if first == last else f"{first} to {last}"
        for first, last in runs
    ]
    single = len(runs) == 1 and runs[0][0] == runs[0][1]
    return f"week{'' if single else 's'} {listed(words)}"


def told(context: RuleContext, phase: Phase, miss: Miss, limit: float, *, low: bool) -> str:
    """What the phase gives where it misses the limit (minutes): `4.5 h in weeks 5 to 16 (3 x 90 min)`."""
    weeks = weeks_words(miss.spans, phase, horizon_weeks(context.plan, phase))
    least = miss.least
    if not least.parts:
        given = "no clinical hours" if low else "0 h"
        return f"{given} in {weeks}" + (f" (where {least.track})" if least.track else "")
    where = f", where {least.track}" if least.track else ""
    return f"{hours_words(least.minutes, limit)} in {weeks} ({least.words}{where})"


def explained(context: RuleContext, phase: Phase, miss: Miss, limit: float, *, low: bool) -> list[str]:
    """Sentences that help to see why: the week's services, the other weeks, breaks, what does not count."""
    least = miss.least
    said: list[str] = []
    if len(least.parts) > 1:
        names = [f"{part.line.service} {part.words}" for part in least.parts]
        said.append(f"week {least.week} holds {listed(names)}")
    if miss.others:
        weeks = weeks_words(miss.others, phase, horizon_weeks(context.plan, phase))
        numbers = [s.low if low else s.high for s in miss.others]
        ends = sorted({hours_words(n, limit) for n in (min(numbers), max(numbers))}, key=_leading)
        other = weeks if weeks != "every week" else "the other weeks"
        said.append(f"{'below' if low else 'above'} it too: {other}, with {' to '.join(ends)}")
    if low:
        said += _short_of(context, phase, least, limit)
    return said


def _leading(words: str) -> float:
    return float(words.split()[0])


def _short_of(context: RuleContext, phase: Phase, least: WeekSum, limit: float) -> list[str]:
    """What is in the week and does not count, where it would make up for the shortfall."""
    services = context.services
    breaks = [
        (part, services[part.line.service].break_minutes)
        for part in least.parts
        if part.line.minutes is None and services[part.line.service].break_minutes
    ]
    clock = least.minutes + sum(part.sessions * minutes for part, minutes in breaks)
    said: list[str] = []
    if breaks and clock >= limit:
        sums = " + ".join(f"{part.sessions} x {minutes} min" for part, minutes in breaks)
        said.append(
            f"the {hours_words(clock)} on the clock hold {sums} of breaks, which are not clinical time"
        )
    there = counted_lines(context.plan, phase)
    other = [line for line in phase.services if line not in there and line.service in services]
    uncounted = 0
    for line in other:
        count = line_weeks(context.plan, phase, line)[least.week - 1].high
        uncounted += count * (session_minutes(context.plan, line) or 0)
    if uncounted and least.minutes + uncounted >= limit:
        names = listed(dict.fromkeys(line.service for line in other))
        verb = "does" if len({line.service for line in other}) == 1 else "do"
        said.append(f"{names} {verb} not count as clinical hours")
    return said
