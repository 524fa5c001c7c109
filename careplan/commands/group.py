"""The command line's outer shell: verbs are imported when they are used, so that help is there at once."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from careplan.commands.verbs import SECTIONS, VERBS

HELP_OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Verbs(click.Group):
    """A group whose verbs are modules, listed in the help by what people do with them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Every verb, in the help's order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's command, imported now; None if there is no such verb."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        command: click.Command = getattr(import_module(verb.module), verb.function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; an unknown verb is told in our words."""
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            raise click.UsageError(_no_such_verb(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help: what careplan is, and the verbs by section with an example each."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        for title, verbs in SECTIONS:
            with formatter.section(title):
                for verb in verbs:
                    formatter.write(f"  {verb.name:8} {verb.summary}\n{'':11}$ {verb.example}\n")
        self.format_epilog(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """`careplan VERB …`."""
        formatter.write_usage(ctx.command_path, "VERB ...")


def _no_such_verb(name: str) -> str:
    from difflib import get_close_matches

    if name.endswith(".careplan"):
        return f"say what to do with {name}, for example: careplan check {name}"
    close = get_close_matches(name.lower(), VERBS, 1, 0.5)
    return f"there is no verb `{name}`" + (f"; did you mean `{close[0]}`?" if close else "")


class VerbCommand(click.Command):
    """One verb; its help ends with examples, one a line, from the `examples` it is given."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.examples = examples
        self.context_settings = {**HELP_OPTIONS, **self.context_settings}

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples."""
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"  {example}\n")  # as it is: no line is broken
        super().format_epilog(ctx, formatter)
