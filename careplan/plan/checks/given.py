"""What a scenario says of its patient: each fact once, and all that decide at once."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.facts import Facts, holds
from careplan.plan.model import Condition, Phase, Placement, Scenario, tests_of
from careplan.plan.words import condition_words, listed
from careplan.plan.words.scenarios import given_words


def check(context: Context) -> Iterator[Diagnostic]:
    """Facts decide who is admitted, through which door one comes in, and what is offered there."""
    for scenario in context.plan.scenarios:
        yield from _twice(scenario)
        if context.is_whole(scenario, context.plan):
            yield from _patient(context, scenario)


def _twice(scenario: Scenario) -> Iterator[Diagnostic]:
    first = {given.fact: given for given in reversed(scenario.given)}
    for given in scenario.given:
        if given is not first[given.fact]:
            yield error(
                "given-twice",
                f"`{given.fact}` is given twice, and a fact stays as it is for the whole stay",
                given.span,
                related=(Label(first[given.fact].span, "given here first"),),
                help="keep one of the two",
            )


def _patient(context: Context, scenario: Scenario) -> Iterator[Diagnostic]:
    plan = context.plan
    facts: Facts = {given.fact: given.value for given in scenario.given}
    if holds(plan.admit, facts) is False:
        told = next((g for g in scenario.given if g.fact in _facts_of(plan.admit)), None)
        yield warning(
            "patient-not-admitted",
            f"the plan does not admit this patient: {_of(scenario)}",
            told.span if told is not None else scenario.span,
            help=f"it admits when {condition_words(plan.admit)}" if plan.admit is not None else "",
        )
        return
    missing, entered = _at_the_door(context, facts)
    if holds(plan.admit, facts) is None:
        missing = [*_facts_of(plan.admit), *missing]
    phase = context.phases.get(entered)
    if phase is not None and context.is_whole(phase):
        missing += [name for line in _at_once(phase) for name in _undecided(line.if_facts, facts)]
    names = list(dict.fromkeys(name for name in missing if name not in facts))
    if names:
        verb = "decides" if len(names) == 1 else "decide"
        yield warning(
            "fact-not-given",
            f"{listed(f'`{n}`' for n in names)} {verb} what happens in this scenario, and it is not said",
            scenario.span,
            help=f"add a line such as `given {', '.join(_example(context, name) for name in names)}`",
        )


def _of(scenario: Scenario) -> str:
    return listed(given_words(given) for given in scenario.given)


def _at_the_door(context: Context, facts: Facts) -> tuple[list[str], str]:
    """The facts that are missing to choose a front door, and the phase behind it ("" if undecided)."""
    for door in context.plan.starts:
        found = holds(door.condition, facts)
        if found is None:
            return _facts_of(door.condition), ""
        if found:
            return [], door.phase
    return [], ""


def _at_once(phase: Phase) -> Iterator[Placement]:
    """The lines that begin on the phase's first days, whatever else happens."""
    lines: tuple[Placement, ...] = (*phase.services, *phase.assessments)
    for line in lines:
        begins = all(min(s.first for s in spans) == 1 for spans in (line.weeks, line.days) if spans)
        waits = line.plan_weeks or line.after_sessions or line.while_ or line.when or line.after
        if begins and not waits:
            yield line


def _undecided(condition: Condition | None, facts: Facts) -> list[str]:
    return _facts_of(condition) if holds(condition, facts) is None else []


def _facts_of(condition: Condition | None) -> list[str]:
    return [test.name for test in tests_of(condition) if test.subject == "fact" and test.name]


def _example(context: Context, name: str) -> str:
    domain = context.domain(name)
    if domain is None or domain.kind == "yes-no":
        return name
    return f"{name} is {domain.values[0] if domain.values else f'{domain.low:g}'}"
