"""Reads the tokens of one sentence with Lark's LALR tables, and builds its node.

The trees are those that Lark builds from the same grammar (a test compares them); this driver is leaner,
and it can be asked what would have been accepted where a sentence went wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from careplan.language.nodes import Node, Token
from careplan.language.tables import END, Rule, Tables

DEPTH = 120
"""How many parser states deep a sentence may nest; each open parenthesis and each `not` is one."""


class Failure(NamedTuple):
    """The sentence cannot go on at token number `at` (its length: at its end); `stack` is the parser's."""

    at: int
    stack: list[int]


def read_sentence(tables: Tables, tokens: Sequence[Token], rule: str) -> Node | Failure:
    """The node of `tokens` read as `rule`, or where that failed."""
    states, rules, words = tables.states, tables.rules, tables.words
    end_state = tables.ends[rule]
    stack = [tables.starts[rule]]
    values: list[Any] = []
    starts: list[int] = []
    ends: list[int] = []
    last = len(tokens)
    at = 0
    while True:
        actions = states[stack[-1]]
        if at < last:
            token = tokens[at]
            kind = token[0]
            action = actions.get(words.get(token[1], kind)) if kind == "NAME" or kind == "SIGN" else None
            if action is None:
                action = actions.get(kind)
        else:
            action = actions.get(END)
        if action is None:
            return Failure(at, stack)
        if action >= 0:
            if len(stack) > DEPTH:
                return Failure(at, stack)
            stack.append(action)
            values.append(token)
            starts.append(token[2])
            ends.append(token[3])
            at += 1
            continue
        reduction = rules[-1 - action]
        length = reduction.length
        if length == 1 and reduction.passes == 0:  # `?rule: other`: the value stays, the state changes
            state = states[stack[-2]][reduction.origin]
            if at == last and state == end_state and len(stack) == 2:
                return values[0]  # type: ignore[no-any-return]
            stack[-1] = state
            continue
        if length:
            start, end = starts[-length], ends[-1]
            value = _value(reduction, values[-length:], start, end)
            del stack[-length:], values[-length:], starts[-length:], ends[-length:]
        else:
            start = end = ends[-1] if ends else 0
            value = _value(reduction, [], start, end)
        state = states[stack[-1]][reduction.origin]
        if at == last and state == end_state and len(stack) == 1:
            return value  # type: ignore[no-any-return]
        stack.append(state)
        values.append(value)
        starts.append(start)
        ends.append(end)


def _value(rule: Rule, children: list[Any], start: int, end: int) -> Any:
    if rule.passes >= 0:
        return children[rule.passes]
    slots = rule.slots
    parts: list[Any] = []
    if rule.maker is None and slots and slots[0] is not None and slots[0][1]:
        parts = children[slots[0][0]]  # a list that grows: nobody else holds it
        slots = slots[1:]
    for slot in slots:
        if slot is None:
            parts.append(None)
        elif slot[1]:
            parts += children[slot[0]]
        else:
            parts.append(children[slot[0]])
    maker = rule.maker
    if maker is None:
        return parts
    if rule.variadic:
        return maker((start, end, tuple(parts)))
    return maker((start, end, *parts))


def accepted(tables: Tables, stack: list[int]) -> set[str]:
    """The terminals with which a sentence that failed with `stack` could really have gone on."""
    return {symbol for symbol in tables.states[stack[-1]] if _fits(tables, stack, symbol)}


def _fits(tables: Tables, stack: list[int], symbol: str) -> bool:
    """Whether `symbol`, a terminal, would in the end be shifted (or end the sentence)."""
    if not (symbol.isupper() or symbol in (END, "_COMMA") or symbol.startswith("__ANON")):
        return False
    stack = list(stack)
    ends = tables.ends.values()
    while True:
        action = tables.states[stack[-1]].get(symbol)
        if action is None:
            return False
        if action >= 0:
            return True
        rule = tables.rules[-1 - action]
        if rule.length:
            del stack[-rule.length :]
        state = tables.states[stack[-1]][rule.origin]
        stack.append(state)
        if symbol == END and state in ends and len(stack) == 2:
            return True
