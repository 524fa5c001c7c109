"""The names that conditions use, where a lane's title does not already say them."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Condition, Named, Plan, tests_of


def names_in_conditions(plan: Plan) -> frozenset[str]:
    """Every measure, service and medication that some condition in the picture names."""
    return frozenset(
        test.name
        for condition in _conditions(plan)
        for test in tests_of(condition)
        if test.name and test.subject != "fact"
    )


def _conditions(plan: Plan) -> Iterator[Condition | None]:
    for phase in plan.phases:
        yield from (way.when for way in (*phase.exits, *phase.at_end))
        for line in (*phase.services, *phase.assessments):
            yield from (line.while_, line.when, line.after)
    yield from (way.when for block in plan.anytime for way in block.exits)
    for medication in plan.medications:
        yield medication.start.when if medication.start else None
        yield from (medication.stop_when, *medication.holds)


def called(element: Named, named: frozenset[str]) -> list[str]:
    """`called uds`, for an element that conditions name and whose title does not tell its name."""
    words, title = element.name.replace("-", " "), element.label.replace("-", " ").lower()
    return [f"called {element.name}"] if element.name in named and words not in title else []
