"""Levels of care: their names by edition of the ASAM Criteria, their order, and published hours per week.

The table beside this file holds names of levels and numbers only, each number with the page it was read on.
A level without a number here has none that was read at a source.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from careplan.plan.model import Level, Phase, Plan


class HoursRange(NamedTuple):
    """Clinical hours per week of a level: at least `low`, at most `high` (None: no upper end).

    `below`: `high` itself is no longer in the range. `source` is where the number was read, `credit` its
    short name, `mark` how sure the number is.
    """

    low: float
    high: float | None
    below: bool
    source: str
    mark: str
    credit: str = ""

    @property
    def words(self) -> str:
        """The range in words: `9 to 19 h`, `20 h or more`, `under 9 h`."""
        if self.below:
            return f"under {self.high:g} h"
        if self.high is None:
            return f"{self.low:g} h or more"
        return f"{self.low:g} to {self.high:g} h"

    def holds(self, hours: float) -> bool:
        """Whether so many hours a week lie in the range."""
        if hours < self.low:
            return False
        if self.high is None:
            return True
        return hours < self.high if self.below else hours <= self.high


def hours_range(level: str, population: str | None, edition: str | None = None) -> HoursRange | None:
    """The published weekly hours of a level code for `adults` or `adolescents` (None: adults).

    `edition` is "3" or "4"; without one, the number that every edition asks for at least. None where no
    number was read at a source.
    """
    wanted = "adolescents" if _is_young(population) else "adults"
    for row in _table()["hours"]:
        known = edition is None or edition in row["editions"]
        if known and row["level"] == level and row["population"] == wanted:
            return _range(row)
    return None


def published_hours() -> list[tuple[str, str, HoursRange]]:
    """Every published range, with its level's code and the people (`adults`, `adolescents`) it is for."""
    return [(row["level"], row["population"], _range(row)) for row in _table()["hours"]]


def _range(row: dict[str, Any]) -> HoursRange:
    high = row.get("below", row.get("high"))
    low = row.get("low", 0.0)
    return HoursRange(low, high, "below" in row, row["source"], row["mark"], row["credit"])


def phase_range(plan: Plan, phase: Phase) -> HoursRange | None:
    """The published weekly hours that the phase's level asks for, for the plan's population and edition."""
    if phase.level is None:
        return None
    populations = plan.population or ("adults",)
    young = any(_is_young(p) for p in populations)
    if young and not all(_is_young(p) for p in populations):
        return None  # the two populations have different numbers
    return hours_range(phase.level.code, populations[0], edition_of(plan))


def edition_of(plan: Plan) -> str | None:
    """The edition of the ASAM Criteria that the plan follows, "3" or "4"; None if it names none, or both."""
    named = {name.removeprefix("asam-")[:1] for name in plan.follows if name.startswith("asam-")}
    return named.pop() if len(named) == 1 else None


def level_rank(code: str) -> float:
    """Where a level stands from light (0) to intense (4 and more); -1 for a code that is not known."""
    row = _levels().get(code)
    if row is not None:
        return float(row["rank"])
    try:
        return float(code)
    except ValueError:
        return -1.0


def is_residential(code: str) -> bool:
    """Whether people on this level live at the programme."""
    row = _levels().get(code)
    return bool(row["residential"]) if row is not None else 3.0 <= level_rank(code) <= 4.9


def level_name(code: str, edition: str | None = None) -> str | None:
    """The level's name in an edition; without one, its newest name. None for a code that is not known."""
    row = _levels().get(code)
    if row is None:
        return None
    names: dict[str, str] = row["names"]
    return names.get(edition) if edition else names[max(names)]


def is_in_edition(code: str, edition: str) -> bool | None:
    """Whether an edition has the level; None where that is not sure, or the code is not known."""
    row = _levels().get(code)
    if row is None or edition in row.get("unsure", ()):
        return None
    return edition in row["names"]


def names_in(code: str, edition: str) -> tuple[str, ...]:
    """The names of a level in an edition, shorter forms included."""
    row = _levels().get(code, {"names": {}})
    name = row["names"].get(edition)
    return (*([name] if name else []), *row.get("short", {}).get(edition, ()))


def level_title(plan: Plan, level: Level) -> str:
    """The code, its enhancements and its name in the plan's edition, such as `2.1 Intensive Outpatient`."""
    name = level_name(level.code, edition_of(plan))
    return " ".join([level.code, *level.enhancements, *([name] if name else [])])


def known_levels() -> tuple[str, ...]:
    """Every level code of the table, lightest first."""
    return tuple(sorted(_levels(), key=level_rank))


def _is_young(population: str | None) -> bool:
    return population is not None and population.lower().startswith(("adolescent", "youth", "teen"))


@cache
def _table() -> dict[str, Any]:
    text = Path(__file__).with_name("levels.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


@cache
def _levels() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in _table()["levels"]}
