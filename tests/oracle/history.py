"""What happened: every day of a stay, with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from careplan.plan.model import Measure
from careplan.stay.records import MISSING, Value


@dataclass(eq=False)
class Visit:
    """One unbroken time in a phase. `start` is the clock's day with which it began (1, or later: resumed)."""

    phase: str
    number: int  # the how manieth visit to that phase
    first: int  # plan day
    start: int
    resumed: Visit | None  # the earlier visit whose clock goes on
    maximum: int | None
    came_from: str | None
    extended: dict[int, int] = field(default_factory=dict)  # times each `extend` line (by place) was used
    taking_at_entry: dict[str, int] = field(default_factory=dict)  # courses that ran on the morning of day 1

    def clock(self, plan_day: int) -> int:
        """The phase's day on a plan day."""
        return self.start + plan_day - self.first


@dataclass
class Session:
    """A session that fell due. `status` is empty where nothing is known of it."""

    service: str
    line: int
    nth: int
    owed: bool
    time: str | None
    status: str = ""


@dataclass
class Day:
    """One day as it was lived. `results` are what was recorded, "missing" for a missed test."""

    plan_day: int
    weekday: int
    visit: Visit
    sessions: list[Session] = field(default_factory=list)
    tests: list[tuple[str, int]] = field(default_factory=list)
    if_left: list[tuple[str, int]] = field(default_factory=list)
    results: dict[str, Value] = field(default_factory=dict)
    left_results: dict[str, Value] = field(default_factory=dict)  # known after the exits were decided
    events: frozenset[str] = frozenset()
    made_up: list[tuple[str, int]] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    taking: dict[str, int] = field(default_factory=dict)  # the courses that run, and since when
    at_end: set[int] = field(default_factory=set)  # lines whose test of today is one at the end


@dataclass(frozen=True)
class Result:
    """A result, or a missed test: then `value` is what it counts as, None for nothing."""

    plan_day: int
    value: Value | None
    missed: bool


class History:
    """All days so far."""

    def __init__(self) -> None:
        self.days: list[Day] = []
        self.visits: list[Visit] = []

    def day(self, plan_day: int) -> Day:
        return self.days[plan_day - 1]

    def of_visit(self, visit: Visit, until: int) -> list[Day]:
        """The days of a visit up to plan day `until`."""
        return [d for d in self.days if d.visit is visit and d.plan_day <= until]

    def of_clock(self, visit: Visit, until: int) -> list[Day]:
        """The days of a visit and of those whose clock it carries on."""
        chain = [visit]
        while chain[-1].resumed is not None:
            chain.append(chain[-1].resumed)
        return [d for d in self.days if d.visit in chain and d.plan_day <= until]

    def results(self, measure: Measure, until: int, now: bool = True) -> list[Result]:
        """Every result of the stay up to a day, oldest first; `now`: without that day's tests at leaving."""
        found = []
        for day in self.days[:until]:
            known = dict(day.results)
            if not now or day.plan_day < until:
                known.update(day.left_results)
            if measure.name not in known:
                continue
            value = known[measure.name]
            if value != MISSING:
                found.append(Result(day.plan_day, value, False))
            else:
                found.append(Result(day.plan_day, measure.missing_as, True))
        return found
