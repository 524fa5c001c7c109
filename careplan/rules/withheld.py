"""Where a plan withholds medication for opioid use disorder: starts, holds, stops and exits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from careplan.plan.courses import goes_on
from careplan.plan.logic import Literal, cases
from careplan.plan.model import Condition, Exit, Medication
from careplan.rules.opioids import agonists

if TYPE_CHECKING:
    from careplan.rules.context import RuleContext


class Withheld(NamedTuple):
    """A condition that decides over a course: what it does, and each case in which it does it.

    `does` is one of: start (the course begins only if a case holds), hold, stop, discharge, end.
    """

    course: Medication
    does: str
    condition: Condition
    ways: list[list[Literal]]
    exit: Exit | None = None


def withheld(context: RuleContext) -> Iterator[Withheld]:
    """Every condition that can keep an opioid agonist from somebody, or end it."""
    for course in agonists(context):
        if course.start is not None and course.start.when is not None:
            yield _of(course, "start", course.start.when)
        for hold in course.holds:
            yield _of(course, "hold", hold)
        if course.stop_when is not None:
            yield _of(course, "stop", course.stop_when)
        yield from _exits(context, course)


def _of(course: Medication, does: str, condition: Condition, exit_: Exit | None = None) -> Withheld:
    return Withheld(course, does, condition, cases(condition), exit_)


def _exits(context: RuleContext, course: Medication) -> Iterator[Withheld]:
    """The exits of the phases in which the course can run that discharge, or that end the course."""
    told: set[int] = set()
    for row in context.courses:
        if row.medication != course.name:
            continue
        phase = context.phases[row.phase]
        for exit_ in context.plan.exits_of(phase):
            if exit_.when is None or id(exit_) in told:
                continue
            if exit_.target in context.outcomes:
                told.add(id(exit_))
                yield _of(course, "discharge", exit_.when, exit_)
            elif exit_.target in context.phases and not goes_on(course, phase, exit_):
                told.add(id(exit_))
                yield _of(course, "end", exit_.when, exit_)


def at_discharge(found: Withheld) -> str | None:
    """What the course says of this discharge: "stop", "hand over", or None where it says nothing."""
    target = found.exit.target if found.exit is not None else None
    return next((d.action for d in found.course.discharges if d.outcome == target), None)
