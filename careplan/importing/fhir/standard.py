"""What the standard library has for a code: its measures and the drugs of its formulary."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from careplan.language import nodes as syntax
from careplan.plan.build.standard import FORMULARY, library_tree

MEASURES = "library/measures"


@cache
def _by_code(file: str) -> dict[tuple[str, str], str]:
    """The names of a library's blocks by their codes; a code of several names is none's."""
    tree = library_tree(file)
    found: dict[tuple[str, str], str] = {}
    several: set[tuple[str, str]] = set()
    for block in tree.blocks if tree is not None else ():
        header = block.header.node if block.header is not None else None
        name = getattr(getattr(header, "name", None), "text", "")
        for line in block.lines:
            if isinstance(line.node, syntax.Code):
                key = (line.node.system.text, line.node.value.text)
                if found.setdefault(key, name) != name:
                    several.add(key)
    return {key: name for key, name in found.items() if key not in several}


def measure_of(codes: Iterable[tuple[str, str]]) -> str | None:
    """The measure of the standard library with one of these codes; None if there is none."""
    known = _by_code(MEASURES)
    return next((known[code] for code in codes if code in known), None)


def drug_with(codes: Iterable[tuple[str, str]]) -> str | None:
    """The drug of the formulary with one of these codes; None if there is none, or if they disagree."""
    known = _by_code(FORMULARY)
    names = {known[code] for code in codes if code in known}
    return names.pop() if len(names) == 1 else None


@cache
def drug_names() -> frozenset[str]:
    """Every drug of the formulary."""
    tree = library_tree(FORMULARY)
    headers = (
        [block.header.node for block in tree.blocks if block.header is not None] if tree is not None else []
    )
    return frozenset(node.name.text for node in headers if isinstance(node, syntax.FormularyHeader))
