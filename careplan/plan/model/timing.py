"""How often something comes, where in the week, in which weeks, and for whom."""

from typing import Literal

from careplan.plan.model.conditions import Condition
from careplan.plan.model.element import Element


class Frequency(Element):
    """How often something comes.

    `per`: `low` to `high` times in every `period_days`. `every`: once each `period_days`. `once`: once (in
    each listed span). `total`: `low` to `high` sessions over the phase. The others need no numbers.
    """

    kind: Literal["per", "every", "once", "total", "throughout", "as-needed", "at-start", "at-end"]
    low: int = 1
    high: int = 1
    period_days: int | None = None
    extra: bool = False  # `1 extra per week`: on top of the other lines


class Stretch(Element):
    """Weeks or days `first` to `last`, inclusive; `either`: one of the two (`week 5 or 6`)."""

    first: int
    last: int
    either: bool = False


class AfterSessions(Element):
    """`after 2 sessions of met`."""

    count: int
    service: str


class Placement(Element):
    """Where in the week, in which weeks, and for whom. Weekdays count from 0, Monday."""

    weekdays: tuple[int, ...] = ()
    times: tuple[str, ...] = ()  # local wall time, "18:00"
    weeks: tuple[Stretch, ...] = ()  # of the phase
    days: tuple[Stretch, ...] = ()  # of the phase
    plan_weeks: tuple[Stretch, ...] = ()  # of the stay
    within_days: int | None = None
    for_days: int | None = None  # `for 2 weeks after …`
    after_sessions: AfterSessions | None = None
    at_random: bool = False
    encouraged: bool = False  # urged, not owed
    if_facts: Condition | None = None  # facts only, decided at admission
    while_: Condition | None = None
    when: Condition | None = None
    after: Condition | None = None


class ServiceLine(Placement):
    """A service in a phase."""

    service: str
    frequency: Frequency
    minutes: int | None = None  # `for 60 min`, instead of the service's own length


class Assessment(Placement):
    """Measures taken in a phase."""

    measures: tuple[str, ...]
    moments: tuple[Frequency, ...]
