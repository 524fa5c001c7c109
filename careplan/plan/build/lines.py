"""What the lines of every block have in common: notes, citations, codes, and lines said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from careplan.diagnostics import Label
from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.context import Context
from careplan.plan.model import Cite, Code

Handler = Callable[[Context, Any], Any]


def header_fields(
    context: Context, block_lines: Iterable[Node], name: Token, title: Token | None
) -> dict[str, Any]:
    """The fields that every named element has."""
    return {"name": name.text, "title": context.text(title), **common_fields(context, block_lines)}


def common_fields(context: Context, block_lines: Iterable[Node]) -> dict[str, Any]:
    """The notes, citations and codes of a block; fields that nothing was said for are left out."""
    notes: list[str] = []
    cites: list[Cite] = []
    codes: list[Code] = []
    for node in block_lines:
        if isinstance(node, syntax.Note):
            notes.append(context.text(node.text) or "")
        elif isinstance(node, syntax.Cite):
            source = context.refer(node.source, "source")
            if source is not None:
                cites.append(context.make(Cite, node, source=source, where=context.text(node.where)))
        elif isinstance(node, syntax.Code):
            codes.append(_code(context, node))
    fields = {"notes": tuple(notes), "cites": tuple(cites), "codes": tuple(codes)}
    return {name: values for name, values in fields.items() if values}


def _code(context: Context, node: syntax.Code) -> Code:
    value = node.value.text.strip('"')
    return context.make(Code, node, system=node.system.text, value=value, title=context.text(node.title))


def by_class(nodes: Iterable[Node]) -> dict[type[Node], list[Any]]:
    """The lines of a block by their class, in order."""
    found: dict[type[Node], list[Any]] = {}
    for node in nodes:
        found.setdefault(type(node), []).append(node)
    return found


def only(context: Context, found: dict[type[Node], list[Any]], *classes: type[Node]) -> Any | None:
    """The one line of `classes`, or None; reports a second one."""
    nodes = [node for cls in classes for node in found.get(cls, ())]
    if len(nodes) > 1:
        nodes.sort(key=lambda node: node.start)
        for extra in nodes[1:]:
            context.fault(
                "repeated-line",
                "this block says this twice",
                extra,
                related=(Label(context.span(nodes[0]), "said here first"),),
                help="keep one of the two lines",
            )
    return nodes[0] if nodes else None


def all_words(context: Context, found: dict[type[Node], list[Any]], cls: type[Node]) -> tuple[str, ...]:
    """The words of every line of `cls`."""
    nodes = found.get(cls)
    return tuple(w for node in nodes for w in context.words(node.words.items)) if nodes else ()
