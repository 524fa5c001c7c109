"""Names that are declared and never used."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.plan.context import Context
from careplan.plan.model import Named, Plan

HELP = {
    "source": "point to it with a line such as `cite {name}`",
    "fact": "use it in a condition, such as the `if` of a service line",
    "measure": "take it in a phase with a line such as `assess {name} weekly`",
    "event": "use it in a condition, such as `step up to … when {name} within 1 day`",
    "therapy": "offer it in a phase with a line such as `{name} weekly`",
    "support": "offer it in a phase with a line such as `{name} weekly`",
    "drug": "use it in a medication with the line `drug {name}`",
}


def check(context: Context) -> Iterator[Diagnostic]:
    """What the plan's own file declares is used somewhere; what it takes from a library need not be.

    A scenario uses nothing: it only tells of what the plan uses. A condition of a claim does.
    """
    plan = context.plan
    if not context.complete or not plan.name:
        return
    cited = {cite.source for element in _named(plan) for cite in element.cites}
    cited |= {cite.source for scenario in plan.scenarios for cite in scenario.cites}
    tested = {test.name for place in context.places for test in place.tests}
    taken = set[str]().union(*context.assessed.values()) if context.assessed else set[str]()
    monitors = [m for course in plan.medications for m in course.monitors]
    monitors += [m for drug in plan.drugs for m in drug.monitors]
    watched = {what for monitor in monitors for what in monitor.what}
    given = set[str]().union(*context.offered.values()) if context.offered else set[str]()
    given |= {x.after_sessions.service for p in plan.phases for x in p.services if x.after_sessions}
    drugs = {course.drug for course in plan.medications}
    groups: tuple[tuple[str, tuple[Named, ...], set[str | None]], ...] = (
        ("source", plan.sources, {*cited}),
        ("fact", plan.facts, tested),
        ("measure", plan.measures, tested | taken | watched),
        ("event", plan.events, tested),
        ("drug", plan.drugs, {*drugs}),
    )
    for kind, elements, used in groups:
        for element in elements:
            if element.name not in used and context.is_own(element):
                yield _unused(kind, element.name, element)
    for service in plan.services:
        if service.name not in given | tested and context.is_own(service):
            yield _unused(service.kind, service.name, service)


def _named(plan: Plan) -> Iterator[Named]:
    yield plan
    yield from plan.facts
    yield from plan.measures
    yield from plan.events
    yield from plan.services
    yield from plan.drugs
    yield from plan.medications
    yield from plan.phases
    yield from plan.outcomes
    yield from plan.goals
    yield from plan.claims


def _unused(kind: str, name: str, element: Named) -> Diagnostic:
    return warning(
        "unused-name",
        f"the {kind} `{name}` is declared and never used",
        element.span,
        help=f"{HELP[kind].format(name=name)}, or remove it",
    )
