"""Faults of careplan itself: told in one line with the file they came up with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from careplan.diagnostics import PlanError
from careplan.files import FileProblem, printable

_REPORT = (
    "Please report this to its maintainers, with the file if you may share it, and with what is printed if "
    "CAREPLAN_DEBUG=1 is set"
)


class Fault(Exception):
    """Something that careplan did not expect, while it was at work on `file`."""

    def __init__(self, file: str, cause: Exception) -> None:
        super().__init__(file, cause)
        self.file = file
        self.cause = cause


@contextmanager
def at_work_on(file: str) -> Iterator[None]:
    """Whatever goes wrong inside without being the user's doing becomes a Fault that knows the file."""
    import click

    try:
        yield
    except (FileProblem, PlanError, Fault, BrokenPipeError, click.ClickException, click.exceptions.Exit):
        raise
    except Exception as trouble:
        raise Fault(file, trouble) from trouble


def told(trouble: Exception) -> str:
    """One line on a fault: the file, what happened, and how to report it."""
    where = after = ""
    if isinstance(trouble, Fault):
        where, after, trouble = f" on {trouble.file}", " and left that file as it is", trouble.cause
    what = _short(f"{type(trouble).__name__}: {trouble}")
    return f"careplan itself failed{where}{after} ({what}). {_REPORT}"


def told_of_rule(file: str, rule: str, problem: str) -> str:
    """One line on a rule that failed while it looked at `file`, and how to report it."""
    return f"{file}: the rule `{rule}` failed, so its findings are missing ({_short(problem)}). {_REPORT}"


def _short(text: str) -> str:
    return printable(" ".join(text.split()))[:200].rstrip(": ")
