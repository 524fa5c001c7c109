"""Stays for the tests of exports: every example on its expected path, in Chicago, over a change of clocks."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import careplan
from careplan.plan.facts import FactValue
from careplan.plan.model import Fact, Plan
from careplan.stay.schedule.occurrence import Occurrence
from careplan.stay.schedule.sessions import sessions

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.careplan"))
START, ZONE = date(2026, 3, 2), "America/Chicago"


class DatedStay(NamedTuple):
    """A plan and the occurrences of one stay."""

    plan: Plan
    found: list[Occurrence]


@cache
def stay(name: str = "oud-step-down", zone: str | None = ZONE, holidays: bool = False) -> DatedStay:
    """The stay of that example; `holidays`: with two closed days, from which sessions are moved."""
    plan = careplan.load(ROOT / f"examples/{name}.careplan")
    facts = {fact.name: _first(fact) for fact in plan.facts}
    closed = {date(2026, 3, 11): "Closed", date(2026, 4, 3): "Good Friday"} if holidays else None
    return DatedStay(plan, sessions(plan, START, facts, zone, holidays=closed, on_holiday="move"))


def _first(fact: Fact) -> FactValue:
    return fact.domain.values[0] if fact.domain.values else float(fact.domain.low or 0)
