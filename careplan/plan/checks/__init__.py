"""The checks on a whole plan, one module each, found by being here.

A module has one function `check(context)` that yields diagnostics. What a name means, and what to do about
it, stands on its page (`careplan explain NAME`).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module

from careplan.diagnostics import Diagnostic, Severity
from careplan.plan.context import Context
from careplan.plan.model import Plan
from careplan.source import Source, Span

Check = Callable[[Context], Iterator[Diagnostic]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").check for name in names)


def run_checks(
    plan: Plan,
    complete: bool = True,
    sources: Mapping[str, Source] | None = None,
    faults: Sequence[Diagnostic] = (),
) -> list[Diagnostic]:
    """What the checks find in a plan.

    `complete` is False where the text had faults before: then nothing is concluded from what is missing.
    `sources`, the texts by file name, are needed for fixes that move lines. `faults` are those found before:
    nothing more is said about their places, nor about a phase that says something twice, for it may be two
    of which one has lost its header.
    """
    context = Context(plan, complete, sources or {})
    found = [diagnostic for check in all_checks() for diagnostic in check(context)]
    if not faults:
        return found
    doubled = {_block(plan, fault.span) for fault in faults if fault.name == "repeated-line"}
    wrong = [fault.span for fault in faults if fault.severity is Severity.ERROR]
    return [d for d in found if _block(plan, d.span) not in doubled and not _touches(d.span, wrong)]


def _touches(span: Span, others: list[Span]) -> bool:
    """Whether the place has a part in common with one where a fault was found before."""
    return any(span.file == o.file and span.start < o.end and o.start < span.end for o in others)


def _block(plan: Plan, span: Span) -> tuple[str, int]:
    """The last phase header at or above the place."""
    starts = [p.span.start for p in plan.phases if p.span.file == span.file and p.span.start <= span.start]
    return span.file, max(starts, default=-1)
