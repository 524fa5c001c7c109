"""From the grammar to the tables that careplan's parser reads: run `python -m careplan.language.generate`.

Lark analyses the grammar and builds its LALR tables; here they are brought into a compact, canonical form
(states numbered in breadth-first order), which ships with the package. Reading it takes a few
milliseconds, building it anew about half a second.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from careplan.language.grammar import fingerprint, grammar_text

LINE_BLOCKS = (
    "plan", "source", "fact", "measure", "event", "therapy", "formulary", "medication", "phase", "anytime",
    "outcome", "goal", "claim", "scenario",
)  # fmt: skip
START_RULES = ("start", "header", *(f"{block}_line" for block in LINE_BLOCKS))
_DOC = re.compile(r"^// (?P<doc>.+)\n[!?]*(?P<rule>[a-z_]+):", re.MULTILINE)


def build_tables(grammar: str) -> dict[str, Any]:
    """The tables of `grammar`, as plain JSON values."""
    from lark import Lark

    lark = Lark(
        grammar, parser="lalr", start=list(START_RULES), maybe_placeholders=True, propagate_positions=True
    )
    table = lark.parser.parser._parse_table
    order = _breadth_first(table)
    rules = sorted({id(r): r for r in _rules(table)}.values(), key=_rule_key)
    rule_number = {id(rule): number for number, rule in enumerate(rules)}
    states = []
    for state in order:
        actions = {}
        for symbol in sorted(table.states[state]):
            action, argument = table.states[state][symbol]
            is_shift = action.name == "Shift"
            actions[symbol] = order[argument] if is_shift else -1 - rule_number[id(argument)]
        states.append(actions)
    return {
        "grammar": fingerprint(grammar),
        "starts": {name: order[table.start_states[name]] for name in START_RULES},
        "ends": {name: order[table.end_states[name]] for name in START_RULES},
        "words": {t.pattern.value: t.name for t in lark.terminals if t.pattern.type == "str"},
        "patterns": [[t.name, t.pattern.value] for t in _patterns(lark)],
        "rules": [_rule(rule) for rule in rules],
        "docs": {m["rule"]: m["doc"] for m in _DOC.finditer(grammar)},
        "states": states,
    }


def _patterns(lark: Any) -> list[Any]:
    regular = [t for t in lark.terminals if t.pattern.type == "re" and t.name not in lark.ignore_tokens]
    return sorted(regular, key=lambda t: (-t.priority, t.name))


def _breadth_first(table: Any) -> dict[int, int]:
    order = {state: number for number, state in enumerate(table.start_states[name] for name in START_RULES)}
    queue = list(order)
    for state in queue:
        for symbol in sorted(table.states[state]):
            action, argument = table.states[state][symbol]
            if action.name == "Shift" and argument not in order:
                order[argument] = len(order)
                queue.append(argument)
    return order


def _rules(table: Any) -> list[Any]:
    return [
        argument
        for actions in table.states.values()
        for action, argument in actions.values()
        if action.name == "Reduce"
    ]


def _rule_key(rule: Any) -> tuple[str, list[str], str]:
    return rule.origin.name, [symbol.name for symbol in rule.expansion], rule.alias or ""


def _rule(rule: Any) -> list[Any]:
    """[origin, name, length, slots, expand]: a slot is [index, inline], or None where nothing was written."""
    keep_all = rule.options.keep_all_tokens
    slots: list[list[Any] | None] = []
    empty = list(rule.options.empty_indices) or [False] * len(rule.expansion)
    at = 0
    for is_empty in empty:
        if is_empty:
            slots.append(None)
            continue
        symbol = rule.expansion[at]
        if keep_all or not (symbol.is_term and symbol.filter_out):
            slots.append([at, not symbol.is_term and symbol.name.startswith("_")])
        at += 1
    expand = bool(rule.options.expand1 and not rule.alias)
    return [rule.origin.name, rule.alias or rule.origin.name, len(rule.expansion), slots, expand]


def main() -> None:
    """Write the tables beside this module."""
    target = Path(__file__).with_name("tables.json")
    text = json.dumps(build_tables(grammar_text()), separators=(",", ":"), ensure_ascii=False)
    target.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
