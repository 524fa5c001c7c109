"""The parser's tables, read once per process; made anew by Lark only where the grammar has been edited."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from careplan.language.nodes import Node, node_classes

END = "$END"


class Rule(NamedTuple):
    """What a reduction does: `maker` is a node class, PASS or INLINE; see `Engine`."""

    origin: str
    length: int
    slots: tuple[tuple[int, bool] | None, ...]
    maker: type[Node] | None
    passes: int  # the index of the child that stands for the whole, or -1
    variadic: bool


class Tables(NamedTuple):
    """LALR(1) tables: `states[n][symbol]` is a state to go to, or -1 - r for a reduction by rule r."""

    starts: dict[str, int]
    ends: dict[str, int]
    words: dict[str, str]  # a keyword or sign, to the name of its terminal
    patterns: dict[str, str]  # a terminal's name, to its regular expression
    rules: tuple[Rule, ...]
    docs: dict[str, str]  # a rule, to the comment above it in the grammar: most often an example
    states: list[dict[str, int]]


@cache
def tables() -> Tables:
    """The tables of this installation's grammar."""
    raw = _shipped() or _built()
    classes = node_classes()
    rules = tuple(_rule(entry, classes) for entry in raw["rules"])
    patterns = dict(raw["patterns"])
    return Tables(raw["starts"], raw["ends"], raw["words"], patterns, rules, raw["docs"], raw["states"])


def _shipped() -> dict[str, Any] | None:
    """The tables beside this module, if they were made from the grammar as it now is."""
    from careplan.language.grammar import fingerprint, grammar_text

    raw: dict[str, Any] = json.loads(Path(__file__).with_name("tables.json").read_bytes())
    return raw if raw["grammar"] == fingerprint(grammar_text()) else None


def _built() -> dict[str, Any]:
    from careplan.language.generate import build_tables
    from careplan.language.grammar import grammar_text

    return build_tables(grammar_text())


def _rule(entry: list[Any], classes: dict[str, Any]) -> Rule:
    origin, name, length, slots, expand = entry
    slots = tuple(None if slot is None else (slot[0], slot[1]) for slot in slots)
    maker = classes.get(name)
    single = expand and len(slots) == 1 and slots[0] is not None and not slots[0][1]
    return Rule(
        origin,
        length,
        slots,
        maker,
        slots[0][0] if single else -1,
        bool(maker is not None and maker.variadic),
    )
