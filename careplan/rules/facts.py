"""The numbers that rules compare with: one reviewed table, each number with its source and how sure it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from careplan.plan.levels import published_hours

CONFIRM = "to be confirmed against the primary text"


class Fact(NamedTuple):
    """A published number: `value` in `unit`, where it was read, and the mark of its verification.

    `mark` is "verified", or "located" where the right primary text is known and its passage was not read:
    then the rule's page says so, and the rule is a warning at most.
    """

    name: str
    value: float
    unit: str
    source: str
    url: str
    mark: str

    @property
    def credit(self) -> str:
        """The source in words, with what is to be confirmed."""
        return self.source if self.mark == "verified" else f"{self.source} ({CONFIRM})"


@cache
def facts() -> dict[str, Fact]:
    """Every number by its name, with the hours of the levels of care (`level-2.1.adults.at-least`)."""
    raw = json.loads(Path(__file__).with_name("facts.json").read_bytes())
    return {name: Fact(name, **fields) for name, fields in raw.items()} | dict(_hours())


def _hours() -> Iterator[tuple[str, Fact]]:
    for level, people, hours in published_hours():
        ends = {"at-least": hours.low, "below" if hours.below else "at-most": hours.high}
        for end, value in ends.items():
            if value:
                name = f"level-{level}.{people}.{end}"
                yield name, Fact(name, value, "hours a week", hours.credit, hours.source, hours.mark)


def fact(name: str) -> Fact:
    """The number of that name; KeyError if there is none."""
    return facts()[name]
