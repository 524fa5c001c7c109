"""The pages of the diagnostics, read for the tests, and the names that the source raises."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import careplan

PACKAGE = Path(careplan.__file__).parent
PAGES = PACKAGE / "pages"
NAME = re.compile(r"[a-z]+(-[a-z]+)*")
FENCE = re.compile(r"^```careplan (bad|good)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RAISERS = ("error", "warning", "note", "fault", "_say", "Diagnostic")
TABLES = ("_KINDS", "SPELLING")
"""Tables of the source whose words are names of diagnostics."""

SHOWN = {"␍": "\r", "␉": "\t", "⍽": "\u00a0", "␀": "\u200b", "␂": "\ufeff"}
"""Characters that nobody sees, and the signs that stand for them on the pages."""


class Page(NamedTuple):
    """One page: the severity that it names, and its plans."""

    name: str
    text: str
    severity: str
    bad: tuple[str, ...]
    good: tuple[str, ...]


def read_pages() -> list[Page]:
    """Every page, by name."""
    return [_page(path) for path in sorted(PAGES.glob("*.md"))]


def _page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    severity = re.search(r"^severity: (error|warning|note)$", text, re.MULTILINE)
    assert severity, f"{path.name} names no severity"
    plans: dict[str, list[str]] = {"bad": [], "good": []}
    for kind, plan in FENCE.findall(text):
        for sign, character in SHOWN.items():
            plan = plan.replace(sign, character)
        plans[kind].append(plan)
    return Page(path.stem, text, severity[1], tuple(plans["bad"]), tuple(plans["good"]))


def raised_names(folder: str = "") -> set[str]:
    """Every name that some call in the source, or in one folder of it, gives to a diagnostic."""
    return {name for path in (PACKAGE / folder).rglob("*.py") if _may_raise(path) for name in _names_in(path)}


def _may_raise(path: Path) -> bool:
    """Reports raise nothing; a rule's name is its module's, and its page its docstring."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] != "report" and not (parts[0] == "rules" and len(parts) > 2)


def _names_in(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _called(node) in RAISERS:
            found |= _constants(node.args[0])
        elif isinstance(node, ast.Assign) and _is_name(node.targets[0]):
            found |= _constants(node.value)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in TABLES:
            found |= {c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant)}
    return {name for name in found if NAME.fullmatch(name)}


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_name(target: ast.expr) -> bool:
    """Whether a diagnostic's name is put into a variable, alone or first of two."""
    if isinstance(target, ast.Tuple) and target.elts:
        return _is_name(target.elts[0])
    return isinstance(target, ast.Name) and target.id == "name"


def _constants(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) | _constants(node.orelse)
    if isinstance(node, ast.Tuple) and node.elts:
        return _constants(node.elts[0])
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()
