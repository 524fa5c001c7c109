"""One of two courses that are looked at together: where it starts, on what, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from careplan.plan.courses import step_days
from careplan.plan.model import Medication, Phase
from careplan.rules.needs import Case, ways_to_hold

if TYPE_CHECKING:
    from careplan.rules.context import RuleContext

FOR_EVER = 1_000_000


class Side:
    """A course beside another one.

    `length`: days from the first dose to the last (None: no end of its own). `own`: the phases in which it
    starts by itself; `stands_in`: those in which it takes the place of a course whose start has failed, and
    `after_other` says that this is the other course. `forced`: its start has no condition. `hands_over`: it
    stops when the other one begins.
    """

    def __init__(self, context: RuleContext, course: Medication, other: Medication):
        rows = [row for row in context.courses if row.medication == course.name]
        start = course.start
        follower = any(m.fallback == course.name for m in context.plan.medications)
        self.course = course
        self.name = course.name
        self.length = length(context, course)
        self.ways = ways_to_hold(start.when if start else None)
        self.forced = start is not None and start.when is None
        self.within = start.within_days if start else None
        self.hands_over = any(_just_taking(case, other.name) for case in ways_to_hold(course.stop_when))
        self.own = {r.phase for r in rows if r.role in ("starts", "may start")}
        if follower and start is not None:
            self.own |= set(start.phases)
        self.after_other = follower and _leads_to(context, other, course.name)
        self.stands_in = {r.phase for r in rows if r.role == "if another fails"} - self.own

    def last_day(self, phase: Phase) -> int:
        """The last day of a visit on which it may start."""
        if self.forced and phase.name in self.own:
            return 1
        longest = phase.longest or FOR_EVER
        return min(longest, self.within) if self.within and phase.name in self.own else longest


def length(context: RuleContext, course: Medication) -> int | None:
    """The days from the first dose to the last, None where the last line is open."""
    total = 0
    for step in course.steps:
        if step.step == "also":
            continue
        days = step_days(step)
        if days is None and step.frequency is not None and step.frequency.kind == "once":
            drug = context.drug_of.get(course.name)
            days = drug.interval.low if drug and drug.interval else 1
        if days is None:
            return None
        total += days
    return total


def _just_taking(case: Case, name: str) -> bool:
    """Whether the case holds as soon as the course of that name begins."""
    if len(case) != 1:
        return False
    test, so = case[0]
    return so and test.subject == "medication" and test.name == name and test.for_days is None


def _leads_to(context: RuleContext, first: Medication, name: str) -> bool:
    """Whether the fallbacks of `first` lead to the course of that name."""
    seen: set[str] = set()
    at = first.fallback
    while at is not None and at not in seen:
        if at == name:
            return True
        seen.add(at)
        at = context.medications[at].fallback if at in context.medications else None
    return False
