"""`careplan demand`: staff and room hours for all patients of a clinic, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from careplan.commands.expand import EXTRA
from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.plan.model import Plan


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan demand my-plan.careplan enrolments.parquet -o demand.csv",
        "careplan demand my-plan.careplan enrolments.csv --zone America/Chicago | head",
    ),
)
@click.argument("plan", metavar="PLAN")
@click.argument("enrolments", metavar="ENROLMENTS")
@click.option(
    "-o", "--output", metavar="FILE", help="A .csv or .parquet file; the standard output, if not said."
)
@click.option("--zone", metavar="ZONE", help="Everybody's time zone, where there is no column `zone`.")
@click.option("--stay", "stays", multiple=True, metavar="PHASE=DAYS", help="How long a visit lasts.")
@click.option("--longest", is_flag=True, help="Each visit to its maximum, not to its first way out.")
def demand(
    plan: str, enrolments: str, output: str | None, zone: str | None, stays: tuple[str, ...], longest: bool
) -> int:
    """Add up the sessions of many patients: for each day and service, patients, sessions and hours.

    ENROLMENTS is a file as for `careplan expand`. A group counts once for as many people as it may hold.
    """
    from careplan.commands.dating import days_of_phases
    from careplan.commands.opening import open_plan
    from careplan.commands.output import deliver
    from careplan.commands.trouble import at_work_on

    if output is not None and not output.endswith((".csv", ".parquet")) and output != "-":
        raise click.UsageError(f"`{output}` does not say what to write: name a .csv or a .parquet file")
    opened = open_plan(plan)
    lengths = days_of_phases(opened, stays)
    with at_work_on(enrolments):
        content = _content(
            opened, enrolments, output, zone=zone, length="longest" if longest else "shortest", stays=lengths
        )
    deliver(content, output, plan)
    return 0


def _content(plan: Plan, enrolments: str, output: str | None, **options: Any) -> bytes:
    try:
        import pyarrow as pa

        from careplan.stay.scale.demand import demand as added_up
        from careplan.stay.scale.faults import EnrolmentFault
    except ImportError:
        raise click.UsageError(EXTRA) from None
    try:
        table = added_up(plan, enrolments, **options)
    except EnrolmentFault as wrong:
        raise click.UsageError(str(wrong)) from wrong
    except FileNotFoundError as wrong:
        raise click.UsageError(f"there is no file {enrolments}") from wrong
    except pa.ArrowInvalid as wrong:
        raise click.UsageError(f"{enrolments} cannot be read as a table") from wrong
    sink = pa.BufferOutputStream()
    if output is not None and output.endswith(".parquet"):
        import pyarrow.parquet as parquet

        parquet.write_table(table, sink)
    else:
        import pyarrow.csv as csv

        csv.write_csv(table, sink, csv.WriteOptions(quoting_style="needed"))
    written: bytes = sink.getvalue().to_pybytes()
    return written
