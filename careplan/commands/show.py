"""`careplan show`: what a plan adds up to, as text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from careplan.commands.group import VerbCommand


@click.command(
    cls=VerbCommand,
    examples=("careplan show my-plan.careplan", "careplan show library/measures"),
)
@click.argument("plan", metavar="PLAN")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["full", "plain", "json"]),
    help="full has tables (on a terminal), plain reads well aloud (elsewhere), json is for programs.",
)
def show(plan: str, format_: str | None) -> int:
    """Show what a plan adds up to: clinical hours, sessions, ways through it, and medication by phase.

    PLAN is a file, - for the standard input, or a file of the standard library, such as library/measures:
    of a library, it shows what it declares.
    """
    from careplan.commands.opening import complain, read
    from careplan.commands.output import columns, default_format
    from careplan.commands.trouble import at_work_on
    from careplan.report.show import show_json, show_text

    found = read(_file(plan))
    if found.plan is None:
        complain(found)
    format_ = format_ or default_format()
    with at_work_on(plan):
        if format_ == "json":
            import json

            text = json.dumps(show_json(found.plan), indent=2, ensure_ascii=False) + "\n"
        else:
            text = show_text(found.plan, columns(sys.stdout), plain=format_ == "plain")
    sys.stdout.write(text)
    return 0


def _file(plan: str) -> str:
    """The path of a file of the standard library, where one of that name is meant."""
    name = plan.removesuffix(".careplan")
    if not name.startswith("library/") or Path(plan).exists():
        return plan
    file = Path(__file__).resolve().parents[1] / f"{name}.careplan"
    return str(file) if file.parent.name == "library" and file.is_file() else plan
