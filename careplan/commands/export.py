"""`careplan export`: a plan, or one dated stay, for other programs."""

from __future__ import annotations

import sys
from typing import Any

import click

from careplan.commands.dating import Wish, stay_options
from careplan.commands.exporting import TARGETS, Order
from careplan.commands.group import VerbCommand


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan export json my-plan.careplan -o plan.json",
        "careplan export mermaid my-plan.careplan",
        "careplan export fhir my-plan.careplan -o plan.fhir.json",
        "careplan export ics my-plan.careplan --start 2026-03-02 --zone America/Chicago -o stay.ics",
        "careplan export fhir-stay my-plan.careplan --start 2026-03-02 --patient Patient/123",
    ),
)
@click.argument("target", type=click.Choice(TARGETS), metavar="FORMAT")
@click.argument("plan", metavar="PLAN")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; - or nothing: the standard output.")
@click.option(
    "--detail", type=click.Choice(["summary", "full"]), help="How much the state graph (dot, mermaid) says."
)
@click.option("--base", metavar="URL", help="The FHIR server whose addresses the definitions get.")
@stay_options
@click.option("--patient", metavar="REFERENCE", help="The patient, as the other system knows them.")
@click.option("--part-2", is_flag=True, help="Label a FHIR stay as protected by 42 CFR Part 2.")
def export(
    target: str,
    plan: str,
    output: str | None,
    detail: str | None,
    base: str | None,
    patient: str | None,
    part_2: bool,
    **stay: Any,
) -> int:
    """Write a plan for other programs, and say on the error stream what their format cannot carry.

    FORMAT, of a plan: json (all that it means), fhir (R4 definitions), dot or mermaid (its state graph).
    Of a stay that begins on --start: fhir-stay (R4 requests and appointments), ics (iCalendar), csv,
    parquet, arrow, frappe (Therapy Plan) or bahmni (recurring appointments). PLAN is a file, or - for the
    standard input.
    """
    from careplan.commands.exporting import made
    from careplan.commands.opening import open_plan
    from careplan.commands.output import deliver
    from careplan.commands.trouble import at_work_on
    from careplan.export.carried import ExportError

    order = Order(target, detail, base, patient, part_2, Wish(**stay))
    order.check()
    opened = open_plan(plan)
    with at_work_on(plan):
        try:
            carried = made(opened, order)
        except ExportError as trouble:
            raise click.ClickException(str(trouble)) from trouble
    deliver(carried.content, output, plan)
    for line in carried.left_out:
        print(f"not carried: {line}", file=sys.stderr)
    return 0
