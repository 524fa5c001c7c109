"""The names of everything that can be found, and which of them nobody can silence."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from careplan.diagnostics import Severity
from careplan.pattern import Pattern
from careplan.rules.packs import all_rules

STRUCTURE = "structure"
"""The pack of the findings that need no rule: what the language and the checks of a whole plan report."""

_PAGES = Path(__file__).resolve().parents[1] / "pages"
_SEVERITY = Pattern(r"^severity: (\w+)$", re.MULTILINE)


@cache
def structure_pages() -> dict[str, str]:
    """The page (Markdown) of every finding that is no rule's, by its name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(_PAGES.glob("*.md"))}


@cache
def severities() -> dict[str, Severity]:
    """How much each finding weighs, by its name: those of the structure, and the rules of every pack."""
    found = {rule.name: rule.severity for rule in all_rules()}
    for name, page in structure_pages().items():
        match = _SEVERITY.search(page)
        if match:
            found[name] = Severity[match[1].upper()]
    return found


def is_fundamental(name: str) -> bool:
    """Whether that finding makes a plan meaningless: nothing silences it, and its level stays."""
    return name in structure_pages() and severities()[name] is Severity.ERROR
