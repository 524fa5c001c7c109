"""The plan's own block, and the small ones: sources, facts, measures, events, outcomes and goals."""

from __future__ import annotations

from datetime import date
from typing import Any

from careplan.language import nodes as syntax
from careplan.language.likeness import near
from careplan.language.nodes import Node, Token
from careplan.plan.build.conditions import condition
from careplan.plan.build.context import Context
from careplan.plan.build.domains import domain
from careplan.plan.build.lines import all_words, by_class, header_fields, only
from careplan.plan.build.units import days
from careplan.plan.model import (
    Approval,
    Band,
    Domain,
    Event,
    Fact,
    FrontDoor,
    Goal,
    MayReturn,
    Measure,
    Outcome,
    SourceEntry,
)

LANGUAGE = 1
"""The number of the language that this version reads."""


def plan_fields(context: Context, node: syntax.PlanHeader, lines: list[Node]) -> dict[str, Any]:
    """The fields of the plan that its own block says."""
    found = by_class(lines)
    fields = header_fields(context, lines, node.name, node.title)
    _language(context, only(context, found, syntax.Language))
    version = only(context, found, syntax.Version)
    if version is not None:
        fields["version"] = version.value.text
    status = only(context, found, syntax.Status)
    if status is not None:
        fields["status"] = context.word(status.word, ("draft", "active", "retired"), "status of a plan")
    effective = only(context, found, syntax.Effective)
    if effective is not None:
        fields["effective_from"] = _date(context, effective.start_date)
        fields["effective_to"] = _date(context, effective.end_date)
        if (
            fields["effective_from"]
            and fields["effective_to"]
            and fields["effective_to"] < fields["effective_from"]
        ):
            context.fault("impossible-range", "the plan ends before it takes effect", effective)
    for field, cls in _WORD_LINES.items():
        fields[field] = all_words(context, found, cls)
    for token in (t for n in found.get(syntax.Population, ()) for t in n.words.items):
        better = near(token.text, ("adults", "adolescents"))
        if better and token.text != better:
            context.word(token, ("adults", "adolescents"), "population that the rules know")
    follows = found.get(syntax.Follows, ())
    fields["follows"] = tuple(t.text for n in follows for t in n.names.items)
    fields["approvals"] = tuple(
        context.make(Approval, n, by=context.words(n.by.items), on=_date(context, n.on) or n.on.text)
        for n in found.get(syntax.Approved, ())
    )
    doors = [_front_door(context, n) for n in found.get(syntax.PlanStart, ())]
    fields["starts"] = tuple(d for d in doors if d)
    admit = only(context, found, syntax.Admit)
    fields["admit"] = None if admit is None else condition(context, admit.condition)
    return fields


_WORD_LINES: dict[str, type[Node]] = {
    "population": syntax.Population,
    "substances": syntax.Substance,
    "approaches": syntax.Approach,
    "settings": syntax.Setting,
    "authors": syntax.Author,
}


def _language(context: Context, node: syntax.Language | None) -> None:
    if node is not None and node.number.text != str(LANGUAGE):
        context.fault(
            "unknown-language",
            f"this file is in language {node.number.text}, and this version reads language {LANGUAGE}",
            node,
            help="use a newer careplan, or write `language 1`",
        )


def _date(context: Context, token: Token | None) -> str | None:
    if token is None:
        return None
    try:
        return date.fromisoformat(token.text).isoformat()
    except ValueError:
        context.fault("unknown-date", f"there is no day {token.text}", token, help="a date is year-month-day")
        return None


def _front_door(context: Context, node: syntax.PlanStart) -> FrontDoor | None:
    name = context.refer(node.phase, "phase")
    when = None if node.condition is None else condition(context, node.condition)
    if name is None or (node.condition is not None and when is None):
        return None
    return context.make(FrontDoor, node, phase=name, condition=when)


def source(context: Context, node: syntax.SourceHeader, lines: list[Node]) -> SourceEntry:
    """A reference."""
    found = by_class(lines)
    url = only(context, found, syntax.Url)
    fields = header_fields(context, lines, node.name, node.title)
    return context.make(
        SourceEntry, node, url=None if url is None else context.text(url.text),
        strength=all_words(context, found, syntax.Strength), **fields,
    )  # fmt: skip


def fact(context: Context, node: syntax.FactHeader, lines: list[Node]) -> Fact:
    """Something known at admission."""
    values = domain(context, node.kind)
    if isinstance(node.kind, syntax.Scale) and node.kind.direction is not None:
        context.fault("unneeded-part", "a fact has no better or worse", node.kind.direction)
    return context.make(Fact, node, domain=values, **header_fields(context, lines, node.name, node.title))


def measure(context: Context, node: syntax.MeasureHeader, lines: list[Node]) -> Measure:
    """Something observed again and again."""
    found = by_class(lines)
    values = domain(context, node.kind)
    fields = header_fields(context, lines, node.name, node.title)
    if isinstance(node.kind, syntax.Scale) and node.kind.direction is not None:
        fields["better"] = context.word(node.kind.direction.word, ("lower", "higher"), "direction of a scale")
    bands = [_band(context, n, values, node.name.text) for n in found.get(syntax.Band, ())]
    fields["bands"] = tuple(b for b in bands if b)
    missing = only(context, found, syntax.MissingCounts)
    if missing is not None:
        fields["missing_as"] = _missing(context, missing.value, values, node.name.text)
    return context.make(Measure, node, domain=values, **fields)


def _band(context: Context, node: syntax.Band, values: Domain, measure_name: str) -> Band | None:
    if values.kind != "number":
        context.fault("wrong-kind", f"`{measure_name}` is not a number, and has no bands", node)
        return None
    low = float(node.low.text)
    high = low if node.high is None else float(node.high.text)
    if not context.ordered(low, high, node, f"the band `{node.name.text}`"):
        return None
    return context.make(Band, node, name=node.name.text, title=context.text(node.title), low=low, high=high)


def _missing(context: Context, token: Token, values: Domain, measure_name: str) -> str | float | None:
    if values.kind == "number":
        if token.kind == "NUMBER" and (values.low or 0) <= float(token.text) <= (values.high or 0):
            return float(token.text)
    elif token.text in values.values:
        return token.text
    known = f"{values.low:g} to {values.high:g}" if values.kind == "number" else ", ".join(values.values)
    context.fault(
        "unknown-value", f"`{measure_name}` is never `{token.text}`", token, help=f"its values are {known}"
    )
    return None


def event(context: Context, node: syntax.EventHeader, lines: list[Node]) -> Event:
    """Something that may happen."""
    return context.make(Event, node, **header_fields(context, lines, node.name, node.title))


def outcome(context: Context, node: syntax.OutcomeHeader, lines: list[Node]) -> Outcome:
    """A way the plan ends."""
    found = by_class(lines)
    planned = only(context, found, syntax.Planned, syntax.Unplanned)
    fields = header_fields(context, lines, node.name, node.title)
    if planned is not None:
        fields["planned"] = isinstance(planned, syntax.Planned)
    ways = []
    for line in found.get(syntax.MayReturn, ()):
        name = context.refer(line.phase, "phase")
        after = 0 if line.after is None else days(context, line.after, "the time until a return")
        if name is not None and after is not None:
            ways.append(context.make(MayReturn, line, phase=name, after_days=after))
    return context.make(Outcome, node, returns=tuple(ways), **fields)


def goal(context: Context, node: syntax.GoalHeader, lines: list[Node]) -> Goal:
    """What a stay should reach."""
    found = by_class(lines)
    fields = header_fields(context, lines, node.name, node.title)
    reach = only(context, found, syntax.Reach)
    if reach is None and not context.partial:
        context.fault(
            "goal-without-reach",
            f"the goal `{node.name.text}` does not say what is to be reached",
            node.name,
            help="add a line such as `reach uds is negative for 12 weeks`",
        )
    elif reach is not None:
        fields["reach"] = condition(context, reach.condition)
    by = only(context, found, syntax.ByEnd, syntax.ByWeek)
    if isinstance(by, syntax.ByEnd):
        fields["by_end_of"] = context.refer(by.phase, "phase")
    elif by is not None:
        fields["by_week"] = context.whole(by.week, "the week")
    return context.make(Goal, node, **fields)
