"""Conditions: single tests, and how they are joined."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, Union

from careplan import lean
from careplan.plan.model.element import Element

if TYPE_CHECKING or not lean.on:
    from pydantic import Field
else:
    from careplan.lean import Field


class Test(Element):
    """One test in a condition, such as `uds is negative for 4 weeks`."""

    kind: Literal["test"] = "test"
    subject: Literal[
        "measure", "fact", "event", "medication", "attendance", "sessions", "missed", "days", "weeks"
    ]
    name: str | None = None  # the measure, fact, event, medication, or the service counted
    operator: Literal["is", "is not", "<", "<=", ">", ">=", "falls by", "rises by", "taking", "happened"]
    value: str | float | None = None  # a value, a band or "missing"; a number; percent for attendance
    high: float | None = None  # the upper end of `is 12 to 18`
    percent: bool = False
    for_days: int | None = None
    times: int | None = None
    within_days: int | None = None
    over_days: int | None = None
    in_a_row: bool = False
    since_admission: bool = False


class AllOf(Element):
    """Every part holds."""

    kind: Literal["all"] = "all"
    parts: "tuple[Condition, ...]"


class AnyOf(Element):
    """At least one part holds."""

    kind: Literal["any"] = "any"
    parts: "tuple[Condition, ...]"


class NotSo(Element):
    """The part does not hold."""

    kind: Literal["not"] = "not"
    part: "Condition"


Condition = Annotated[Union[Test, AllOf, AnyOf, NotSo], Field(discriminator="kind")]


def tests_of(condition: Condition | None) -> Iterator[Test]:
    """Every single test inside a condition, in order."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, NotSo):
        yield from tests_of(condition.part)
    elif condition is not None:
        for part in condition.parts:
            yield from tests_of(part)
