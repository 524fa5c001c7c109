"""`careplan check`: every mistake in the given plans, at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from careplan.commands.group import VerbCommand
from careplan.report import FORMATS

if TYPE_CHECKING:
    from careplan.commands.checking import Job


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan check my-plan.careplan",
        "careplan check plans/ --format concise",
        "cat my-plan.careplan | careplan check -",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PLAN...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="full (on a terminal), plain (elsewhere; reads well aloud), concise (a line each) or json "
    "(`careplan schema report` has its schema).",
)
@click.option("--root", type=click.Path(), help="The folder that `use` lines may not leave.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes to use; chosen by default.")
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "note")),
    help="The least level that makes the check fail: warning, or what is set for the folder "
    "(`careplan config`).",
)
@click.option("--list-allows", is_flag=True, help="List what comments allow, and why, and check nothing.")
def check(
    paths: tuple[str, ...],
    format_: str | None,
    root: str | None,
    jobs: int | None,
    fail_on: str | None,
    list_allows: bool,
) -> int:
    """Find every mistake in plans and explain it.

    PLAN is a file, a folder (searched for *.careplan files) or - for the standard input. The check is
    offline and read-only: it sends nothing anywhere and changes no file. Exit code 0: nothing to report
    (notes do not count); 1: errors or warnings (see --fail-on); 2: a file could not be checked.
    """
    from careplan.commands.checking import run
    from careplan.commands.output import columns, default_format, wants_colour
    from careplan.commands.progress import Progress
    from careplan.report import Totals, report_for

    todo = _jobs(paths, root, fail_on)
    if list_allows:
        from careplan.commands.allows import list_allows as list_them

        return list_them(todo, format_ == "json")
    report = report_for(format_ or default_format(), wants_colour(sys.stdout), columns(sys.stdout))
    progress = Progress("checking", len(todo))
    sys.stdout.write(report.begin())
    totals, between, fails = Totals(), "", False
    for result in run(todo, report, jobs):
        progress.step()
        if result.problem:
            progress.clear()
            sys.stdout.flush()
            print(f"careplan: {result.problem}", file=sys.stderr)
        if result.text:
            progress.clear()
            sys.stdout.write(between + result.text)
            between = report.separator
        totals += result.totals
        fails = fails or result.fails
    progress.clear()
    sys.stdout.write(report.end(totals))
    if totals.problems:
        return 2
    return 1 if fails else 0


def _jobs(paths: tuple[str, ...], root: str | None, fail_on: str | None) -> list[Job]:
    """The files to check in the order in which they are given, each once."""
    from careplan.commands.checking import Job, root_of
    from careplan.commands.configuration import Configuration
    from careplan.diagnostics import Severity
    from careplan.files import FileProblem, find_plans

    jobs: dict[str, Job] = {}
    for given in paths:
        if given == "-":
            jobs["-"] = Job("-", root or ".")
            continue
        limit = root or root_of(Path(given))
        try:
            for path in find_plans([given]):
                jobs.setdefault(os.path.realpath(path), Job(str(path), limit))
        except FileProblem as problem:
            jobs[problem.path] = Job(problem.path, limit, problem.what)
    configuration = Configuration(Severity[fail_on.upper()] if fail_on else None)
    return [job._replace(settings=configuration.of(job.path)) for job in jobs.values()]
