"""`careplan expand`: the sessions of many patients, as Parquet files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.plan.model import Plan
    from careplan.stay.scale.shards import Done

EXTRA = "this needs more packages: pip install 'careplan[scale]'"


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan expand my-plan.careplan enrolments.parquet -o sessions/",
        "careplan expand my-plan.careplan enrolments.csv -o sessions/ --zone America/Chicago",
        "careplan expand my-plan.careplan enrolments.parquet -o sessions/ --dask tcp://scheduler:8786",
    ),
)
@click.argument("plan", metavar="PLAN")
@click.argument("enrolments", metavar="ENROLMENTS")
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Where the files go.")
@click.option("--zone", metavar="ZONE", help="Everybody's time zone, where there is no column `zone`.")
@click.option("--stay", "stays", multiple=True, metavar="PHASE=DAYS", help="How long a visit lasts.")
@click.option("--longest", is_flag=True, help="Each visit to its maximum, not to its first way out.")
@click.option("--workers", type=click.IntRange(1), help="Threads; one for each core, if not said.")
@click.option("--dask", metavar="ADDRESS", help="Have a Dask cluster do it, which sees the same files.")
def expand(
    plan: str,
    enrolments: str,
    output: str,
    zone: str | None,
    stays: tuple[str, ...],
    longest: bool,
    workers: int | None,
    dask: str | None,
) -> int:
    """Write the dated sessions, tests and doses of many patients, as Parquet files in a folder.

    ENROLMENTS is a Parquet or CSV file with the columns patient and start (a date), one for each fact that
    the plan decides by, and zone. A run that was stopped goes on where it was: say the same again.
    """
    from careplan.commands.dating import days_of_phases
    from careplan.commands.opening import open_plan
    from careplan.commands.trouble import at_work_on

    opened = open_plan(plan)
    lengths = days_of_phases(opened, stays)
    options = {"zone": zone, "length": "longest" if longest else "shortest", "stays": lengths}
    with at_work_on(enrolments):
        done = _done(opened, enrolments, output, options, workers, dask)
    found = f", {done.found} of them from before" if done.found else ""
    click.echo(f"{done.rows:,} rows in {done.parts} parts{found}: {output}", err=True)
    return 0


def _done(
    plan: Plan, enrolments: str, output: str, options: dict[str, Any], workers: int | None, dask: str | None
) -> Done:
    from careplan.commands.progress import Progress

    try:
        import pyarrow as pa

        from careplan.stay.scale.expand import rows_of
        from careplan.stay.scale.faults import EnrolmentFault
        from careplan.stay.scale.shards import FolderFault, expand_to
    except ImportError:
        raise click.UsageError(EXTRA) from None
    try:
        progress = Progress("expanding patient", rows_of(enrolments))
        if dask is None:
            done = expand_to(plan, enrolments, output, workers=workers, progress=progress.step, **options)
        else:
            done = _on_cluster(dask, plan, enrolments, output, progress, options)
        progress.clear()
    except (EnrolmentFault, FolderFault) as wrong:
        raise click.UsageError(str(wrong)) from wrong
    except FileNotFoundError as wrong:
        raise click.UsageError(f"there is no file {enrolments}") from wrong
    except pa.ArrowInvalid as wrong:
        raise click.UsageError(f"{enrolments} cannot be read as a table: {_first_line(wrong)}") from wrong
    return done


def _on_cluster(
    address: str, plan: Plan, enrolments: str, output: str, progress: Any, options: dict[str, Any]
) -> Done:
    try:
        from distributed import Client

        from careplan.stay.scale.cluster import expand_on
    except ImportError:
        raise click.UsageError("a cluster needs more packages: pip install 'careplan[dask]'") from None
    if enrolments.endswith(".csv"):
        raise click.UsageError("a cluster reads Parquet files: convert the enrolments first")
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call] # Dask's own
    except OSError as trouble:
        raise click.UsageError(f"there is no Dask scheduler at {address}") from trouble
    with client:
        return expand_on(client, plan, enrolments, output, progress=progress.step, **options)


def _first_line(wrong: Exception) -> str:
    return str(wrong).splitlines()[0][:120] if str(wrong) else type(wrong).__name__
