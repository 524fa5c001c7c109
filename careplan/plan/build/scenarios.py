"""Scenarios: who the patient is, what happens, and what is expected."""

from __future__ import annotations

from typing import Any

from careplan.language import nodes as syntax
from careplan.language.nodes import Node
from careplan.plan.build.claims import Called
from careplan.plan.build.conditions import observed, value_of
from careplan.plan.build.context import Context
from careplan.plan.build.expectations import EXPECTED, expectation
from careplan.plan.build.frequencies import WEEKDAYS
from careplan.plan.build.happenings import told
from careplan.plan.build.lines import by_class, common_fields, only
from careplan.plan.model import Expectation, Given, Said, Scenario

_TOLD = (syntax.OnDay, syntax.FromDay, syntax.InVisit, syntax.InPlan)


def scenario(context: Context, node: syntax.ScenarioHeader, lines: list[Node], called: Called) -> Scenario:
    """The scenario that a block tells."""
    found = by_class(lines)
    fields: dict[str, Any] = {"title": context.text(node.title) or "", **common_fields(context, lines)}
    if not fields["title"]:
        context.fault("scenario-without-title", "this scenario has an empty title", node.title,
                      help='say what the story shows, such as `scenario "A relapse steps up"`')  # fmt: skip
    given = [_given(context, fact) for line in found.get(syntax.GivenNode, ()) for fact in line.facts]
    fields["given"] = tuple(g for g in given if g is not None)
    admitted = only(context, found, syntax.Admitted)
    if admitted is not None:
        fields["admitted_on"] = WEEKDAYS[admitted.weekday.text[:3]]
    says: list[Said] = []
    expects: list[Expectation] = []
    expected = 0
    for line in lines:
        if isinstance(line, _TOLD):
            says += told(context, line)
        elif isinstance(line, EXPECTED):
            expected += 1
            one = expectation(context, line, called)
            expects += [] if one is None else [one]
    if not expected and not context.partial:
        context.fault(
            "scenario-without-expect",
            "this scenario expects nothing, so it cannot fail",
            node.title,
            help="add a line such as `expect outcome completed` or `expect phase iop on day 20`",
        )
    return context.make(Scenario, node, says=tuple(says), expects=tuple(expects), **fields)


def _given(context: Context, node: syntax.GivenValue | syntax.GivenNot) -> Given | None:
    found = observed(context, node.name, "fact")
    if found is None:
        return None
    domain = found[1]
    name = node.name.text
    value: str | float = "no" if isinstance(node, syntax.GivenNot) else "yes"
    if isinstance(node, syntax.GivenValue) and node.value is not None:
        fields = value_of(context, node.name, domain, node.value, "fact")
        if fields is None:
            return None
        if fields.get("high") is not None:
            context.fault(
                "told-by-choice",
                f"a scenario is about one person, and `{name}` has one value",
                node.value,
                help=f"write one number, such as `{name} is {fields['value']:g}`",
            )
            return None
        value = fields["value"]
    elif domain is not None and domain.kind != "yes-no":
        example = domain.values[0] if domain.values else f"{domain.low:g}"
        context.fault(
            "wrong-kind",
            f"`{name}` is not a yes or no",
            node,
            help=f"say what it is, such as `given {name} is {example}`",
        )
        return None
    return context.make(Given, node, fact=name, value=value)
