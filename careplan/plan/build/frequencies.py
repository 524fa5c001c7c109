"""How often something comes, and where it is placed."""

from __future__ import annotations

from typing import Any, cast

from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.conditions import condition
from careplan.plan.build.context import SERVICES, Context
from careplan.plan.build.units import days, minutes, unit_days
from careplan.plan.model import AfterSessions, Frequency, Stretch

WEEKDAYS = {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SIMPLE = {
    syntax.Once: "once",
    syntax.Throughout: "throughout",
    syntax.AsNeeded: "as-needed",
    syntax.AtStart: "at-start",
    syntax.Finally: "at-end",
}


def amount(context: Context, node: syntax.Amount, what: str) -> tuple[int, int]:
    """A count, or a range of counts."""
    low = context.whole(node.low, what)
    high = low if node.high is None else context.whole(node.high, what)
    return (low, high) if context.ordered(low, high, node, what) else (high, low)


def frequency(context: Context, node: Node) -> Frequency | None:
    """How often; None if it was reported."""
    if isinstance(node, syntax.Daily):
        return context.make(Frequency, node, kind="per", period_days=1)
    if isinstance(node, syntax.Weekly):
        return context.make(Frequency, node, kind="per", period_days=7)
    if isinstance(node, syntax.Every):
        return _every(context, node)
    if isinstance(node, syntax.Per):
        return _per(context, node)
    if isinstance(node, syntax.Total):
        low, high = amount(context, node.amount, "the number of sessions")
        return context.make(Frequency, node, kind="total", low=low, high=high)
    return context.make(Frequency, node, kind=_SIMPLE[type(node)])


def every_days(context: Context, node: syntax.Every) -> int | None:
    """The days of `every 2 weeks`."""
    if node.unit.text in ("hour", "hours") and node.number is not None:
        hours = float(node.number.text)
        rate = f"write `{24 / hours:g} per day`" if hours and 24 % hours == 0 else "say how many per day"
        context.fault("wrong-unit", "how often it comes is given in hours", node,
                      help=f"a plan counts days and weeks: {rate}")  # fmt: skip
        return None
    unit = unit_days(context, node.unit, "how often it comes")
    count = 1 if node.number is None else context.whole(node.number, "the interval")
    return None if unit is None else unit * count


def _every(context: Context, node: syntax.Every) -> Frequency | None:
    period = every_days(context, node)
    if period is None:
        return None
    kind = "per" if period in (1, 7) else "every"
    return context.make(Frequency, node, kind=kind, period_days=period)


def _per(context: Context, node: syntax.Per) -> Frequency | None:
    unit = unit_days(context, node.period.unit, "how often it comes")
    if unit is None:
        return None
    count = 1 if node.period.number is None else context.whole(node.period.number, "the period")
    low, high = amount(context, node.amount, "how many times")
    return context.make(
        Frequency,
        node,
        kind="per",
        low=low,
        high=high,
        period_days=unit * count,
        extra=node.extra is not None,
    )


def weekdays(context: Context, node: syntax.OnDays) -> tuple[int, ...]:
    """The days of the week, from 0 for Monday, each once and in order."""
    found: list[int] = []
    for item in node.ranges:
        first = WEEKDAYS[item.first.text[:3]]
        last = first if item.last is None else WEEKDAYS[item.last.text[:3]]
        run = range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1))
        for day in run:
            if day in found:
                context.fault("repeated-part", "a weekday is named twice", item, help="name it once")
            else:
                found.append(day)
    return tuple(sorted(found))


def stretches(context: Context, node: syntax.Spans, what: str) -> tuple[Stretch, ...]:
    """The listed weeks or days."""
    found: list[Stretch] = []
    for item in node.items:
        first = context.whole(item.first, f"a {what}")
        last = first if item.last is None else context.whole(item.last, f"a {what}")
        if not context.ordered(first, last, item, f"the {what}s"):
            continue
        if any(first <= other.last and other.first <= last for other in found):
            context.fault("repeated-part", f"a {what} is listed twice", item)
            continue
        either = isinstance(item, syntax.Either)
        if either and last != first + 1:
            context.fault(
                "impossible-range",
                f"`{first} or {last}` is a choice of two {what}s that do not follow one another",
                item,
                help=f"a choice is between neighbours, such as `{first} or {first + 1}`",
            )
        found.append(context.make(Stretch, item, first=first, last=last, either=either))
    return tuple(found)


def _clock_time(context: Context, token: Token) -> str:
    hour, minute = token.text.split(":")
    if int(hour) > 23 or int(minute) > 59:
        context.fault(
            "time-of-day", f"`{token.text}` is no time of day", token, help="a day runs from 00:00 to 23:59"
        )
    return f"{int(hour):02d}:{minute}"


def placement(context: Context, node: syntax.Modifiers) -> dict[str, Any] | None:
    """The fields of a placement (`minutes` too where `for 60 min` is said); None if a part was reported."""
    fields: dict[str, Any] = {}
    conditional_run = any(isinstance(item, syntax.AfterClause) for item in node.items)
    for item in node.items:
        entry = (
            _for(context, item, conditional_run) if isinstance(item, syntax.ForTime) else _part(context, item)
        )
        if entry[0] in fields:
            context.fault("repeated-part", "this is said twice in one line", item)
        fields[entry[0]] = entry[1]
    return None if None in fields.values() else fields


def _for(context: Context, item: syntax.ForTime, conditional_run: bool) -> tuple[str, Any]:
    """`for 60 min` is a length; `for 2 weeks after …` is how long the line goes on."""
    if conditional_run:
        return "for_days", days(context, item.duration, "how long the line goes on")
    unit = item.duration.unit.text
    if unit in ("day", "days", "week", "weeks"):
        number = item.duration.number.text
        context.fault(
            "wrong-unit",
            f"`for {number} {unit}` does not say when",
            item,
            help=f"name the weeks: `in weeks 1 to {number}`; a length is in minutes: `for 60 min`",
        )
        return "minutes", None
    return "minutes", minutes(context, item.duration, "the length")


def _part(context: Context, item: Node) -> tuple[str, Any]:
    match item:
        case syntax.OnDays():
            return "weekdays", weekdays(context, item)
        case syntax.AtTimes():
            return "times", tuple(sorted({_clock_time(context, t) for t in item.times}))
        case syntax.InWeeks():
            return "weeks", stretches(context, item.spans, "week")
        case syntax.InDays():
            return "days", stretches(context, item.spans, "day")
        case syntax.InPlanWeeks():
            return "plan_weeks", stretches(context, item.spans, "week")
        case syntax.Within():
            return "within_days", days(context, item.duration, "the time allowed")
        case syntax.AfterSessionsNode():
            service = context.refer(item.service, *SERVICES)
            count = context.whole(item.number, "the number of sessions")
            after = (
                None if service is None else context.make(AfterSessions, item, count=count, service=service)
            )
            return "after_sessions", after
        case syntax.AtRandom():
            return "at_random", True
        case syntax.Encouraged():
            return "encouraged", True
    clause = cast("syntax.IfClause", item)
    return _CLAUSES[type(item)], condition(context, clause.condition)


_CLAUSES: dict[type[Node], str] = {
    syntax.IfClause: "if_facts",
    syntax.WhileClause: "while_",
    syntax.WhenClause: "when",
    syntax.AfterClause: "after",
}
