"""What a scenario expects of the plan."""

from __future__ import annotations

from typing import Any

from careplan.language import nodes as syntax
from careplan.language.likeness import join, near
from careplan.plan.build.claims import Called, names_once
from careplan.plan.build.context import SERVICES, Context
from careplan.plan.build.phases import exit_of
from careplan.plan.build.stages import point
from careplan.plan.model import Expectation

EXPECTED = (
    syntax.ExpectPhase,
    syntax.ExpectOutcome,
    syntax.ExpectTaking,
    syntax.ExpectNotTaking,
    syntax.ExpectSessions,
    syntax.ExpectExit,
    syntax.ExpectCalled,
)


def expectation(context: Context, node: Any, called: Called) -> Expectation | None:
    """The expectation of a line; None if a part of it was reported."""
    match node:
        case syntax.ExpectExit():
            return _because(context, node)
        case syntax.ExpectCalled():
            return _because_called(context, node, called)
        case syntax.ExpectSessions():
            return _sessions(context, node)
        case syntax.ExpectPhase():
            name = context.refer(node.phase, "phase")
            fields: dict[str, Any] = {"kind": "phase", "again": node.again is not None}
        case syntax.ExpectOutcome():
            name, fields = context.refer(node.outcome, "outcome"), {"kind": "outcome"}
        case syntax.ExpectTaking():
            name, fields = context.refer(node.medication, "medication"), {"kind": "taking"}
        case _:
            name, fields = context.refer(node.medication, "medication"), {"kind": "not taking"}
    if node.deadline is not None:
        place = point(context, node.deadline)
        if place is None:
            return None
        fields["on" if isinstance(node.deadline, syntax.OnPoint) else "by"] = place
    return None if name is None else context.make(Expectation, node, name=name, **fields)


def _sessions(context: Context, node: syntax.ExpectSessions) -> Expectation | None:
    count = context.whole(node.number, "the number of sessions", 0)
    name = context.refer(node.service, *SERVICES)
    tokens = () if node.phases is None else node.phases.items
    phases = names_once(context, tokens, "phase")
    if name is None or len(phases) < len({t.text for t in tokens}):
        return None
    return context.make(
        Expectation, node, kind="sessions", name=name, count=count, due=node.due is not None, phases=phases
    )


def _because(context: Context, node: syntax.ExpectExit) -> Expectation | None:
    at_end = isinstance(node.exit, syntax.AtEnd)
    exit_ = exit_of(context, node.exit.exit if isinstance(node.exit, syntax.AtEnd) else node.exit)
    return (
        None if exit_ is None else context.make(Expectation, node, kind="because", exit=exit_, at_end=at_end)
    )


def _because_called(context: Context, node: syntax.ExpectCalled, called: Called) -> Expectation | None:
    name = node.name.text
    if name not in called:
        if name not in context.names.blurred:
            better = near(name, called)
            known = f"; here may stand {join([f'`{c}`' for c in called])}" if called else ""
            context.fault(
                "unknown-exit",
                f"no exit is called `{name}`",
                node.name,
                here=f"did you mean `{better}`?" if better else "",
                help=f"quote the exit, such as `because step up to residential`, or add `called {name}` to "
                f"its line{known}",
            )
        return None
    exit_ = called[name]
    return None if exit_ is None else context.make(Expectation, node, kind="because", exit=exit_)
