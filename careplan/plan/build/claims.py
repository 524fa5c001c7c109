"""Claims: what must hold on every path."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.conditions import condition
from careplan.plan.build.context import SERVICES, Context
from careplan.plan.build.lines import header_fields
from careplan.plan.build.phases import exit_of
from careplan.plan.build.units import days, minutes
from careplan.plan.model import Claim, Exit, Promise

Called = dict[str, Exit | None]
"""Every exit of the plan that is called something, by that name; None where its line has a fault."""
_FULL_WEEK = 7 * 24 * 60
_ANY_SERVICE = "session"  # `first session within …`


def claim(context: Context, node: syntax.ClaimHeader, lines: list[Node], called: Called) -> Claim:
    """The claim that a block makes."""
    found = [_promise(context, line, called) for line in lines if type(line) in _PROMISES]
    if not found and not context.partial:
        context.fault(
            "claim-without-promise",
            f"the claim `{node.name.text}` does not say what must hold",
            node.name,
            help="add a line such as `every path ends within 104 weeks` or `never cows >= 20 during iop`",
        )
    promises = tuple(p for p in found if p is not None)
    return context.make(Claim, node, claims=promises, **header_fields(context, lines, node.name, node.title))


def _promise(context: Context, node: Any, called: Called) -> Promise | None:
    kind, fields = _PROMISES[type(node)](context, node, called)
    if node.people is not None:
        fields["if_facts"] = condition(context, node.people.condition)
        fields["readable"] = fields.get("readable", True) and fields["if_facts"] is not None
    if not fields.pop("readable", True):
        return None
    return context.make(Promise, node, kind=kind, **fields)


Said = tuple[str, dict[str, Any]]
"""A promise's kind, and its fields; "readable" is False where a part of it was reported."""


def _always(context: Context, node: syntax.Always | syntax.Never, called: Called) -> Said:
    exit_ = _called_exit(context, node.condition, called) if isinstance(node, syntax.Never) else ""
    phases, known = _phases(context, node.during)
    if exit_ != "":
        fine = exit_ is not None and node.during is None
        if exit_ is not None and node.during is not None:
            context.fault("unneeded-part", "an exit belongs to its phase already", node.during,
                          help="take `during …` out")  # fmt: skip
        return "never exit", {"exit": exit_, "readable": fine}
    what = condition(context, node.condition)
    kind = "always" if isinstance(node, syntax.Always) else "never"
    return kind, {"condition": what, "phases": phases, "readable": known and what is not None}


def _called_exit(context: Context, node: syntax.Expression, called: Called) -> Exit | str | None:
    """The exit that `never NAME` means; "" if it is a condition, None if the exit's line has a fault."""
    if not isinstance(node, syntax.NamedTest) or node.tails.items:
        return ""
    name = node.name.text
    return called[name] if name in called and name not in context.names.declared else ""


def _phases(context: Context, node: syntax.During | syntax.Entering | None) -> tuple[tuple[str, ...], bool]:
    """The phases, each once, and whether all of them are known."""
    tokens = () if node is None else node.names.items
    found = names_once(context, tokens, "phase")
    return found, len(found) == len({t.text for t in tokens})


def names_once(context: Context, tokens: Collection[Token], *kinds: str) -> tuple[str, ...]:
    """The names of a list; reports one that is unknown, or listed twice."""
    found: list[str] = []
    for token in tokens:
        name = context.refer(token, *kinds)
        if name in found:
            context.fault("repeated-part", f"`{token.text}` is listed twice", token)
        elif name is not None:
            found.append(name)
    return tuple(found)


def _never_exit(context: Context, node: syntax.NeverExit, _called: Called) -> Said:
    exit_ = exit_of(context, node.exit)
    measure = None if node.measure is None else context.refer(node.measure, "measure")
    fine = exit_ is not None and (node.measure is None or measure is not None)
    if exit_ is not None and exit_.otherwise:
        context.fault("unneeded-part", "`otherwise` says nothing in a claim", node.exit, help="take it out")
        fine = False
    if exit_ is None or not fine:
        return "never exit", {"readable": False}
    # `when` says on which days the exit must not be taken; the exit itself is known by its target.
    return "never exit", {
        "exit": exit_.model_copy(update={"when": None}),
        "condition": exit_.when,
        "measure": measure,
    }


def _within(context: Context, node: syntax.Within | None) -> tuple[int | None, bool]:
    if node is None:
        return None, True
    found = days(context, node.duration, "the time allowed")
    return found, found is not None


def _can_reach(context: Context, node: syntax.CanReach, _called: Called) -> Said:
    source = context.refer(node.source, "phase")
    target = context.refer(node.target, "phase", "outcome")
    within, fine = _within(context, node.within)
    fine = fine and source is not None and target is not None
    return "can reach", {"source": source, "target": target, "within_days": within, "readable": fine}


def _path_ends(context: Context, node: syntax.PathEnds, _called: Called) -> Said:
    within, fine = _within(context, node.within)
    fields: dict[str, Any] = {"within_days": within, "readable": fine}
    if node.returns is not None:
        fields["returns"] = context.whole(node.returns.number, "the number of returns", 0)
    return "ends", fields


def _without_gap(context: Context, node: syntax.WithoutGap, _called: Called) -> Said:
    name = context.refer(node.name, "medication")
    source = context.refer(node.source, "phase")
    target = context.refer(node.target, "phase")
    fine = None not in (name, source, target)
    return "continuous", {"name": name, "source": source, "target": target, "readable": fine}


def _sessions(context: Context, node: syntax.SessionsFloor, _called: Called) -> Said:
    name = None if node.service is None else context.refer(node.service, *SERVICES)
    count = context.whole(node.number, "the number of sessions")
    return "sessions", {"name": name, "count": count, "readable": node.service is None or name is not None}


def _hours(context: Context, node: syntax.HoursFloor, _called: Called) -> Said:
    length = minutes(context, node.duration, "the time in a week", _FULL_WEEK)
    phases, fine = _phases(context, node.during)
    return "hours", {"minutes": length, "phases": phases, "readable": fine and length is not None}


def _first(context: Context, node: syntax.FirstService, _called: Called) -> Said:
    any_service = node.name.text == _ANY_SERVICE and _ANY_SERVICE not in context.names.declared
    name = None if any_service else context.refer(node.name, *SERVICES)
    within, fine = _within(context, node.within)
    phases: tuple[str, ...] = ()
    if isinstance(node.entered, syntax.Entering):
        phases, known = _phases(context, node.entered)
        fine = fine and known
    fine = fine and (any_service or name is not None)
    return "first service", {"name": name, "within_days": within, "phases": phases, "readable": fine}


_PROMISES: dict[type[Node], Any] = {
    syntax.Always: _always,
    syntax.Never: _always,
    syntax.NeverExit: _never_exit,
    syntax.CanReach: _can_reach,
    syntax.PathEnds: _path_ends,
    syntax.WithoutGap: _without_gap,
    syntax.SessionsFloor: _sessions,
    syntax.HoursFloor: _hours,
    syntax.FirstService: _first,
}
