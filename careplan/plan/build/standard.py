"""The standard library: files in the language that ship with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from careplan.language.nodes import UseHeader
from careplan.language.parser import SyntaxTree, parse
from careplan.source import Source

PREFIX = "library/"
FORMULARY = "library/formulary"
_FOLDER = Path(__file__).resolve().parents[2] / "library"


def library_names() -> list[str]:
    """The `use` paths of the standard library."""
    return sorted(PREFIX + path.stem for path in _FOLDER.glob("*.careplan"))


@cache
def library_tree(path: str) -> SyntaxTree | None:
    """The syntax tree of a library file, named as `use` names it; None if there is no such file."""
    file = _FOLDER / (path.removeprefix(PREFIX) + ".careplan")
    if not path.startswith(PREFIX) or "/" in path.removeprefix(PREFIX) or not file.is_file():
        return None
    return parse(Source(f"{path}.careplan", file.read_text("utf-8")))[0]


def library_with(name: str, kind: str) -> str:
    """The `use` path of the library file that declares a `kind` called `name`, or ""."""
    if kind == "formulary":
        return ""
    for path in library_names():
        tree = library_tree(path)
        for block in tree.blocks if tree else ():
            header = block.header.node if block.header else None
            if header is not None and not isinstance(header, UseHeader) and _is(block.kind, kind):
                declared = getattr(header, "name", None)
                if declared is not None and declared.text == name:
                    return path
    return ""


def _is(kind: str, wanted: str) -> bool:
    services = ("therapy", "support")
    return kind == wanted or (kind in services and wanted in services)
