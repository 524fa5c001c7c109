"""A plan's elements back in the words of the language, in one canonical form.

What these functions return reads back to the same meaning, `short_condition` apart, which is for pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careplan.plan.model import (
    AnyOf,
    Assessment,
    Condition,
    DoseStep,
    Exit,
    Frequency,
    Lasts,
    Level,
    NotSo,
    Placement,
    ServiceLine,
    Stretch,
    Test,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIXED_UNITS = (("week", "wk"), ("day", "d"))


def number_words(value: float) -> str:
    """A number without a needless fraction: `8`, `0.5`."""
    return str(int(value)) if value == int(value) else repr(float(value))


def range_words(low: float, high: float) -> str:
    """`6` or `6 to 12`."""
    return number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def counted(count: float, noun: str) -> str:
    """`1 week`, `2 weeks`."""
    return f"{number_words(count)} {noun}" if count == 1 else f"{number_words(count)} {noun}s"


def duration_words(days: int) -> str:
    """Whole days as `8 weeks` where they are whole weeks, else as `10 days`."""
    return counted(days // 7, "week") if days and days % 7 == 0 else counted(days, "day")


def duration_range_words(low: int, high: int) -> str:
    """Two lengths in days as `8 to 16 weeks` or `10 to 28 days`."""
    if low == high:
        return duration_words(high)
    if low % 7 == 0 and high % 7 == 0 and low:
        return f"{low // 7} to {high // 7} weeks"
    return f"{low} to {high} days"


def minutes_words(minutes: int) -> str:
    """Minutes as `90 min`, or as `3 hours` from two full hours on."""
    return f"{minutes // 60} hours" if minutes >= 120 and minutes % 60 == 0 else f"{minutes} min"


def every_words(days: int) -> str:
    """A period in days as `every day`, `every week`, `every 2 weeks`, `every 10 days`."""
    return {1: "every day", 7: "every week"}.get(days, f"every {duration_words(days)}")


def lasts_words(lasts: Lasts) -> str:
    """How long a phase lasts: `8 to 16 weeks`, `at least 4 weeks`, `up to 28 days`, `until …, at most …`."""
    if lasts.until is not None and lasts.high is not None:
        return f"until {condition_words(lasts.until)}, at most {duration_words(lasts.high)}"
    if lasts.high is None:
        return f"at least {duration_words(lasts.low)}"
    if lasts.low == 0:
        return f"up to {duration_words(lasts.high)}"
    return duration_range_words(lasts.low, lasts.high)


def level_words(level: Level) -> str:
    """A level of care and its enhancements: `3.7 co-occurring-enhanced`."""
    return " ".join((level.code, *level.enhancements))


# ------------------------------------------------------------------------------------- conditions


def condition_words(condition: Condition) -> str:
    """A condition in the plan's language; `and` and `or` never meet without parentheses."""
    if isinstance(condition, Test):
        return _test_words(condition)
    if isinstance(condition, NotSo):
        return f"not {_part_words(condition.part)}"
    word = " or " if isinstance(condition, AnyOf) else " and "
    return word.join(_part_words(part) for part in condition.parts)


def _part_words(part: Condition) -> str:
    words = condition_words(part)
    return words if isinstance(part, Test | NotSo) else f"({words})"


def _test_words(test: Test) -> str:
    return " ".join((_subject_words(test), *_comparison_words(test), *_tail_words(test)))


def _subject_words(test: Test) -> str:
    name = test.name or ""
    of_name = f" of {name}" if name else ""
    return {
        "attendance": f"attendance{of_name}",
        "sessions": f"sessions{of_name}",
        "missed": f"missed sessions{of_name}",
        "days": "days",
        "weeks": "weeks",
        "medication": f"taking {name}",
    }.get(test.subject, name)


def _comparison_words(test: Test) -> tuple[str, ...]:
    if test.operator in ("taking", "happened") or (test.operator == "is" and test.value == "yes"):
        return ()
    value = test.value
    if value is None or isinstance(value, str):
        return (test.operator, value or "")
    percent = "%" if test.percent or test.subject == "attendance" else ""
    return (test.operator, range_words(value, value if test.high is None else test.high) + percent)


def _tail_words(test: Test) -> list[str]:
    tails = []
    if test.for_days is not None:
        tails.append(f"for {duration_words(test.for_days)}")
    if test.times is not None:
        tails.append(counted(test.times, "time"))
    if test.in_a_row:
        tails.append("in a row")
    if test.within_days is not None:
        tails.append(f"within {duration_words(test.within_days)}")
    if test.over_days is not None:
        tails.append(f"over {duration_words(test.over_days)}")
    if test.since_admission:
        tails.append("since admission")
    return tails


def short_condition(condition: Condition | None) -> str:
    """A condition as a short label, `uds negative for 4 wk and attendance ≥ 80%`; `otherwise` for none."""
    if condition is None:
        return "otherwise"
    if isinstance(condition, Test):
        return _short_test(condition)
    if isinstance(condition, NotSo):
        return f"not {_short_part(condition.part)}"
    word = " or " if isinstance(condition, AnyOf) else " and "
    return word.join(_short_part(part) for part in condition.parts)


def _short_part(part: Condition) -> str:
    words = short_condition(part)
    return words if isinstance(part, Test | NotSo) else f"({words})"


def _short_test(test: Test) -> str:
    operator = {"is": "", "is not": "not", "<=": "≤", ">=": "≥"}.get(test.operator, test.operator)
    words = [_subject_words(test)]
    if test.subject == "missed":
        words = [f"missed {test.name}" if test.name else "missed"]
    comparison = _comparison_words(test)
    if comparison:
        words += [operator, comparison[1]]
    tails = " ".join(_tail_words(test)).replace(" times", "×").replace(" time", "×")
    for long, short in MIXED_UNITS:
        tails = tails.replace(f" {long}s", f" {short}").replace(f" {long}", f" {short}")
    return " ".join(word for word in (*words, tails) if word)


# --------------------------------------------------------------------------- how often, and where


def frequency_words(frequency: Frequency) -> str:
    """How often: `3 to 5 per week`, `weekly`, `every 2 weeks`, `20 sessions`, `at start`."""
    period = frequency.period_days or 7
    once_each = frequency.kind == "every" or (frequency.low, frequency.high) == (1, 1)
    if frequency.kind in ("per", "every") and once_each and not frequency.extra and period in (1, 7):
        return "daily" if period == 1 else "weekly"
    if frequency.kind == "every":
        return every_words(period)
    amount = range_words(frequency.low, frequency.high)
    if frequency.kind == "per":
        unit = {1: "day", 7: "week"}.get(period, duration_words(period))
        return f"{amount} extra per {unit}" if frequency.extra else f"{amount} per {unit}"
    if frequency.kind == "total":
        return f"{amount} session" if amount == "1" else f"{amount} sessions"
    return frequency.kind.replace("-", " ")


def weekday_words(weekdays: Sequence[int]) -> str:
    """Weekdays (0 is Monday) as `mon, wed and fri` or `mon to fri`."""
    days = sorted(set(weekdays))
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    return listed(WEEKDAYS[day] for day in days)


def stretch_words(stretch: Stretch) -> str:
    """One item of a list of weeks or days: `6`, `1 to 4`, `5 or 6`."""
    if stretch.either:
        return f"{stretch.first} or {stretch.last}"
    return range_words(stretch.first, stretch.last)


def stretches_words(unit: str, stretches: Sequence[Stretch]) -> str:
    """Weeks or days as `week 3`, `week 5 or 6`, `weeks 1 to 4 and 6`; `unit` is the singular."""
    single = len(stretches) == 1 and (stretches[0].either or stretches[0].first == stretches[0].last)
    return f"{unit if single else unit + 's'} {listed(stretch_words(s) for s in stretches)}"


def placement_words(placement: Placement) -> str:
    """Where in the week, in which weeks and for whom, in the order the formatter writes it; may be empty."""
    return " ".join((*_place_words(placement), *_clause_words(placement)))


def _place_words(place: Placement) -> list[str]:
    words = []
    if place.weekdays:
        words.append(f"on {weekday_words(place.weekdays)}")
    if place.times:
        words.append(f"at {listed(place.times)}")
    if isinstance(place, ServiceLine) and place.minutes is not None:
        words.append(f"for {minutes_words(place.minutes)}")
    for unit, stretches in (("week", place.weeks), ("day", place.days), ("plan week", place.plan_weeks)):
        if stretches:
            words.append(f"in {stretches_words(unit, stretches)}")
    if place.within_days is not None:
        words.append(f"within {duration_words(place.within_days)}")
    if place.after_sessions is not None:
        after = place.after_sessions
        words.append(f"after {counted(after.count, 'session')} of {after.service}")
    words += ["at random"] * place.at_random + ["encouraged"] * place.encouraged
    if place.for_days is not None:
        words.append(f"for {duration_words(place.for_days)}")
    return words


def _clause_words(place: Placement) -> list[str]:
    clauses = (("if", place.if_facts), ("while", place.while_), ("when", place.when), ("after", place.after))
    return [f"{word} {condition_words(clause)}" for word, clause in clauses if clause is not None]


def service_line_words(line: ServiceLine) -> str:
    """A service line: `process-group 3 per week on mon, wed and fri at 18:00 if track is evening`."""
    return " ".join(filter(None, (line.service, frequency_words(line.frequency), placement_words(line))))


def assessment_words(assessment: Assessment) -> str:
    """An assessment line: `assess phq-9 at start, every 2 weeks and at end`."""
    moments = listed(frequency_words(moment) for moment in assessment.moments)
    words = ("assess", listed(assessment.measures), moments, placement_words(assessment))
    return " ".join(filter(None, words))


# ---------------------------------------------------------------------------------- doses and exits


def dose_words(step: DoseStep) -> str:
    """One dose line: `maintenance 16 to 24 mg daily`, `taper from 20 mg to 5 mg by 5 mg every 3 days`."""
    if step.ramp is not None:
        ends = (f"{number_words(n)} {step.unit}" for n in (step.ramp.start, step.ramp.end, step.ramp.by))
        start, end, by = ends
        return f"{step.step} from {start} to {end} by {by} {every_words(step.ramp.every_days)}"
    words = [step.step, range_words(step.low, step.high), step.unit]
    if step.frequency is not None:
        words.append(frequency_words(step.frequency))
    if step.weekdays:
        words.append(f"on {weekday_words(step.weekdays)}")
    if step.run_days is not None:
        words.append(f"for {duration_words(step.run_days)}")
    if step.run_times is not None:
        words.append(counted(step.run_times, "time"))
    return " ".join(words)


def exit_words(way: Exit, at_end: bool = False) -> str:
    """A way out: `step up to residential when cows >= 13 called withdrawal`; `at_end` puts `at end` before."""
    words = ["at end"] if at_end else []
    if way.direction == "extend":
        words.append(f"extend {duration_words(way.extend_days or 0)}")
        if way.extend_times is not None:
            words.append(f"at most {counted(way.extend_times, 'time')}")
    else:
        link = "as" if way.direction == "discharge" else "to"
        words.append(f"{way.direction} {link} {way.target}")
    if way.when is not None:
        words.append(f"when {condition_words(way.when)}")
    elif way.otherwise:
        words.append("otherwise")
    if way.called:
        words.append(f"called {way.called}")
    return " ".join(words)
