"""Identifiers of boxes: plain letters, whatever the names in the plan are made of."""

from __future__ import annotations

import re

from careplan.plan.model import Plan

PLAIN = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class Ids:
    """The box ids of a plan's phases and outcomes, such as `phase-iop`."""

    def __init__(self, plan: Plan) -> None:
        groups = (("phase", plan.phases), ("outcome", plan.outcomes))
        self._by_name = {
            element.name: f"{kind}-{_plain(element.name, number)}"
            for kind, elements in groups
            for number, element in enumerate(elements, start=1)
        }

    def of(self, name: str) -> str:
        """The id of the phase or outcome of that name; KeyError if there is none."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name


def _plain(name: str, number: int) -> str:
    # A name with other letters goes by its number; the low line keeps it apart from every plain name.
    return name if PLAIN.fullmatch(name) else f"_{number}"
