"""`careplan render`: the pictures of a plan, and the document."""

from __future__ import annotations

from typing import Literal

import click

from careplan.commands.group import VerbCommand
from careplan.commands.picture import FORMATS, Order, choose


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan render my-plan.careplan                 # the timeline, here",
        "careplan render my-plan.careplan -o timeline.svg",
        "careplan render my-plan.careplan --graph -o graph.png",
        "careplan render my-plan.careplan --week iop:3 --fact track=evening -o week.pdf",
        'careplan render my-plan.careplan --scenario "A relapse" -o stay.png',
        "careplan render my-plan.careplan -o plan.html    # the whole document",
    ),
)
@click.argument("plan", metavar="PLAN")
@click.option(
    "-o", "--output", metavar="FILE", help="The file; its ending says what kind: " + ", ".join(FORMATS)
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The kind, whatever the file is called."
)
@click.option(
    "--timeline", is_flag=True, help="Phases, services and medication along the weeks (the default)."
)
@click.option("--graph", is_flag=True, help="Phases and the ways between them.")
@click.option("--week", metavar="PHASE:N", help="The grid of one week, to put on the fridge.")
@click.option("--scenario", metavar="TITLE", help="One patient's stay, with what happened on it.")
@click.option("--detail", type=click.Choice(["summary", "full"]), help="How much the graph says.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="For whom; can be given again.")
@click.option("--force", is_flag=True, help="Write over FILE even if careplan did not make it.")
def render(
    plan: str,
    output: str | None,
    format_: str | None,
    timeline: bool,
    graph: bool,
    week: str | None,
    scenario: str | None,
    detail: Literal["summary", "full"] | None,
    facts: tuple[str, ...],
    force: bool,
) -> int:
    """Draw a plan: its timeline, state graph or one week, or write all of it as a document.

    PLAN is a file, or - for the standard input. Without -o, the timeline or week is shown here as text. A
    .html file holds the whole document, or the one picture that is asked for by name. Pictures that careplan
    made are written over; any other file is left alone.
    """
    from careplan.commands.opening import facts_from, open_plan
    from careplan.commands.output import deliver, refuse_plan
    from careplan.commands.picture import drawn
    from careplan.commands.signature import refuse_others, signed
    from careplan.commands.trouble import at_work_on

    order: Order = choose(
        output, format_, timeline=timeline, graph=graph, week=week, detail=detail, scenario=scenario
    )
    if facts and order.what in ("graph", "document", "scenario"):
        raise click.UsageError(
            f"--fact has no meaning for the {order.what}; it goes with --timeline or --week"
        )
    to_file = output is not None and output != "-"
    if output is not None and to_file:
        refuse_plan(output, plan)
        if not force:
            refuse_others(output)
    opened = open_plan(plan)
    given = facts_from(opened, facts)
    with at_work_on(plan):
        content = drawn(opened, order, given)
    deliver(signed(content, order.format) if to_file else content, output, plan)
    return 0
