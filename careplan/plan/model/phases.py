"""Phases, and the ways out of them."""

from functools import cached_property
from typing import Literal

from careplan.plan.model.conditions import Condition
from careplan.plan.model.element import Element
from careplan.plan.model.named import Cite, Named
from careplan.plan.model.timing import Assessment, ServiceLine


class Level(Element):
    """A level of care, such as 2.1, and its enhancements."""

    code: str
    enhancements: tuple[str, ...] = ()


class Lasts(Element):
    """How long a phase lasts, in whole days; `high` None is no maximum."""

    low: int
    high: int | None = None
    until: Condition | None = None


class OnReturn(Element):
    """What the phase's clock does on a return, from the named phases or (empty) from any."""

    after: tuple[str, ...] = ()
    way: Literal["restart", "resume"]


class Exit(Element):
    """A way out of a phase (`target` is a phase, or the outcome of a discharge), or an extension."""

    direction: Literal["step down", "step up", "move", "discharge", "extend"]
    target: str | None = None
    when: Condition | None = None
    otherwise: bool = False
    called: str | None = None
    extend_days: int | None = None
    extend_times: int | None = None


class Phase(Named):
    """A state of care."""

    level: Level | None = None
    settings: tuple[str, ...] = ()
    lasts: Lasts | None = None
    review_days: int | None = None  # None: decided daily
    returns: tuple[OnReturn, ...] = ()
    services: tuple[ServiceLine, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    exits: tuple[Exit, ...] = ()
    at_end: tuple[Exit, ...] = ()

    @cached_property
    def longest(self) -> int | None:
        """The longest visit in days, extensions counted; None if nothing ends it."""
        if self.lasts is None or self.lasts.high is None:
            return None
        more = sum((e.extend_days or 0) * (e.extend_times or 0) for e in self.at_end)
        return self.lasts.high + more


class Anytime(Element):
    """Exits that hold in every phase but the excepted ones."""

    excepted: tuple[str, ...] = ()
    exits: tuple[Exit, ...] = ()
    notes: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
