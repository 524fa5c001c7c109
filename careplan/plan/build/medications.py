"""Medications, and the drugs of the formulary."""

from __future__ import annotations

from typing import Any

from careplan.language import nodes as syntax
from careplan.language.likeness import join, near
from careplan.language.nodes import Node, Token
from careplan.plan.build.conditions import condition
from careplan.plan.build.context import Context
from careplan.plan.build.frequencies import every_days, frequency, weekdays
from careplan.plan.build.lines import all_words, by_class, header_fields, only
from careplan.plan.build.phases import return_way
from careplan.plan.build.units import days, dose, dose_range, interval
from careplan.plan.model import (
    DoseRate,
    DoseStep,
    Drug,
    Medication,
    Monitor,
    OnDischarge,
    Ramp,
    Start,
    TakeHome,
)

MONITORED = ("lft", "qtc", "ecg", "crcl", "pregnancy-test", "blood-pressure", "weight", "depression")
"""What `monitor` may name without a measure of that name: the field's usual laboratory words."""


def medication(context: Context, node: syntax.MedicationHeader, lines: list[Node]) -> Medication:
    """The course that a block declares."""
    found = by_class(lines)
    fields: dict[str, Any] = header_fields(context, lines, node.name, node.title)
    fields["drug"] = _drug(context, node, only(context, found, syntax.UsesDrug))
    fields["forms"] = all_words(context, found, syntax.Form)
    fields["staff"] = all_words(context, found, syntax.Staff)
    fields["start"] = _start(context, only(context, found, syntax.Starts))
    steps = [_step(context, n) for n in lines if isinstance(n, syntax.Dose | syntax.RampNode)]
    fields["steps"] = tuple(s for s in steps if s)
    keep = only(context, found, syntax.Keep, syntax.KeepAtLeast)
    if keep is not None:
        fields["spacing"] = interval(context, keep.days, keep, "the time between doses")
    fallback = only(context, found, syntax.Fallback)
    if fallback is not None:
        fields["fallback"] = context.refer(fallback.name, "medication")
    fields["continue_through"] = _phases(context, found.get(syntax.ContinueThrough, ()))
    fields["stop_at_end_of"] = _phases(context, found.get(syntax.StopAtEnd, ()))
    stop = only(context, found, syntax.StopWhen)
    fields["stop_when"] = None if stop is None else condition(context, stop.condition)
    holds = [condition(context, n.condition) for n in found.get(syntax.HoldWhen, ())]
    fields["holds"] = tuple(h for h in holds if h)
    discharges = [_on_discharge(context, n) for n in found.get(syntax.OnDischargeNode, ())]
    fields["discharges"] = tuple(d for d in discharges if d)
    returns = only(context, found, syntax.OnReturnNode)
    fields["on_return"] = None if returns is None else return_way(context, returns)
    fields["monitors"] = _monitors(context, found)
    bands = [_take_home(context, n) for n in found.get(syntax.TakeHomeNode, ())]
    fields["take_home"] = tuple(b for b in bands if b)
    return context.make(Medication, node, **fields)


def _drug(context: Context, node: syntax.MedicationHeader, line: syntax.UsesDrug | None) -> str:
    if line is None and context.partial:
        return ""
    if line is None:
        context.fault(
            "missing-drug",
            f"`{node.name.text}` does not say which drug it is",
            node.name,
            help="add a line such as `drug buprenorphine-naloxone`",
        )
        return ""
    return context.refer(line.name, "formulary") or ""


def _start(context: Context, node: syntax.Starts | None) -> Start | None:
    if node is None:
        return None
    phases = [] if node.phases is None else [context.refer(t, "phase") for t in node.phases.items]
    within = None if node.within is None else days(context, node.within, "the time for the start")
    when = None if node.condition is None else condition(context, node.condition)
    return context.make(Start, node, phases=tuple(p for p in phases if p), within_days=within, when=when)


def _phases(context: Context, nodes: Any) -> tuple[str, ...]:
    names = [context.refer(n.phase, "phase") for n in nodes]
    return tuple(n for n in names if n)


def _step(context: Context, node: syntax.Dose | syntax.RampNode) -> DoseStep | None:
    name = node.step.text.replace("stabilisation", "stabilization")
    if isinstance(node, syntax.RampNode):
        return _ramp(context, node, name)
    found = dose_range(context, node.amount)
    if found is None:
        return None
    fields: dict[str, Any] = {"step": name, "low": found[0], "high": found[1], "unit": found[2]}
    if isinstance(node.frequency, syntax.OnDays):
        fields["weekdays"] = weekdays(context, node.frequency)
    else:
        fields["frequency"] = frequency(context, node.frequency)
        if fields["frequency"] is None:
            return None
    if isinstance(node.run, syntax.ForTime):
        fields["run_days"] = days(context, node.run.duration, "how long the step goes on")
    elif isinstance(node.run, syntax.ForTimes):
        fields["run_times"] = context.whole(node.run.number, "the number of doses")
    return context.make(DoseStep, node, **fields)


def _ramp(context: Context, node: syntax.RampNode, name: str) -> DoseStep | None:
    unit = node.last.unit or node.first.unit or node.by.unit
    amounts = [
        dose(context, part.value, part.unit or unit, part) for part in (node.first, node.last, node.by)
    ]
    every = every_days(context, node.every)
    if every is None or any(a is None for a in amounts):
        return None
    first, last, by = (a for a in amounts if a is not None)
    if not first[1] == last[1] == by[1]:
        context.fault("wrong-unit", "this step mixes units that cannot be compared", node)
        return None
    if by[0] <= 0 or first[0] == last[0]:
        context.fault(
            "impossible-range",
            f"a step from {first[0]:g} to {last[0]:g} {first[1]} by {by[0]:g} {by[1]} goes nowhere",
            node,
        )
        return None
    ramp = context.make(Ramp, node, start=first[0], end=last[0], by=by[0], every_days=every)
    low, high = sorted((first[0], last[0]))
    return context.make(DoseStep, node, step=name, low=low, high=high, unit=first[1], ramp=ramp)


def _on_discharge(context: Context, node: syntax.OnDischargeNode) -> OnDischarge | None:
    outcome = context.refer(node.outcome, "outcome")
    action = "stop" if isinstance(node.action, syntax.Stop) else "hand over"
    return None if outcome is None else context.make(OnDischarge, node, outcome=outcome, action=action)


def _monitors(context: Context, found: dict[type[Node], list[Any]]) -> tuple[Monitor, ...]:
    monitors: list[Monitor] = []
    for node in found.get(syntax.MonitorNode, ()):
        names = [_monitored(context, token) for token in node.what.items]
        moments = [frequency(context, m) for m in node.moments.items]
        if all(moments):
            what = tuple(n for n in names if n)
            monitors.append(context.make(Monitor, node, what=what, moments=tuple(moments)))
    return tuple(monitors)


def _monitored(context: Context, token: Token) -> str | None:
    if token.kind == "STRING":
        return context.text(token)
    if token.text in MONITORED and token.text not in context.names.declared:
        return token.text
    if token.text not in context.names.declared and (word := near(token.text, MONITORED)):
        context.fault(
            "unknown-name",
            f"`{token.text}` is no measure, and no laboratory word that `monitor` knows",
            token,
            here=f"did you mean `{word}`?",
            help=f"it knows {join([f'`{known}`' for known in MONITORED])}, every measure and quoted texts",
        )
        return None
    return context.refer(token, "measure")


def _take_home(context: Context, node: syntax.TakeHomeNode) -> TakeHome | None:
    supply = days(context, node.supply, "the supply")
    first = context.whole(node.first, "the first day")
    last = None if node.last is None else context.whole(node.last, "the last day")
    if supply is None or (last is not None and not context.ordered(first, last, node, "the days")):
        return None
    return context.make(TakeHome, node, supply_days=supply, first=first, last=last)


def drug(context: Context, node: syntax.FormularyHeader, lines: list[Node]) -> Drug:
    """The formulary entry that a block declares."""
    found = by_class(lines)
    fields: dict[str, Any] = header_fields(context, lines, node.name, node.title)
    of_class = only(context, found, syntax.DrugClass)
    if of_class is None and not context.partial:
        context.fault(
            "missing-class",
            f"`{node.name.text}` does not say its pharmacologic class",
            node.name,
            help="add a line such as `class opioid-antagonist`",
        )
    fields["drug_class"] = "" if of_class is None else of_class.name.text
    for field, cls in (("forms", syntax.Form), ("routes", syntax.Route), ("brands", syntax.Brand)):
        fields[field] = all_words(context, found, cls)
    ingredients = only(context, found, syntax.Ingredients)
    if ingredients is not None:
        fields["ingredients"] = tuple(t.text for t in ingredients.names.items)
    fields["first_dose"] = _rate(context, only(context, found, syntax.FirstDose))
    fields["usual"] = _rate(context, only(context, found, syntax.Usual))
    maximum = only(context, found, syntax.Maximum, syntax.NoMaximum)
    fields["no_maximum"] = isinstance(maximum, syntax.NoMaximum)
    fields["maximum"] = _rate(context, maximum if isinstance(maximum, syntax.Maximum) else None)
    days_between = only(context, found, syntax.Interval)
    if days_between is not None:
        fields["interval"] = interval(context, days_between.value, days_between, "the interval")
    fields["needs"] = tuple(context.text(n.text) or "" for n in found.get(syntax.Needs, ()))
    fields["monitors"] = _monitors(context, found)
    return context.make(Drug, node, **fields)


def _rate(context: Context, node: syntax.FirstDose | syntax.Usual | syntax.Maximum | None) -> DoseRate | None:
    if node is None:
        return None
    found = dose_range(context, node.rate.amount)
    if found is None:
        return None
    per = "dose" if node.rate.per is None else node.rate.per.text
    return context.make(DoseRate, node, low=found[0], high=found[1], unit=found[2], per=per)
