"""`careplan config`: the settings that hold for a folder, and where each comes from."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.rules.settings import Row


@click.command(
    cls=VerbCommand,
    examples=("careplan config", "careplan config plans/my-plan.careplan", "careplan config --format json"),
)
@click.argument("path", default=".", metavar="[PATH]")
@click.option(
    "--format", "format_", type=click.Choice(("text", "json")), default="text", help="text or json."
)
def config(path: str, format_: str) -> int:
    """Show the settings that hold for the plans of a folder, and the file that each comes from.

    Settings stand in careplan.toml, or under [tool.careplan] in pyproject.toml: `packs`, a list of the packs
    of rules that hold beside those that a plan follows; `fail-on`, the least level that makes a check fail
    (error, warning or note); and a table `levels`, which sets a finding to off, note, warning or error. The
    files of the folders above hold too; the nearest wins, value by value. `root = true` ends the search.
    """
    from careplan.commands.configuration import Configuration, shown
    from careplan.files import FileProblem
    from careplan.rules.settings import rows

    if path != "-" and not os.path.exists(path):
        raise FileProblem(path, "there is no such file or folder")
    found = rows(Configuration().of(path))
    if format_ == "json":
        settings = [{"setting": key, "value": value, "file": file or None} for key, value, file in found]
        print(json.dumps({"path": shown(os.path.realpath(path)), "settings": settings}, indent=2))
    else:
        print(_text(found))
    return 0


def _text(found: list[Row]) -> str:
    """A line for each setting in three columns, and what holds whatever is set."""
    lines = [
        (key, value if isinstance(value, str) else ", ".join(value) or "none", file or "the default")
        for key, value, file in found
    ]
    first, second = (max(len(line[at]) for line in lines) for at in (0, 1))
    table = [f"{key:{first}}  {value:{second}}  {file}" for key, value, file in lines]
    always = "In force beside these packs: structure, clarity, and what a plan follows."
    return "\n".join([*table, "", always])
