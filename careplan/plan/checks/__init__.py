"""The checks on a whole plan, one module each, found by being here.

A module has one function `check(context)` that yields diagnostics. What a name means, and what to do about
it, stands on its page (`careplan explain NAME`).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module

from careplan.diagnostics import Diagnostic
from careplan.plan.context import Context
from careplan.plan.model import Plan
from careplan.source import Source

Check = Callable[[Context], Iterator[Diagnostic]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").check for name in names)


def run_checks(
    plan: Plan, complete: bool = True, sources: Mapping[str, Source] | None = None
) -> list[Diagnostic]:
    """What the checks find in a plan.

    `complete` is False where the text had faults before: then nothing is concluded from what is missing.
    `sources`, the texts by file name, are needed for fixes that move lines.
    """
    context = Context(plan, complete, sources or {})
    return [found for check in all_checks() for found in check(context)]
