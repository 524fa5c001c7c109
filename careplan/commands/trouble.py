"""Faults of careplan itself: told in one line with the file they came up with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from careplan.diagnostics import PlanError
from careplan.files import FileProblem, printable

if TYPE_CHECKING:
    from careplan.rules.run import Failure

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
        where, after, trouble = f" at {trouble.file}", ", which is left as it is", trouble.cause
    what = _short(f"{type(trouble).__name__}: {trouble}")
    return f"something went wrong inside careplan{where}{after} ({what}). {_REPORT}"


def told_of_rule(failure: Failure) -> str:
    """One line on a rule that failed, and how to report it; with CAREPLAN_DEBUG, also where it failed."""
    what = f"the rule `{failure.rule}` failed, so its findings are missing ({_short(failure.problem)})"
    debug = f"\n{failure.trace.rstrip()}" if os.environ.get("CAREPLAN_DEBUG") else ""
    return f"{what}. {_REPORT}{debug}"


def _short(text: str) -> str:
    return printable(" ".join(text.split()))[:200].rstrip(": ")
