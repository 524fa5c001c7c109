"""A state graph as DOT, with sizes of our own measuring.

The label of an arrow is a node of its own, which the arrow runs through: so it is clear which arrow it
belongs to, and Graphviz keeps everything else clear of it. An arrow upwards is written downwards and drawn
backwards, so that levels of care alone decide what stands above what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from careplan.render.graph.content import Arrow, Box, BoxKind, GraphContent
from careplan.render.graph.look import ARROWS, AT_END_TAIL, BOXES, fill_of
from careplan.render.graph.sizes import Lines, label_id, printable
from careplan.render.text import FONT_FAMILY
from careplan.render.timeline.style import INK

if TYPE_CHECKING:
    from graphviz import Digraph

DOTS_PER_INCH = 72
MORE_WIDTH: dict[BoxKind, float] = {"unplanned": 8.0}  # for the cut corners


def dot_text(content: GraphContent, labels: Mapping[str, Lines], title: str | None = None) -> str:
    """The DOT text of measured boxes and labels; a `title` stands above the graph."""
    from graphviz import Digraph

    graph = Digraph(
        "state graph",
        graph_attr={"nodesep": "0.3", "ranksep": "0.25", "nslimit": "2", "fontname": FONT_FAMILY},
        node_attr={"fontname": FONT_FAMILY, "fontcolor": INK, "fixedsize": "true"},
        edge_attr={"fontname": FONT_FAMILY, "arrowsize": "0.9"},
    )
    if title is not None:
        graph.attr(label=_escaped([title], "\\n"), labelloc="t", fontsize="16", fontcolor=INK)
    for box in content.boxes:
        _add_box(graph, box, labels[box.id])
    _add_rows(graph, content)
    heights = _heights(content)
    for arrow in content.arrows:
        _add_arrow(graph, arrow, labels.get(label_id(arrow)), heights)
    return str(graph.source)


def _add_box(graph: Digraph, box: Box, lines: Lines) -> None:
    look = dict(BOXES[box.kind])
    if box.kind == "phase":
        look["fillcolor"] = fill_of(box.level)
    wider = MORE_WIDTH.get(box.kind, 0.0)
    centred = box.kind in ("planned", "unplanned", "outcome")
    _add_node(graph, box.id, lines, look, wider, "\\n" if centred else "\\l")


def _add_node(
    graph: Digraph, id_: str, lines: Lines, look: Mapping[str, str], wider: float = 0.0, end: str = "\\l"
) -> None:
    size = {"width": _inches(lines.width + wider), "height": _inches(lines.height)}
    label, margin = _escaped(lines.lines, end), _inches(lines.pad)
    graph.node(id_, label=label, id=id_, margin=margin, fontsize=f"{lines.style.size:g}", **size, **look)


def _add_rows(graph: Digraph, content: GraphContent) -> None:
    for row in content.rows:
        with graph.subgraph() as same:
            same.attr(rank="same")
            for id_ in row:
                same.node(id_)
    for above, below in zip(content.rows, content.rows[1:], strict=False):
        graph.edge(above[0], below[0], style="invis", weight="0")
    ends = [box.id for box in content.boxes if box.kind in ("planned", "unplanned", "outcome")]
    if ends:
        with graph.subgraph() as last:
            last.attr(rank="sink")
            for id_ in ends:
                last.node(id_)


def _heights(content: GraphContent) -> dict[str, int]:
    """How far up each box stands: front doors above the phases, `At any time` below them, outcomes last."""
    kinds = {"door": len(content.rows) + 2, "anytime": 1}
    heights = {box.id: kinds.get(box.kind, 0) for box in content.boxes}
    for number, row in enumerate(content.rows):
        heights.update(dict.fromkeys(row, len(content.rows) + 1 - number))
    return heights


def _add_arrow(graph: Digraph, arrow: Arrow, lines: Lines | None, heights: dict[str, int]) -> None:
    look = dict(ARROWS[arrow.kind])
    head = look.pop("head")
    if lines is None:
        graph.edge(arrow.source, arrow.target, id=f"{arrow.id}-a", arrowhead=head, weight="4", **look)
        return
    tail = AT_END_TAIL if arrow.at_end else "none"
    label = label_id(arrow)
    _add_node(graph, label, lines, {"shape": "plaintext"})
    ends = {"dir": "both", **look}
    if heights[arrow.source] < heights[arrow.target]:
        graph.edge(label, arrow.source, id=f"{arrow.id}-a", arrowhead=tail, arrowtail="none", **ends)
        graph.edge(arrow.target, label, id=f"{arrow.id}-b", arrowtail=head, arrowhead="none", **ends)
    else:
        graph.edge(arrow.source, label, id=f"{arrow.id}-a", arrowtail=tail, arrowhead="none", **ends)
        graph.edge(label, arrow.target, id=f"{arrow.id}-b", arrowhead=head, arrowtail="none", **ends)


def _inches(pixels: float) -> str:
    return f"{pixels / DOTS_PER_INCH:.3f}"


def _escaped(lines: tuple[str, ...] | list[str], end: str) -> str:
    """Lines of a label in which nothing means more than itself: no escapes, no entities, no HTML."""
    from graphviz import nohtml

    safe = [printable(line).replace("\\", "\\\\").replace("&", "&amp;") for line in lines]
    return str(nohtml(end.join(safe) + (end if end == "\\l" else "")))
