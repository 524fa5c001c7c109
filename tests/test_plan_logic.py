"""Whether conditions can hold together, held against trying out every score."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from careplan.plan import model
from careplan.plan.context import Context
from careplan.plan.logic import can_hold_together
from careplan.plan.model import AllOf, AnyOf, Band, Condition, Domain, Measure, NotSo, Plan

SCORE = Measure(
    name="score",
    domain=Domain(kind="number", low=0, high=10),
    bands=(Band(name="mild", low=2, high=4), Band(name="severe", low=8, high=10)),
)
URINE = Measure(name="urine", domain=Domain(kind="choice", values=("negative", "positive")))
CONTEXT = Context(Plan(name="small", measures=(SCORE, URINE)))

numbers = st.integers(0, 10).map(float)
tests = st.one_of(
    st.builds(model.Test, subject=st.just("measure"), name=st.just("score"),
              operator=st.sampled_from(["<", "<=", ">", ">="]), value=numbers),
    st.builds(model.Test, subject=st.just("measure"), name=st.just("score"),
              operator=st.sampled_from(["is", "is not"]), value=st.sampled_from(["mild", "severe"])),
    st.builds(model.Test, subject=st.just("measure"), name=st.just("urine"),
              operator=st.sampled_from(["is", "is not"]), value=st.sampled_from(["negative", "positive"])),
)  # fmt: skip
conditions: st.SearchStrategy[Condition] = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(NotSo, part=inner),
        st.builds(AllOf, parts=st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, parts=st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)


def holds(condition: Condition, score: float, urine: str) -> bool:
    """The condition on a day with these latest results."""
    if isinstance(condition, NotSo):
        return not holds(condition.part, score, urine)
    if isinstance(condition, AllOf):
        return all(holds(part, score, urine) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, score, urine) for part in condition.parts)
    if condition.name == "urine":
        return (urine == condition.value) == (condition.operator == "is")
    if isinstance(condition.value, str):
        band = next(b for b in SCORE.bands if b.name == condition.value)
        return (band.low <= score <= band.high) == (condition.operator == "is")
    assert condition.value is not None
    return {
        "<": score < condition.value,
        "<=": score <= condition.value,
        ">": score > condition.value,
        ">=": score >= condition.value,
    }[condition.operator]


@given(conditions, conditions)
def test_together(first: Condition, second: Condition) -> None:
    halves = [n / 2 for n in range(21)]
    tried = any(
        holds(first, score, urine) and holds(second, score, urine)
        for score, urine in product(halves, ("negative", "positive"))
    )
    assert can_hold_together(CONTEXT, first, second) == tried


def test_a_long_clean_time_leaves_no_room_for_positives() -> None:
    clean = model.Test(subject="measure", name="urine", operator="is", value="negative", for_days=28)
    three = model.Test(
        subject="measure", name="urine", operator="is", value="positive", times=3, within_days=14
    )
    assert not can_hold_together(CONTEXT, clean, three)
    longer = three.model_copy(update={"within_days": 42})
    assert can_hold_together(CONTEXT, clean, longer)


def test_weeks_and_days_are_one_clock() -> None:
    days = model.Test(subject="days", operator="<", value=56)
    weeks = model.Test(subject="weeks", operator=">=", value=8)
    assert not can_hold_together(CONTEXT, days, weeks)
    assert can_hold_together(CONTEXT, days, weeks.model_copy(update={"value": 7}))
