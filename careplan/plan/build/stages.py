"""When something happens in a scenario: days of the plan, or of a visit to a phase."""

from __future__ import annotations

from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.context import Context
from careplan.plan.build.frequencies import stretches
from careplan.plan.model import Point, Stage
from careplan.plan.model.scenarios import ORDINALS

Visit = tuple[str | None, int]
"""A phase and the number of the visit to it, from 1; (None, 1) is the plan."""
_WHOLE: Visit = (None, 1)


def stages(context: Context, node: Node) -> tuple[Stage, ...]:
    """The stages that a line speaks of, in order; none if they cannot be understood."""
    match node:
        case syntax.OnDay():
            visit = _WHOLE if node.visit is None else visit_of(context, node.visit)
            return _spans(context, visit, "day", node.spans, exact=True)
        case syntax.FromDay():
            return _from(context, node)
        case syntax.InPlan():
            return _spans(context, _WHOLE, _unit(node.unit), node.spans)
        case syntax.InVisit():
            visit = visit_of(context, node.visit)
            if visit is not None and node.span is None:
                return (context.make(Stage, node.visit, first=1, last=None, phase=visit[0], visit=visit[1]),)
            return () if node.span is None else _spans(context, visit, _unit(node.span.unit), node.span.spans)
    raise TypeError(type(node).__name__)


def visit_of(context: Context, node: syntax.Visit) -> Visit | None:
    """The phase and the number of the visit; None if it was reported."""
    phase = context.refer(node.phase, "phase")
    if node.ordinal is not None and node.number is not None:
        context.fault("repeated-part", "this says twice which visit is meant", node.number,
                      help=f"write `{node.ordinal.text} {node.phase.text}` alone")  # fmt: skip
        return None
    number = 1
    if node.ordinal is not None:
        number = ORDINALS.index(node.ordinal.text) + 1
    elif node.number is not None:
        number = context.whole(node.number, "the number of the visit")
    return None if phase is None else (phase, number)


def point(context: Context, node: syntax.OnPoint | syntax.ByPoint) -> Point | None:
    """The day of a point; a week's is its last. None if it was reported."""
    place = node.point
    visit = _WHOLE if isinstance(place, syntax.PlanPoint) else visit_of(context, place.visit)
    number = context.whole(place.number, f"the {_unit(place.unit)}")
    if isinstance(node, syntax.OnPoint) and _unit(place.unit) == "week":
        context.fault(
            "week-for-a-day",
            f"`on … week {number}` names seven days, and one is expected",
            place.unit,
            help=f"write `by … week {number}`, or name a day, such as `day {7 * number}`",
        )
        return None
    if visit is None:
        return None
    day = number * (7 if _unit(place.unit) == "week" else 1)
    return context.make(Point, place, day=day, phase=visit[0], visit=visit[1])


def _unit(token: Token) -> str:
    return token.text.rstrip("s")


def _spans(
    context: Context, visit: Visit | None, unit: str, spans: syntax.Spans, exact: bool = False
) -> tuple[Stage, ...]:
    length = 7 if unit == "week" else 1
    found = stretches(context, spans, unit)
    choice = next((s for s in found if s.either), None)
    if choice is not None:
        context.fault(
            "told-by-choice",
            f"`{choice.first} or {choice.last}` is a choice, and a scenario tells what happened",
            spans,
            help=f"choose one, or write `{choice.first} to {choice.last}`",
        )
        return ()
    if visit is None or len(found) < len(spans.items):
        return ()
    return tuple(
        context.make(
            Stage, item, first=length * (stretch.first - 1) + 1, last=length * stretch.last,
            phase=visit[0], visit=visit[1], exact=exact,
        )
        for item, stretch in zip(spans.items, found, strict=True)
    )  # fmt: skip


def _from(context: Context, node: syntax.FromDay) -> tuple[Stage, ...]:
    visit = _WHOLE if node.visit is None else visit_of(context, node.visit)
    unit = _unit(node.unit)
    number = context.whole(node.number, f"the {unit}")
    first = 7 * (number - 1) + 1 if unit == "week" else number
    last = None
    if node.until is not None:
        unit = unit if node.until.unit is None else _unit(node.until.unit)
        number = context.whole(node.until.number, f"the {unit}")
        last = 7 * number if unit == "week" else number
        if not context.ordered(first, last, node.until, "the days"):
            return ()
    if visit is None:
        return ()
    onward = last is None and visit[0] is not None
    return (context.make(Stage, node, first=first, last=last, phase=visit[0], visit=visit[1], onward=onward),)
