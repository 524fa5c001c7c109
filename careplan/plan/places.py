"""Every condition of a plan, and what it decides where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import Claim, Condition, Element, Medication, Phase, Placement, Plan, Test, tests_of


class Place(NamedTuple):
    """A condition of the plan: what it decides (`role`), where it is judged, and the line that holds it.

    `role` is one of: exit, at end, anytime, if, while, when, after, until, door, admit, start, stop, hold,
    reach, claim, claim if (the facts of the people that a claim is about). `phases` is empty where the
    condition may be judged in any phase.
    """

    condition: Condition
    role: str
    phases: tuple[str, ...]
    line: Element
    tests: tuple[Test, ...]


def _place(condition: Condition, role: str, phases: tuple[str, ...], line: Element) -> Place:
    tests = (condition,) if isinstance(condition, Test) else tuple(tests_of(condition))
    return Place(condition, role, phases, line, tests)


def places_of(plan: Plan) -> Iterator[Place]:
    """Every condition of the plan, with its place."""
    if plan.admit is not None:
        yield _place(plan.admit, "admit", (), plan)
    for door in plan.starts:
        if door.condition is not None:
            yield _place(door.condition, "door", (), door)
    for phase in plan.phases:
        yield from _phase_places(phase)
    for block in plan.anytime:
        there = tuple(p.name for p in plan.phases if p.name not in block.excepted)
        for exit_ in block.exits:
            if exit_.when is not None:
                yield _place(exit_.when, "anytime", there, exit_)
    for course in plan.medications:
        yield from _course_places(course)
    for goal in plan.goals:
        if goal.reach is not None:
            yield _place(goal.reach, "reach", (), goal)
    for claim in plan.claims:
        yield from _claim_places(claim)


def _phase_places(phase: Phase) -> Iterator[Place]:
    here = (phase.name,)
    if phase.lasts is not None and phase.lasts.until is not None:
        yield _place(phase.lasts.until, "until", here, phase.lasts)
    for exits, role in ((phase.exits, "exit"), (phase.at_end, "at end")):
        for exit_ in exits:
            if exit_.when is not None:
                yield _place(exit_.when, role, here, exit_)
    lines: tuple[Placement, ...] = (*phase.services, *phase.assessments)
    for line in lines:
        for condition, role in _clauses(line):
            yield _place(condition, role, here, line)


def _course_places(course: Medication) -> Iterator[Place]:
    if course.start is not None and course.start.when is not None:
        yield _place(course.start.when, "start", course.start.phases, course)
    if course.stop_when is not None:
        yield _place(course.stop_when, "stop", (), course)
    for hold in course.holds:
        yield _place(hold, "hold", (), course)


def _clauses(line: Placement) -> Iterator[tuple[Condition, str]]:
    if line.if_facts is not None:
        yield line.if_facts, "if"
    if line.while_ is not None:
        yield line.while_, "while"
    if line.when is not None:
        yield line.when, "when"
    if line.after is not None:
        yield line.after, "after"


def _claim_places(claim: Claim) -> Iterator[Place]:
    for promise in claim.claims:
        if promise.condition is not None:
            yield _place(promise.condition, "claim", promise.phases, promise)
        if promise.if_facts is not None:
            yield _place(promise.if_facts, "claim if", (), promise)
