"""Services whose length or size is missing or impossible."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.model import Service, ServiceLine
from careplan.plan.words import counted


def check(context: Context) -> Iterator[Diagnostic]:
    """A therapy that is given needs a length, and a group more than one place."""
    for service in context.plan.services:
        yield from _sizes(service)
    unmeasured: dict[str, ServiceLine] = {}
    for phase in context.plan.phases:
        for line in phase.services:
            if line.minutes is None and line.frequency.kind != "throughout":
                unmeasured.setdefault(line.service, line)
    for service in context.plan.services:
        needed = service.counted and service.name in unmeasured
        if service.minutes is None and needed and context.is_whole(service):
            yield _no_length(service, unmeasured[service.name])


def _no_length(service: Service, line: ServiceLine) -> Diagnostic:
    return warning(
        "service-without-length",
        f"nothing says how long `{service.name}` takes, so its clinical hours are unknown",
        service.span,
        help="add a line such as `length 90 min`; if its time is not clinical, `hours not counted`",
        related=(Label(line.span, "is given here"),),
    )


def _sizes(service: Service) -> Iterator[Diagnostic]:
    for choice in service.formats:
        if choice.high is None:
            continue
        if choice.kind == "individual":
            yield error(
                "group-size",
                f"`{service.name}` is individual, and {counted(choice.high, 'place')} are named",
                choice.span,
                help="write `format individual`, or `format group of 6 to 12`",
            )
        elif choice.high < 2:
            yield error(
                "group-size",
                f"`{service.name}` is a group of one",
                choice.span,
                help="name its size, such as `format group of 6 to 12`, or write `format individual`",
            )
