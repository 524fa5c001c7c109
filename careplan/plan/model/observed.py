"""What is known at admission, and what is observed on the way."""

from typing import Literal

from careplan.plan.model.element import Element
from careplan.plan.model.named import Named


class Domain(Element):
    """What values a fact or a measure can have."""

    kind: Literal["choice", "yes-no", "number"]
    values: tuple[str, ...] = ()  # of a choice; ("yes", "no") of a yes-no
    low: float | None = None
    high: float | None = None
    unit: str | None = None


class Fact(Named):
    """Known at admission and fixed for the stay."""

    domain: Domain


class Band(Element):
    """A named stretch of a measure's range, inclusive at both ends."""

    name: str
    title: str | None = None
    low: float
    high: float


class Measure(Named):
    """Observed again and again."""

    domain: Domain
    better: Literal["lower", "higher"] | None = None
    bands: tuple[Band, ...] = ()
    missing_as: str | float | None = None


class Event(Named):
    """Something that may happen on a day, such as an overdose."""
