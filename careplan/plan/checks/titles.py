"""Two scenarios with one title."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.model import Scenario


def check(context: Context) -> Iterator[Diagnostic]:
    """A report tells scenarios apart by their titles."""
    first: dict[str, Scenario] = {}
    for scenario in context.plan.scenarios:
        title = " ".join(scenario.title.lower().split())
        if title in first:
            yield warning(
                "same-title",
                f"two scenarios are called “{scenario.title}”",
                scenario.span,
                related=(Label(first[title].span, "the first of them"),),
                help="say in the title what is different about this one",
            )
        first.setdefault(title, scenario)
