"""`careplan schedule`: a plan's sessions, tests and doses on their dates."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from careplan.commands.dating import Wish, stay_options
from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.plan.model import Plan
    from careplan.stay.schedule.occurrence import Occurrence

FORMATS = ("table", "plain", "json", "csv", "ics")


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan schedule my-plan.careplan --start 2026-03-02 --zone America/Chicago",
        "careplan schedule my-plan.careplan --start 2026-03-02 --fact track=evening -o sessions.csv",
        "careplan schedule my-plan.careplan --start 2026-11-02 --holidays US-IL",
    ),
)
@click.argument("plan", metavar="PLAN")
@stay_options
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The kind, whatever the file is called."
)
@click.option("-o", "--output", metavar="FILE", help="The file: .csv, .json, .ics or .txt.")
def schedule(plan: str, format_: str | None, output: str | None, **stay: Any) -> int:
    """Put a plan on the calendar: the dated sessions, tests and doses of somebody admitted on a day.

    The stay goes as is expected: everybody attends, and each phase is left on the first day on which its
    usual way out may be taken. Sessions without a weekday are placed, and marked with the days on which they
    may lie instead. PLAN is a file, or - for the standard input.
    """
    from careplan.commands.opening import open_plan
    from careplan.commands.output import deliver
    from careplan.commands.trouble import at_work_on
    from careplan.export.carried import ExportError

    kind = _kind(format_, output)
    opened = open_plan(plan)
    with at_work_on(plan):
        found = Wish(**stay).dated(opened)
        try:
            content = _written(opened, found, kind)
        except ExportError as trouble:
            raise click.ClickException(str(trouble)) from trouble
    deliver(content, output, plan)
    if kind == "ics":
        from careplan.export.dated.calendar import LEFT_OUT

        print(*(f"not carried: {line}" for line in LEFT_OUT), sep="\n", file=sys.stderr)
    return 0


def _kind(format_: str | None, output: str | None) -> str:
    from careplan.commands.output import default_format

    if format_ is not None:
        return format_
    if output is None or output == "-":
        return "table" if default_format() == "full" else "plain"
    ending = output.rsplit(".", 1)[-1].lower()
    known = {"csv": "csv", "ics": "ics", "json": "json", "txt": "table"}
    if ending not in known:
        raise click.UsageError(
            f"the ending of `{output}` does not say what to write: .csv, .json, .ics or .txt, or --format"
        )
    return known[ending]


def _written(plan: Plan, found: list[Occurrence], kind: str) -> str | bytes:
    if kind == "json":
        import json

        return json.dumps([each.to_dict() for each in found], indent=2, ensure_ascii=False) + "\n"
    if kind in ("csv", "ics"):
        from careplan.export.dated import calendar_file, csv_text

        return csv_text(found) if kind == "csv" else calendar_file(plan, found)
    from careplan.commands.output import columns
    from careplan.report.schedule import schedule_text

    return schedule_text(plan, found, columns(sys.stdout), plain=kind == "plain")
