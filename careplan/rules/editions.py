"""The two editions of the ASAM Criteria in words."""

from __future__ import annotations

from careplan.plan.levels import level_name

OTHER = {"3": "4", "4": "3"}
"""The other edition."""

WORDS = {"3": "third", "4": "fourth"}
"""An edition as people say it."""

_INSTEAD = {
    ("1", "4"): ("1.5", "1.7", "1.0"),
    ("1-WM", "4"): ("1.7",),
    ("2-WM", "4"): ("2.7",),
    ("3.7-WM", "4"): ("3.7",),
    ("4-WM", "4"): ("4",),
    ("1.5", "3"): ("1",),
}


def named(code: str, edition: str) -> str:
    """A level's name in quotation-free words, or `a level` where the edition has none."""
    return level_name(code, edition) or "a level"


def instead(code: str, edition: str) -> str:
    """Where care of that level is found in the edition, as a help line; "" where that is not known."""
    levels = _INSTEAD.get((code, edition), ())
    if not levels:
        return ""
    found = [f"{level} {named(level, edition)}" for level in levels]
    if len(found) == 1:
        return f"in the {WORDS[edition]} edition look at {found[0]}"
    return f"in the {WORDS[edition]} edition look at {', '.join(found[:-1])} or {found[-1]}"
