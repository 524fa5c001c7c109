"""The sessions of a curriculum that the phases offer."""

from __future__ import annotations

from typing import NamedTuple

from careplan.plan.model import Phase, Service, ServiceLine
from careplan.plan.totals import line_range
from careplan.plan.weeks import Count, line_weeks
from careplan.rules.context import RuleContext

OPEN = ("as-needed", "throughout")


class Held(NamedTuple):
    """A line of a service in a phase: its sessions in a stay of the minimum, and in the longest one.

    `most` is None where there is no longest one. `weeks`: the sessions of each full week, week 1 first.
    """

    phase: Phase
    line: ServiceLine
    least: int
    most: int | None
    weeks: list[Count]


def sessions_offered(context: RuleContext, service: Service) -> list[Held]:
    """Every line of the service; none at all where their number is open, or differs from one to another."""
    plan = context.plan
    lines = [(p, line) for p in plan.phases for line in p.services if line.service == service.name]
    if any(line.frequency.kind in OPEN or line.if_facts or line.after_sessions for _, line in lines):
        return []
    return [
        Held(phase, line, *line_range(plan, phase, line), line_weeks(plan, phase, line))
        for phase, line in lines
    ]
