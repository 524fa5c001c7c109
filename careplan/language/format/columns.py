"""Lines of one kind, one under the other, as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from careplan.language import nodes
from careplan.language.format.breaking import spaced
from careplan.language.nodes import Node, Token
from careplan.language.parser import Sentence

STICKS_OUT = 12
"""How many characters a cell may be longer than the middle one of its column and still set its width."""
TITLE_STICKS_OUT = 24
"""The same for a title in quotes."""


class Cell(NamedTuple):
    """A part of a line; `right` where numbers stand one under the other."""

    text: str
    right: bool = False


class Table(NamedTuple):
    """A line as a row: rows with the same `kind` that follow one another are aligned."""

    kind: str
    cells: list[Cell]


def table_row(sentence: Sentence, texts: list[str]) -> Table | None:
    """The sentence as a row of a table, if sentences of its kind read well as one."""
    node = sentence.node
    cut = _CUTS.get(type(node)) if node is not None else None
    if cut is None:
        return None
    kind, cuts, numbers = cut(node)
    places = {token.start: index for index, token in enumerate(sentence.tokens)}
    right = {places[start] for start in numbers}
    # A number that stands to the right is a cell by itself.
    bounds = sorted([*(places[start] for start in cuts), *{0, *right, *(at + 1 for at in right), len(texts)}])
    cells = [Cell(spaced(texts[a:b]), a in right) for a, b in pairwise(bounds)]
    return Table(kind, cells)


def aligned(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The rows as lines of text. A row with a much longer cell runs on by itself from there."""
    lines = ["" for _ in rows]
    in_step = [True for _ in rows]
    for column in range(max(map(len, rows))):
        width = _width([row[column:] for row, on in zip(rows, in_step, strict=True) if on and row[column:]])
        for number, row in enumerate(rows):
            if column >= len(row):
                continue
            cell = row[column]
            text = cell.text
            if in_step[number]:
                text = text.rjust(width) if cell.right else text.ljust(width)
                in_step[number] = len(cell.text) <= width
            lines[number] += f" {text}" if column and text else text
    return [line.rstrip() for line in lines]


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """The width of the first column of `rows`, for which words at the end of a row do not count."""
    cells = [row[0] for row in rows if len(row) > 1 or row[0].right]
    lengths = [len(cell.text) for cell in cells]
    slack = TITLE_STICKS_OUT if any(cell.text.startswith('"') for cell in cells) else STICKS_OUT
    return max((n for n in lengths if n <= median_low(lengths) + slack), default=0)


# ------------------------------------------------------------------ where the lines of each kind are cut

Cut = tuple[str, list[int], list[int]]
"""The kind of table, the offsets at which its further cells begin, and those of its numbers."""


def _starts(*parts: Node | Token | None) -> list[int]:
    """Where those of the parts begin that are written."""
    return [part.start for part in parts if part is not None and part.end > part.start]


def _service(node: nodes.ServiceNode) -> Cut:
    return "service", _starts(node.frequency, node.modifiers), []


def _assess(node: nodes.Assess) -> Cut:
    return "assess", _starts(node.moments), []


def _monitor(node: nodes.MonitorNode) -> Cut:
    return "monitor", _starts(node.moments), []


def _dose(node: nodes.Dose) -> Cut:
    return "dose", _starts(node.amount, node.frequency, node.run), []


def _band(node: nodes.Band) -> Cut:
    # Without a title, there is an empty cell in its place.
    return "band", _starts(node.title or node.low), _starts(node.low, node.high)


def _code(node: nodes.Code) -> Cut:
    return "code", _starts(node.value, node.title), []


def _take_home(node: nodes.TakeHomeNode) -> Cut:
    return "take-home", [], _starts(node.supply, node.first, node.last)


def _header(node: nodes.FactHeader | nodes.MeasureHeader | nodes.EventHeader) -> Cut:
    kind = node.kind if isinstance(node, (nodes.FactHeader, nodes.MeasureHeader)) else None
    return type(node).__name__, _starts(node.title, kind), []


_CUTS: dict[type[Node], Callable[..., Cut]] = {
    nodes.ServiceNode: _service,
    nodes.Assess: _assess,
    nodes.MonitorNode: _monitor,
    nodes.Dose: _dose,
    nodes.Band: _band,
    nodes.Code: _code,
    nodes.TakeHomeNode: _take_home,
    nodes.FactHeader: _header,
    nodes.MeasureHeader: _header,
    nodes.EventHeader: _header,
    nodes.SourceHeader: _header,
    nodes.OutcomeHeader: _header,
}
