"""The numbers that rules compare with: one reviewed table, each number with its source and how sure it is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
    """Every number by its name."""
    raw = json.loads(Path(__file__).with_name("facts.json").read_bytes())
    return {name: Fact(name, **fields) for name, fields in raw.items()}


def fact(name: str) -> Fact:
    """The number of that name; KeyError if there is none."""
    return facts()[name]
