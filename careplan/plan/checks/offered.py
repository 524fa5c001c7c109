"""Conditions that count sessions which a phase does not offer."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.plan.context import Context
from careplan.plan.model import Phase, ServiceLine, Test
from careplan.plan.places import Place
from careplan.plan.slots import most_sessions
from careplan.plan.words import condition_words, listed

COUNTS = ("attendance", "sessions", "missed")


def check(context: Context) -> Iterator[Diagnostic]:
    """Attendance and sessions are counted in the visit: only what the phase offers can be attended."""
    for place in context.places:
        for test in place.tests:
            if test.subject in COUNTS:
                yield from _test(context, place, test)
    for phase in context.plan.phases:
        for line in phase.services:
            after = line.after_sessions
            missing = after is not None and after.service not in context.offered[phase.name]
            if after is not None and missing and context.is_whole(phase):
                yield warning(
                    "service-not-offered",
                    f"`{line.service}` waits for `{after.service}`, which `{phase.name}` does not offer",
                    after.span,
                    help=f"add to `{phase.name}` a line such as `{after.service} weekly`",
                )


def _test(context: Context, place: Place, test: Test) -> Iterator[Diagnostic]:
    phases = [context.phases[name] for name in place.phases if name in context.phases]
    if test.since_admission or not phases:
        phases = list(context.plan.phases)
    if not context.is_whole(*phases):
        return
    if not any(_offers(context, phase, test) for phase in phases):
        what = f"session of `{test.name}`" if test.name else "therapy session"
        names = [f"`{phase.name}`" for phase in phases]
        where = listed(names, "or") if len(names) <= 3 else "any of the phases"
        line = f"{test.name or 'individual'} weekly"
        yield warning(
            "service-not-offered",
            f"`{condition_words(test)}` can never hold: no {what} is planned in {where}",
            test.span,
            help=f"add to `{phases[0].name}` a line such as `{line}`" if phases else "",
        )
    elif len(phases) == 1 and test.subject in ("sessions", "missed") and not test.since_admission:
        yield from _too_many(context, phases[0], test)


def _offers(context: Context, phase: Phase, test: Test) -> bool:
    if test.name is not None:
        return test.name in context.offered[phase.name]
    return bool(_counted(context, phase, test))


def _counted(context: Context, phase: Phase, test: Test) -> list[ServiceLine]:
    """The lines whose sessions the test counts."""
    if test.name is not None:
        return [line for line in phase.services if line.service == test.name]
    kinds = ("therapy",) if test.subject != "sessions" else ("therapy", "support")
    return [
        line
        for line in phase.services
        if not line.encouraged
        and line.service in context.services
        and context.services[line.service].kind in kinds
    ]


def _too_many(context: Context, phase: Phase, test: Test) -> Iterator[Diagnostic]:
    lines = _counted(context, phase, test)
    if phase.longest is None or not isinstance(test.value, float | int) or test.operator not in (">=", ">"):
        return
    offered = context.offered[phase.name]
    if any(x.after_sessions is not None and x.after_sessions.service not in offered for x in lines):
        return  # what they wait for is missing, which is told
    if any(line.frequency.kind in ("as-needed", "throughout") for line in lines):
        return
    most = sum(most_sessions(context.plan, phase, line) for line in lines)
    if test.value + (test.operator == ">") > most:
        yield warning(
            "count-out-of-reach",
            f"`{condition_words(test)}` can never hold: `{phase.name}` offers at most {most}",
            test.span,
            help="ask for fewer sessions, or offer more",
        )
