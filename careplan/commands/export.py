"""`careplan export`: a plan for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.plan.model import Plan

Target = Literal["json", "dot", "mermaid"]


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan export json my-plan.careplan -o plan.json",
        "careplan export mermaid my-plan.careplan",
    ),
)
@click.argument("target", type=click.Choice(["json", "dot", "mermaid"]), metavar="json|dot|mermaid")
@click.argument("plan", metavar="PLAN")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; - or nothing: the standard output.")
@click.option(
    "--detail",
    type=click.Choice(["summary", "full"]),
    default="summary",
    help="How much the state graph (dot, mermaid) says.",
)
def export(target: Target, plan: str, output: str | None, detail: Literal["summary", "full"]) -> int:
    """Write a plan as JSON with all that it means, or its state graph as DOT or Mermaid text.

    PLAN is a file, or - for the standard input. `careplan schema plan` prints the JSON's schema.
    """
    from careplan.commands.opening import open_plan
    from careplan.commands.output import deliver
    from careplan.commands.trouble import at_work_on

    opened = open_plan(plan)
    with at_work_on(plan):
        text = _text(opened, target, detail)
    deliver(text, output, plan)
    return 0


def _text(plan: Plan, target: Target, detail: Literal["summary", "full"]) -> str:
    if target == "json":
        from careplan.export.json import plan_json

        return plan_json(plan)
    if target == "dot":
        from careplan.render.graph import graph_dot

        return graph_dot(plan, detail)
    from careplan.render.mermaid import graph_mermaid

    return graph_mermaid(plan, detail)
