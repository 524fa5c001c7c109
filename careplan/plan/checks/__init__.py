"""The checks on a whole plan, one module each, found by being here.

A module has one function `check(context)` that yields diagnostics. What a name means, and what to do about
it, stands on its page (`careplan explain NAME`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module

from careplan.diagnostics import Diagnostic, Severity
from careplan.modules import modules_in
from careplan.plan.context import Context
from careplan.plan.model import Plan
from careplan.source import Source, Span

Check = Callable[[Context], Iterator[Diagnostic]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the modules' names."""
    names = [name for folder in __path__ for name in modules_in(folder)]
    return tuple(import_module(f"{__name__}.{name}").check for name in names)


def run_checks(
    plan: Plan,
    complete: bool = True,
    sources: Mapping[str, Source] | None = None,
    faults: Sequence[Diagnostic] = (),
    partial: bool = False,
) -> list[Diagnostic]:
    """What the checks find in a plan.

    `complete` is False where the text had faults before, or is a library: then nothing is concluded about
    the whole from what is missing, and about a block only where it has none of the `faults`; about no block
    at all where the plan is `partial`, that is, where sentences could not be read. `sources`, the texts by
    file name, are needed for fixes that move lines. Nothing more is said about the places of `faults`, nor
    about a phase that says something twice, for it may be two of which one has lost its header.
    """
    context = Context(plan, complete, sources or {}, faults, partial)
    found = [diagnostic for check in all_checks() for diagnostic in check(context)]
    return _apart_from(plan, found, faults) if faults else found


def _apart_from(plan: Plan, found: list[Diagnostic], faults: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What was found in places that no fault has touched."""
    starts = sorted((phase.span.file, phase.span.start) for phase in plan.phases)

    def block(span: Span) -> int:
        return bisect_right(starts, (span.file, span.start))

    doubled = {block(fault.span) for fault in faults if fault.name == "repeated-line"}
    wrong = sorted((f.span.file, f.span.start, f.span.end) for f in faults if f.severity is Severity.ERROR)
    return [d for d in found if block(d.span) not in doubled and not _touches(d.span, wrong)]


def _touches(span: Span, others: list[tuple[str, int, int]]) -> bool:
    """Whether the place has a part in common with one of `others`, which are in order."""
    at = bisect_right(others, (span.file, span.end, 0))
    return any(file == span.file and end > span.start for file, _, end in others[max(at - 2, 0) : at])
