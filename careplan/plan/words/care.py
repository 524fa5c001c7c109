"""Levels, lengths of phases, doses and ways out in the words of the language."""

from __future__ import annotations

from careplan.plan.model import DoseStep, Exit, Lasts, Level
from careplan.plan.words.conditions import condition_words
from careplan.plan.words.lines import frequency_words, weekday_words
from careplan.plan.words.sizes import (
    counted,
    duration_range_words,
    duration_words,
    every_words,
    number_words,
    range_words,
)


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
    """A way out, after `at end` where asked: `step up to residential when cows >= 13 called relapse`."""
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
