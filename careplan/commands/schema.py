"""`careplan schema`: the JSON Schema of what careplan writes for other programs."""

from __future__ import annotations

import json
from typing import Literal

import click

from careplan.commands.group import VerbCommand


@click.command(
    cls=VerbCommand, examples=("careplan schema plan", "careplan schema report -o report.schema.json")
)
@click.argument("what", type=click.Choice(["plan", "report"]), default="plan")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; - or nothing: the standard output.")
def schema(what: Literal["plan", "report"], output: str | None) -> int:
    """Print the JSON Schema (2020-12) of `careplan export json` or of `careplan check --format json`."""
    from careplan.commands.output import deliver

    if what == "plan":
        from careplan.export.json import plan_schema

        document = plan_schema()
    else:
        from careplan.report.schema import report_schema

        document = report_schema()
    deliver(json.dumps(document, indent=2, ensure_ascii=False) + "\n", output)
    return 0
