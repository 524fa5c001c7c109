"""What happens in a scenario: results, attendance, missed and cancelled sessions, events."""

from __future__ import annotations

from typing import Any

from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.claims import names_once
from careplan.plan.build.conditions import observed, value_of
from careplan.plan.build.context import SERVICES, Context
from careplan.plan.build.domains import bands
from careplan.plan.build.stages import stages
from careplan.plan.model import Domain, Said, Stage

_OFFERED = (*SERVICES, "medication")


def told(context: Context, line: Any) -> list[Said]:
    """What a line tells, once for each of its stages; nothing if a part of it was reported."""
    when = stages(context, line)
    what: Node = line.happening
    fields = _HAPPENINGS[type(what)](context, what, when)
    if fields is None:
        return []
    return [context.make(Said, line, stage=stage, **fields) for stage in when]


# ---- results and events


def _result(context: Context, node: syntax.ResultNode, when: tuple[Stage, ...]) -> dict[str, Any] | None:
    found = observed(context, node.name, "measure")
    if found is None:
        return None
    values = [_answer(context, node.name, found[1], value) for value in node.answers.values]
    if None in values:
        return None
    fields: dict[str, Any] = {"kind": "result", "names": (node.name.text,), "values": tuple(values)}
    if node.times is not None:
        fields["times"] = context.whole(node.times.number, "how many times")
        if len(values) > 1:
            context.fault(
                "repeated-part",
                f"this says both the results one by one and how many there are: {node.times.number.text}",
                node.times,
                help="leave one of the two out",
            )
            return None
    return fields if _fits(context, node, when, fields) else None


def _fits(context: Context, node: syntax.ResultNode, when: tuple[Stage, ...], fields: dict[str, Any]) -> bool:
    """Whether there is a day for each result; how many tests are due, only the stay can tell."""
    wanted = fields.get("times") or len(fields["values"])
    short = min((s.last - s.first + 1 for s in when if s.last is not None), default=wanted)
    if wanted <= short:
        return True
    context.fault(
        "more-results-than-days",
        f"{wanted} results cannot fall on {short} day{'s' if short > 1 else ''}: there is one a day",
        node,
        help="name more days, or write fewer results",
    )
    return False


def _answer(
    context: Context, name: Token, domain: Domain | None, value: syntax.Word | syntax.Number
) -> str | float | None:
    """One result; None if it was reported."""
    if isinstance(value, syntax.Word) and (band := bands(context, name.text).get(value.token.text)):
        low, high = band
        context.fault(
            "wrong-kind",
            f"`{value.token.text}` is a band of `{name.text}`, and a result is one number",
            value,
            help=f"write one from {low} to {high}, such as `{name.text} is {low}`",
        )
        return None
    fields = value_of(context, name, domain, value, "measure")
    if fields is None:
        return None
    if fields.get("high") is not None:
        context.fault(
            "told-by-choice",
            "a result is one number, not a range",
            value,
            help=f"write one number, such as `{name.text} is {fields['value']:g}`",
        )
        return None
    found: str | float = fields["value"]
    return found


def _happened(context: Context, node: syntax.Happened, when: tuple[Stage, ...]) -> dict[str, Any] | None:
    found = observed(context, node.name, "event", "measure")
    if found is None:
        return None
    name = node.name.text
    if found[0] == "event":
        if all(stage.exact for stage in when):
            return {"kind": "event", "names": (name,)}
        context.fault(
            "event-without-day",
            f"`{name}` happens on a day, and this line names none",
            node,
            help=f"write, for example, `on day 30 {name}` or `on iop day 9 {name}`",
        )
        return None
    if found[1] is None or found[1].kind == "yes-no":
        return {"kind": "result", "names": (name,), "values": ("yes",)}
    context.fault("wrong-kind", f"`{name}` needs a result", node, help=f"write `{name} is …`")
    return None


# ---- attendance


def _those(context: Context, node: syntax.Everything | syntax.Names, *kinds: str) -> tuple[str, ...] | None:
    """The names (none for all); None if one of them was reported."""
    if isinstance(node, syntax.Everything):
        return ()
    measures = context.names.declared
    test = next((t for t in node.items if t.text in measures and measures[t.text].kind == "measure"), None)
    if test is not None:
        context.fault(
            "wrong-kind-of-name",
            f"`{test.text}` is a measure, and a missed test is a result that is missing",
            test,
            help=f"write `{test.text} is missing`",
        )
        return None
    found = names_once(context, node.items, *kinds)
    return found or None


def _attend(context: Context, node: syntax.Attend, _when: tuple[Stage, ...]) -> dict[str, Any] | None:
    names = _those(context, node.those, *SERVICES)
    return None if names is None else {"kind": "attend", "names": names}


def _share(context: Context, node: syntax.AttendShare, _when: tuple[Stage, ...]) -> dict[str, Any] | None:
    percent = float(node.number.text)
    names: tuple[str, ...] | None = () if node.names is None else _those(context, node.names, *SERVICES)
    if percent > 100:
        context.fault("out-of-range", "attendance is never more than 100%", node.number)
        return None
    return None if names is None else {"kind": "attend", "names": names, "percent": percent}


def _miss(context: Context, node: syntax.Miss, _when: tuple[Stage, ...]) -> dict[str, Any] | None:
    names = _those(context, node.those, *_OFFERED)
    return None if names is None else {"kind": "miss", "names": names}


def _cancel(context: Context, node: syntax.Cancel, _when: tuple[Stage, ...]) -> dict[str, Any] | None:
    names = _those(context, node.those, *SERVICES)
    return None if names is None else {"kind": "cancel", "names": names}


_HAPPENINGS: dict[type[Node], Any] = {
    syntax.ResultNode: _result,
    syntax.Happened: _happened,
    syntax.Attend: _attend,
    syntax.AttendShare: _share,
    syntax.Miss: _miss,
    syntax.Cancel: _cancel,
}
