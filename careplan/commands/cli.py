"""The command `careplan` as click knows it; the verbs are modules beside this one."""

from __future__ import annotations

import click

import careplan
from careplan.commands.group import HELP_OPTIONS, Verbs


@click.group(
    cls=Verbs,
    context_settings=HELP_OPTIONS,
    invoke_without_command=True,
    epilog="Exit codes: 0 nothing to report, 1 something was found, 2 it could not be done. "
    "`careplan VERB --help` tells more about a verb.",
)
@click.version_option(careplan.__version__, message="careplan %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Check, draw and explain addiction treatment plans that are written as text."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
