"""`careplan test`: the scenarios of plans, run."""

from __future__ import annotations

import click

from careplan.commands.group import VerbCommand
from careplan.report.stories import FORMATS


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan test my-plan.careplan",
        'careplan test my-plan.careplan --filter "relapse" --trace',
        "careplan test plans/ --coverage --threshold 80",
        "careplan test plans/ --format junit -o scenarios.xml",
        "careplan test my-plan.careplan --update",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PLAN...")
@click.option("--filter", "wanted", metavar="TEXT", help="Only scenarios with this in their title.")
@click.option("--trace", is_flag=True, help="Tell each stay day by day, where something happens.")
@click.option("--coverage", is_flag=True, help="What of each plan its scenarios reach, and what not.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Fail if the scenarios of a plan reach less.",
)
@click.option("--update", is_flag=True, help="Rewrite the `expect` lines that are not met to what happens.")
@click.option("--seed", default="1", metavar="TEXT", help="Draw the days of tests at random from this.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="full (on a terminal), plain (elsewhere; reads well aloud), json, junit, or github (Actions).",
)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write the report to a file.")
@click.option("--root", type=click.Path(), help="The folder that `use` lines may not leave.")
def test(
    paths: tuple[str, ...],
    wanted: str | None,
    trace: bool,
    coverage: bool,
    threshold: float | None,
    update: bool,
    seed: str,
    format_: str | None,
    output: str | None,
    root: str | None,
) -> int:
    """Run the scenarios of plans: each patient's story is lived day by day, as the plan says.

    PLAN is a file, a folder (searched for *.careplan files) or - for the standard input. Each scenario passes
    or fails, with the day, the way out and the values that decided. Exit code 0: all pass; 1: one fails, a
    plan has errors, or its scenarios reach less than --threshold; 2: a file could not be tested, or there is
    no scenario.
    """
    from careplan.commands.testing import Request, test_files

    if update and "-" in paths:
        raise click.UsageError("--update rewrites files; the standard input is none")
    return test_files(Request(paths, wanted, trace, coverage, threshold, update, seed, format_, output, root))
