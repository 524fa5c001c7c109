"""A plan's elements in the words of the language read back to the same meaning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careplan.commands.word import word_text
from careplan.language.parser import parse
from careplan.plan import model
from careplan.plan.build.assemble import assemble
from careplan.plan.model import AllOf, AnyOf, Condition, Element, Frequency, NotSo, Plan
from careplan.plan.words import (
    assessment_words,
    condition_words,
    dose_words,
    duration_words,
    exit_words,
    frequency_words,
    lasts_words,
    level_words,
    minutes_words,
    service_line_words,
    short_condition,
    weekday_words,
)
from careplan.plan.words.blocks import plan_text
from careplan.reading import read_file, read_text
from careplan.source import Source

ROOT = Path(__file__).parents[1]
One = model.Test  # under a name that pytest does not take for a test class
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))


def bare(value: Any) -> Any:
    """A model as plain data without its places in the text."""
    if isinstance(value, Element):
        return {name: bare(getattr(value, name)) for name in type(value).model_fields if name != "span"}
    if isinstance(value, tuple):
        return [bare(each) for each in value]
    return value


def rewritten(plan: Plan) -> Iterator[tuple[Element, str]]:
    """Every element of the plan's own file that has words, with these words."""
    for phase in plan.phases:
        yield from ((line, service_line_words(line)) for line in phase.services)
        yield from ((line, assessment_words(line)) for line in phase.assessments)
        yield from ((way, exit_words(way)) for way in (*phase.exits, *phase.at_end))
        if phase.lasts:
            yield phase.lasts, f"lasts {lasts_words(phase.lasts)}"
        if phase.level:
            yield phase.level, f"level {level_words(phase.level)}"
    yield from ((way, exit_words(way)) for block in plan.anytime for way in block.exits)
    for course in plan.medications:
        yield from ((step, dose_words(step)) for step in course.steps)
        conditions = (course.start.when if course.start else None, course.stop_when, *course.holds)
        yield from ((each, condition_words(each)) for each in conditions if each)
    for condition in (plan.admit, *(goal.reach for goal in plan.goals)):
        if condition is not None:
            yield condition, condition_words(condition)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_in_canonical_words_is_the_same_plan(path: Path) -> None:
    reading = read_file(path)
    assert reading.plan is not None, reading.diagnostics
    text = path.read_text("utf-8")
    own = [(e, words) for e, words in rewritten(reading.plan) if Path(e.span.file) == path]
    assert own
    for element, words in sorted(own, key=lambda pair: pair[0].span.start, reverse=True):
        text = text[: element.span.start] + words + text[element.span.end :]
    again = read_text(text, str(path), root=path.parent)
    assert again.plan is not None, [d for d in again.diagnostics if d.severity.word == "error"]
    assert bare(again.plan) == bare(reading.plan)


# --------------------------------------------------------------------------------- any condition

BASE = """
plan words "Words"
  start in iop
fact track one of day, evening
fact pregnant yes or no
fact age 18 to 99 years
measure uds one of negative, positive
measure phq-9 0 to 27, lower is better
  band severe 20 to 27
measure ready yes or no
event overdose "Overdose"
therapy cbt
  length 60 min
medication bup "Buprenorphine"
  drug buprenorphine
  start in iop
  maintenance 16 mg daily
  continue through iop
phase iop
  lasts 8 weeks
  cbt weekly
  at end discharge as done
outcome done
goal aim
  reach {}
  by end of iop
"""

days = st.integers(1, 200)
scores = st.integers(0, 27).map(float)
TAILS: dict[str, Any] = {
    "for_days": st.none() | days,
    "times": st.none() | st.integers(1, 9),
    "within_days": st.none() | days,
    "in_a_row": st.booleans(),
    "since_admission": st.booleans(),
}
orders = st.sampled_from(["<", "<=", ">", ">="])


def of(subject: str, name: str | None = None, **fields: Any) -> st.SearchStrategy[One]:
    return st.builds(One, subject=st.just(subject), name=st.just(name), **fields)


single = st.one_of(
    of("measure", "uds", operator=st.sampled_from(["is", "is not"]), value=st.sampled_from(
        ["negative", "positive", "missing"]), **TAILS),
    of("measure", "phq-9", operator=orders, value=scores, **TAILS),
    of("measure", "phq-9", operator=st.just("is"), value=st.just(4.0), high=st.just(9.0)),
    of("measure", "phq-9", operator=st.just("is"), value=st.just("severe")),
    of("measure", "phq-9", operator=st.sampled_from(["falls by", "rises by"]),
       value=st.integers(1, 27).map(float), percent=st.booleans()),
    of("measure", "ready", operator=st.just("is"), value=st.sampled_from(["yes", "no"])),
    of("fact", "track", operator=st.sampled_from(["is", "is not"]),
       value=st.sampled_from(["day", "evening"])),
    of("fact", "pregnant", operator=st.just("is"), value=st.sampled_from(["yes", "no"])),
    of("fact", "age", operator=orders, value=st.integers(18, 99).map(float)),
    of("event", "overdose", operator=st.just("happened"), **TAILS),
    of("medication", "bup", operator=st.just("taking"), for_days=st.none() | days),
    of("attendance", operator=orders, value=st.integers(1, 99).map(float), percent=st.just(True),
       over_days=st.none() | days),
    of("sessions", "cbt", operator=orders, value=scores, since_admission=st.booleans()),
    of("missed", operator=orders, value=scores, in_a_row=st.booleans()),
    of("days", operator=orders, value=scores),
    of("weeks", operator=orders, value=scores),
)  # fmt: skip


def joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, parts=several), st.builds(AnyOf, parts=several), st.builds(NotSo, part=parts)
    )


conditions = st.recursive(single, joined, max_leaves=6)


@settings(max_examples=150, deadline=None)
@given(conditions)
def test_any_condition_reads_back_to_itself(condition: Condition) -> None:
    words = condition_words(condition)
    tree, faults = parse(Source("plan", BASE.format(words)))
    built = assemble(tree, [])  # without the checks: a condition need not make sense to be read
    reach = built.plan.goals[0].reach
    assert not faults
    assert reach is not None, (words, built.diagnostics)
    assert bare(reach) == bare(condition), words
    assert condition_words(reach) == words


@settings(max_examples=100, deadline=None)
@given(conditions)
def test_a_short_condition_is_one_short_line_that_names_every_subject(condition: Condition) -> None:
    short = short_condition(condition)
    assert "\n" not in short
    assert "  " not in short
    assert len(short) <= len(condition_words(condition)) + 4 * len(list(model.tests_of(condition)))
    assert all(test.name in short for test in model.tests_of(condition) if test.name)


def test_short_conditions_for_pictures() -> None:
    clean = One(subject="measure", name="uds", operator="is", value="negative", for_days=28)
    there = One(subject="attendance", operator=">=", value=80, percent=True)
    relapse = One(subject="measure", name="uds", operator="is", value="positive", times=3, within_days=14)
    assert short_condition(AllOf(parts=(clean, there))) == "uds negative for 4 wk and attendance ≥ 80%"
    assert short_condition(relapse) == "uds positive 3× within 2 wk"
    heavy = One(subject="measure", name="drinking-days", operator=">=", value=4, times=2, within_days=28)
    assert short_condition(heavy) == "drinking-days ≥ 4, 2× within 4 wk"
    assert short_condition(None) == "otherwise"


# ------------------------------------------------------------------------------------ small pieces


def test_lengths() -> None:
    assert [duration_words(n) for n in (1, 7, 10, 56)] == ["1 day", "1 week", "10 days", "8 weeks"]
    assert [minutes_words(n) for n in (50, 60, 90, 120, 180)] == [
        "50 min", "60 min", "90 min", "2 hours", "3 hours",
    ]  # fmt: skip


def test_frequencies() -> None:
    def per(low: int, days: int, high: int | None = None, extra: bool = False) -> str:
        times = Frequency(kind="per", low=low, high=high or low, period_days=days, extra=extra)
        return frequency_words(times)

    assert [per(1, 1), per(1, 7), per(3, 7, 5), per(2, 1), per(8, 364)] == [
        "daily", "weekly", "3 to 5 per week", "2 per day", "8 per 52 weeks",
    ]  # fmt: skip
    assert per(1, 7, extra=True) == "1 extra per week"
    assert frequency_words(Frequency(kind="every", period_days=14)) == "every 2 weeks"
    assert frequency_words(Frequency(kind="total", low=20, high=20)) == "20 sessions"
    assert frequency_words(Frequency(kind="as-needed")) == "as needed"


def test_weekdays_fold_only_when_they_follow_one_another() -> None:
    assert weekday_words([0, 2, 4]) == "mon, wed and fri"
    assert weekday_words([0, 1, 2, 3, 4]) == "mon to fri"
    assert weekday_words([5, 6]) == "sat and sun"


# ---------------------------------------------------------------------------------- whole plans

PLANS = [*EXAMPLES, *sorted((ROOT / "tests/corpus/good").glob("*.careplan"))]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_whole_plan_in_words_is_the_same_plan(path: Path) -> None:
    reading = read_file(path)
    if reading.is_library:
        pytest.skip("a library")
    assert reading.plan is not None
    again = read_text(plan_text(reading.plan))
    assert again.plan is not None, [d for d in again.diagnostics if d.severity.word == "error"]
    apart = {"file", "uses", "drugs"}
    want, have = (
        {k: v for k, v in bare(each).items() if k not in apart} for each in (reading.plan, again.plan)
    )
    assert have == want


@pytest.mark.parametrize("words", ["step down", "step up to", "at random", "falls by", "in a row", "months"])
def test_what_people_ask_for_in_several_words_is_explained(words: str) -> None:
    assert word_text(words)
