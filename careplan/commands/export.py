"""`careplan export`: a plan for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.export.carried import Carried
    from careplan.plan.model import Plan

TARGETS = ("json", "dot", "mermaid", "fhir")


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan export json my-plan.careplan -o plan.json",
        "careplan export mermaid my-plan.careplan",
        "careplan export fhir my-plan.careplan -o plan.fhir.json",
    ),
)
@click.argument("target", type=click.Choice(TARGETS), metavar="FORMAT")
@click.argument("plan", metavar="PLAN")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; - or nothing: the standard output.")
@click.option(
    "--detail",
    type=click.Choice(["summary", "full"]),
    default="summary",
    help="How much the state graph (dot, mermaid) says.",
)
@click.option("--base", metavar="URL", help="The FHIR server whose addresses the definitions get.")
def export(
    target: str, plan: str, output: str | None, detail: Literal["summary", "full"], base: str | None
) -> int:
    """Write a plan for other programs, and say on the error stream what their format cannot carry.

    FORMAT is json (all that the plan means), fhir (R4 definitions), or dot or mermaid (the state graph as
    text). PLAN is a file, or - for the standard input. `careplan schema plan` prints the JSON's schema.
    """
    from careplan.commands.opening import open_plan
    from careplan.commands.output import deliver
    from careplan.commands.trouble import at_work_on

    opened = open_plan(plan)
    with at_work_on(plan):
        made = _made(opened, target, detail, base)
    deliver(made.content, output, plan)
    for line in made.left_out:
        print(f"not carried: {line}", file=sys.stderr)
    return 0


def _made(plan: Plan, target: str, detail: Literal["summary", "full"], base: str | None) -> Carried:
    from careplan.export.carried import Carried

    if target == "fhir":
        from careplan.export.fhir.definitions import fhir_definitions

        return fhir_definitions(plan, base)
    if target == "json":
        from careplan.export.json import plan_json

        return Carried(plan_json(plan))
    if target == "dot":
        from careplan.render.graph import graph_dot

        return Carried(graph_dot(plan, detail))
    from careplan.render.mermaid import graph_mermaid

    return Carried(graph_mermaid(plan, detail))
