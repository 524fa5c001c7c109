"""`careplan prove`: what holds on every path of a plan."""

from __future__ import annotations

import click

from careplan.commands.group import VerbCommand
from careplan.report.proofs import FORMATS


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan prove my-plan.careplan",
        "careplan prove my-plan.careplan --claim mat-is-never-cut --draw story.svg",
        "careplan prove plans/ --strict --format junit -o claims.xml",
        "careplan prove my-plan.careplan --within 60 --bound 2000",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PLAN...")
@click.option(
    "--claim", metavar="NAME", help="Only this claim, and none of the questions asked of every plan."
)
@click.option(
    "--strict", is_flag=True, help="Fail also for what is undecided, and for what one should look at."
)
@click.option(
    "--draw",
    type=click.Path(),
    metavar="FILE",
    help="Draw the first counter-example: .svg, .png, .pdf or .html.",
)
@click.option(
    "--within",
    type=click.FloatRange(0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Time for each plan; what is not decided by then is undecided.",
)
@click.option(
    "--bound",
    type=click.IntRange(1),
    metavar="VISITS",
    help="How many visits to phases are followed in search of counter-examples (400, or 10 for each exit).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="full (on a terminal), plain (elsewhere; reads well aloud), json, junit, or github (Actions).",
)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write the report to a file.")
@click.option("--root", type=click.Path(), help="The folder that `use` lines may not leave.")
def prove(
    paths: tuple[str, ...],
    claim: str | None,
    strict: bool,
    draw: str | None,
    within: float,
    bound: int | None,
    format_: str | None,
    output: str | None,
    root: str | None,
) -> int:
    """Prove the claims of plans on every path, or refute them with a patient's story.

    PLAN is a file, a folder (searched for *.careplan files) or - for the standard input. Each line of a claim
    is proved, refuted with the shortest counter-example found, or undecided, with how far was looked. Then
    every plan is asked: can an exit never be taken, do two hold on one day that lead different ways, does
    something answer every value, can everybody leave, can a stay go round for ever, what is kept on return,
    and where does medication stop. Exit code 0: no claim is refuted; 1: one is, or (with --strict) something
    is undecided or should be looked at; 2: a file could not be read, or has errors.
    """
    from careplan.commands.proving import Request, prove_files

    return prove_files(Request(paths, claim, strict, draw, within, bound, format_, output, root))
