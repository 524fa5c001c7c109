"""`careplan check`: every mistake in the given plans, at once."""

from __future__ import annotations

import click

from careplan.commands.group import VerbCommand
from careplan.report import FORMATS


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan check my-plan.careplan",
        "careplan check plans/ --format concise",
        "careplan check plans/ --format sarif -o careplan.sarif",
        "careplan check plans/ --fix",
        "cat my-plan.careplan | careplan check -",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PLAN...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="full (on a terminal), plain (elsewhere; reads well aloud), concise (a line each), json "
    "(`careplan schema report` has its schema), github (in GitHub Actions), gitlab (Code Quality), sarif or "
    "junit.",
)
@click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write the report to a file.")
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "note")),
    help="The least level that makes the check fail: warning, or what is set for the folder "
    "(`careplan config`).",
)
@click.option("--fix", is_flag=True, help="Make the fixes that are safe, and report what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved.")
@click.option("--write-baseline", type=click.Path(), metavar="FILE", help="Put what is found into a file.")
@click.option(
    "--baseline",
    type=click.Path(),
    metavar="FILE",
    help="Report only what is not in that file.",
)
@click.option("--list-allows", is_flag=True, help="List what comments allow, and why, and check nothing.")
@click.option("--root", type=click.Path(), help="The folder that `use` lines may not leave.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes to use; chosen by default.")
def check(
    paths: tuple[str, ...],
    format_: str | None,
    output: str | None,
    fail_on: str | None,
    fix: bool,
    diff: bool,
    watch: bool,
    write_baseline: str | None,
    baseline: str | None,
    list_allows: bool,
    root: str | None,
    jobs: int | None,
) -> int:
    """Find every mistake in plans and explain it.

    PLAN is a file, a folder (searched for *.careplan files) or - for the standard input. The check is
    offline and read-only: it sends nothing anywhere, and changes no plan unless --fix asks it to. Exit code
    0: nothing to report (notes do not count); 1: errors or warnings (see --fail-on); 2: a file could not be
    checked.
    """
    _refuse(watch and (fix or diff or "-" in paths or bool(write_baseline)), "--watch only checks files")
    _refuse(bool(baseline and write_baseline), "--write-baseline writes all anew; leave --baseline out")
    _refuse(bool(write_baseline) and (fix or diff), "write the baseline after --fix, in a second run")
    from careplan.commands.rounds import Request, check_once, jobs_for
    from careplan.diagnostics import Severity

    least = Severity[fail_on.upper()] if fail_on else None
    request = Request(paths, format_, output, root, jobs, least, baseline, write_baseline)
    if watch:
        from careplan.commands.watching import watch as keep_checking

        return keep_checking(request)
    todo = jobs_for(request)
    if list_allows:
        from careplan.commands.allows import list_allows as list_them

        return list_them(todo, format_ == "json")
    if fix or diff:
        from careplan.commands.fixing import fix_and_check

        return fix_and_check(request, todo, diff)
    return check_once(request, todo).code


def _refuse(misused: bool, why: str) -> None:
    if misused:
        raise click.UsageError(why)
