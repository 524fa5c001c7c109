"""Therapies and supports."""

from typing import Literal

from careplan.plan.model.element import Element
from careplan.plan.model.named import Named


class Format(Element):
    """How a service is held, and for how many people."""

    kind: Literal["individual", "group", "family", "family group", "community"]
    low: int | None = None
    high: int | None = None


class Topic(Element):
    """One topic of a curriculum, and how many sessions it takes."""

    title: str
    sessions: int = 1
    elective: bool = False


class Service(Named):
    """A therapy (its minutes are clinical) or a support (they never are)."""

    kind: Literal["therapy", "support"]
    formats: tuple[Format, ...] = ()
    minutes: int | None = None  # clinical minutes of one session, breaks left out
    break_minutes: int = 0
    staff: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    admission: Literal["rolling", "closed", "periodic"] | None = None
    admission_days: int | None = None  # of a periodic admission: days from one entry to the next
    make_up_days: int | None = None  # a missed session is made up within so many days
    skip_missed: bool = False
    curriculum: Literal["in order", "rolling", "any order"] | None = None
    topics: tuple[Topic, ...] = ()
    counted: bool = True  # False after `hours not counted`, and for every support

    @property
    def topic_sessions(self) -> int:
        """How many sessions the curriculum takes, electives left out."""
        return sum(t.sessions for t in self.topics if not t.elective)
