"""Phases, their services and their exits; `anytime`."""

from __future__ import annotations

from typing import Any

from careplan.language import nodes as syntax
from careplan.language.likeness import near
from careplan.language.nodes import ExitNode, Node, Token
from careplan.language.parser import leads
from careplan.plan.build.conditions import condition
from careplan.plan.build.context import ENOUGH, SERVICES, Context
from careplan.plan.build.frequencies import every_days, frequency, placement
from careplan.plan.build.lines import all_words, by_class, common_fields, header_fields, only
from careplan.plan.build.units import day_range, days
from careplan.plan.model import Anytime, Assessment, Exit, Lasts, Level, OnReturn, Phase, ServiceLine

_EXITS = (syntax.StepDown, syntax.StepUp, syntax.Move, syntax.Discharge, syntax.Extend)
_DIRECTIONS = {
    syntax.StepDown: "step down",
    syntax.StepUp: "step up",
    syntax.Move: "move",
    syntax.Discharge: "discharge",
    syntax.Extend: "extend",
}


def phase(context: Context, node: syntax.PhaseHeader, lines: list[Node]) -> Phase:
    """The phase that a block declares."""
    found = by_class(lines)
    fields: dict[str, Any] = header_fields(context, lines, node.name, node.title)
    level = only(context, found, syntax.LevelNode)
    if level is not None:
        enhancements = () if level.enhancement is None else (level.enhancement.text,)
        code = level.code.text.upper()  # 3.7-wm is 3.7-WM
        fields["level"] = context.make(Level, level, code=code, enhancements=enhancements)
    fields["settings"] = all_words(context, found, syntax.Setting)
    fields["lasts"] = _lasts(context, only(context, found, syntax.LastsNode))
    fields["review_days"] = _review(context, only(context, found, syntax.Review))
    returns = [_on_return(context, n) for n in found.get(syntax.OnReturnNode, ())]
    fields["returns"] = tuple(r for r in returns if r)
    services = [_service_line(context, n) for n in found.get(syntax.ServiceNode, ())]
    fields["services"] = tuple(s for s in services if s)
    assessments = [_assessment(context, n) for n in found.get(syntax.Assess, ())]
    fields["assessments"] = tuple(a for a in assessments if a)
    fields["exits"] = _exits(context, [n for n in lines if isinstance(n, _EXITS)])
    fields["at_end"] = _exits(context, [n.exit for n in found.get(syntax.AtEnd, ())])
    return context.make(Phase, node, **fields)


def anytime(context: Context, node: syntax.AnytimeHeader, lines: list[Node]) -> Anytime:
    """The exits that hold in every phase."""
    names = [] if node.excepted is None else [context.refer(t, "phase") for t in node.excepted.items]
    for line in lines:
        if isinstance(line, syntax.AtEnd):
            context.fault(
                "at-end-in-anytime",
                "`at end` stands under `anytime`, which has no end of its own",
                line,
                help="write the line in the phase whose end it answers",
            )
    exits = _exits(context, [n for n in lines if isinstance(n, _EXITS)])
    fields = common_fields(context, lines)
    return context.make(Anytime, node, excepted=tuple(n for n in names if n), exits=exits, **fields)


def _lasts(context: Context, node: syntax.LastsNode | None) -> Lasts | None:
    if node is None:
        return None
    value = node.value
    what = "the length of the phase"
    match value:
        case syntax.Duration():
            exact = days(context, value, what)
            return None if exact is None else context.make(Lasts, node, low=exact, high=exact)
        case syntax.DurationRange():
            found = day_range(context, value, what)
            return None if found is None else context.make(Lasts, node, low=found[0], high=found[1])
        case syntax.AtLeast():
            low = days(context, value.duration, what)
            return None if low is None else context.make(Lasts, node, low=low)
        case syntax.UpTo():
            high = days(context, value.duration, what)
            return None if high is None else context.make(Lasts, node, low=0, high=high)
    until = condition(context, value.condition)
    high = days(context, value.limit, what)
    return None if high is None else context.make(Lasts, node, low=0, high=high, until=until)


def _review(context: Context, node: syntax.Review | None) -> int | None:
    if node is None:
        return None
    if isinstance(node.every, syntax.Every):
        return every_days(context, node.every)
    return 7 if isinstance(node.every, syntax.Weekly) else None


def _on_return(context: Context, node: syntax.OnReturnNode) -> OnReturn | None:
    way = return_way(context, node)
    names = [] if node.after is None else [context.refer(t, "phase") for t in node.after.items]
    return None if way is None else context.make(OnReturn, node, after=tuple(n for n in names if n), way=way)


def return_way(context: Context, node: syntax.OnReturnNode) -> str | None:
    """`restart` or `resume`; reports `continue`, which could mean either."""
    if node.way.text != "continue":
        return node.way.text
    context.fault(
        "unknown-word",
        "`continue` does not say whether the time away counts",
        node.way,
        help="write `restart` (day 1 again) or `resume` (the clock goes on; the time away does not count)",
    )
    return None


def _service_line(context: Context, node: syntax.ServiceNode) -> ServiceLine | None:
    name = _service_name(context, node.name)
    often = frequency(context, node.frequency)
    fields = placement(context, node.modifiers)
    if name is None or often is None or fields is None:
        return None
    return context.make(ServiceLine, node, service=name, frequency=often, **fields)


def _service_name(context: Context, token: Token) -> str | None:
    """The service that leads a line; a word of the language that is misspelt gives its own report."""
    known = context.names.declared
    few = len(context.names.undeclared) <= ENOUGH
    if few and token.text not in known and token.text not in context.names.blurred:
        services = [n for n, d in known.items() if d.kind in SERVICES]
        word = "" if near(token.text, services) else near(token.text, leads())
        if word:
            context.fault(
                "unknown-line",
                f"`{token.text}` is no service, and does not begin a line of a phase",
                token,
                here=f"did you mean `{word}`?",
                help=f"correct the word, or declare a service with `therapy {token.text}`",
            )
            return None
    return context.refer(token, *SERVICES)


def _assessment(context: Context, node: syntax.Assess) -> Assessment | None:
    names = [context.refer(t, "measure") for t in node.measures.items]
    moments = [frequency(context, m) for m in node.moments.items]
    fields = placement(context, node.modifiers)
    if fields is None:
        return None
    if fields.pop("minutes", None) is not None:
        context.fault("unneeded-part", "an assessment has no length", node.modifiers, help="take `for …` out")
    measures = tuple(n for n in names if n)
    if not measures or any(m is None for m in moments):
        return None
    return context.make(Assessment, node, measures=measures, moments=tuple(moments), **fields)


def _exits(context: Context, nodes: list[ExitNode]) -> tuple[Exit, ...]:
    found = [exit_of(context, node) for node in nodes]
    return tuple(e for e in found if e is not None)


def exit_of(context: Context, node: ExitNode) -> Exit | None:
    """The exit that a line says; None if a part of it was reported."""
    fields: dict[str, Any] = {"direction": _DIRECTIONS[type(node)]}
    if node.called is not None:
        fields["called"] = node.called.text
    readable = True
    if isinstance(node.condition, syntax.Otherwise):
        fields["otherwise"] = True
    elif node.condition is not None:
        fields["when"] = condition(context, node.condition)
        readable = fields["when"] is not None
    if isinstance(node, syntax.Extend):
        fields["extend_days"] = days(context, node.duration, "the extension")
        if node.times is not None:
            fields["extend_times"] = context.whole(node.times.number, "the number of extensions")
        readable = readable and fields["extend_days"] is not None
    else:
        fields["target"] = context.refer(
            node.target, "outcome" if isinstance(node, syntax.Discharge) else "phase"
        )
        readable = readable and fields["target"] is not None
    return context.make(Exit, node, **fields) if readable else None
