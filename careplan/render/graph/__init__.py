"""The state graph of a plan: its phases, the ways between them, and how a stay can end."""

from __future__ import annotations

from careplan.plan.model import Plan
from careplan.render.graph.content import Detail


def graph_svg(plan: Plan, detail: Detail = "summary") -> str:
    """The state graph as SVG; raises RenderError if no Graphviz engine is installed."""
    from careplan.render.graph.content import graph_content
    from careplan.render.graph.dot import dot_text
    from careplan.render.graph.dress import dressed
    from careplan.render.graph.sizes import labels_of
    from careplan.render.layout_engine import dot_to_svg

    content = graph_content(plan, detail)
    labels = labels_of(content)
    return dressed(dot_to_svg(dot_text(content, labels)), content, labels)


def graph_dot(plan: Plan, detail: Detail = "summary") -> str:
    """The state graph as DOT text, for Graphviz."""
    from careplan.render.graph.content import graph_content
    from careplan.render.graph.dot import dot_text
    from careplan.render.graph.sizes import labels_of

    content = graph_content(plan, detail)
    return dot_text(content, labels_of(content), title=content.title)


__all__ = ["Detail", "graph_dot", "graph_svg"]
