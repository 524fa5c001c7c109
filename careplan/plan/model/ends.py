"""The ways in which a plan ends, and what it should reach."""

from careplan.plan.model.conditions import Condition
from careplan.plan.model.element import Element
from careplan.plan.model.named import Named


class MayReturn(Element):
    """A way back after an outcome."""

    phase: str
    after_days: int = 0


class Outcome(Named):
    """A way the plan ends."""

    planned: bool | None = None
    returns: tuple[MayReturn, ...] = ()


class Goal(Named):
    """What a stay should reach; reported, never a gate."""

    reach: Condition | None = None
    by_end_of: str | None = None
    by_week: int | None = None
