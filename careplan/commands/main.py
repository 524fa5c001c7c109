"""The entry point: `careplan VERB …`. Whatever happens, it ends with an exit code and no traceback."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from careplan import lean

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
"""The exit codes: nothing to report; something was found; the work could not be done."""

_INTERRUPTED, _BROKEN_PIPE = 130, 141  # what a shell gives for Ctrl-C, and where the reader has gone


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with these arguments (default: those of the process); the exit code."""
    _prepare_streams()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()  # the reader, such as `head`, has had enough
        return _BROKEN_PIPE
    except OSError as trouble:
        _drop_output()
        print(f"careplan: this could not be done: {trouble.strerror}", file=sys.stderr)
        return COULD_NOT_RUN
    return code


def _prepare_streams() -> None:
    """A stream that was closed reads and writes nothing; what the terminal's encoding lacks becomes `?`."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - until the end
        elif name != "stdin" and hasattr(stream, "reconfigure"):  # not where a test has put its own
            stream.reconfigure(errors="replace")


def entry() -> NoReturn:
    """Run as a process of its own. It ends at once: taking everything apart first would cost 30 ms."""
    gc.disable()  # loading makes much that stays: collecting garbage meanwhile finds none
    if _only_checks(sys.argv[1:]):
        lean.turn_on()
    code = main()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _only_checks(arguments: Sequence[str]) -> bool:
    """Whether the command only checks plans; what writes them anew compares them as JSON."""
    return arguments[:1] == ["check"] and not {"--fix", "--diff"} & set(arguments)


def _drop_output() -> None:
    """What is still to be written to the standard output goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _run(arguments: Sequence[str] | None) -> int:
    import click  # here, so that `entry` comes before all that takes time to load

    from careplan.commands.cli import cli

    stdout = sys.stdout
    try:
        code = cli.main(arguments, prog_name="careplan", standalone_mode=False)
    except click.UsageError as misuse:
        path = misuse.ctx.command_path if misuse.ctx else "careplan"
        return _say(f"{misuse.format_message()}\ntry: {path} --help")
    except click.ClickException as stop:
        return _say(stop.format_message())
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except SystemExit:
        if sys.stdout is stdout:
            raise
        sys.stdout = stdout  # click has put another in its place because nobody reads this one
        raise BrokenPipeError from None
    except OSError as trouble:
        return _say(_line(trouble))
    except Exception as trouble:
        if os.environ.get("CAREPLAN_DEBUG"):
            raise
        from careplan.commands.trouble import told

        return _say(told(trouble))
    return code if isinstance(code, int) else CLEAN


def _line(trouble: OSError) -> str:
    """What a file's problem says; any other trouble of the system's, such as a full disk, is main's."""
    from careplan.files import FileProblem

    if isinstance(trouble, FileProblem):
        return str(trouble)
    raise trouble


def _say(message: str) -> int:
    sys.stdout.flush()
    print(f"careplan: {message}", file=sys.stderr)
    return COULD_NOT_RUN
