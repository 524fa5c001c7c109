"""The looks of boxes and arrows. Lines, heads and shapes tell the kinds apart; colour only helps."""

from __future__ import annotations

from careplan.render.graph.content import ArrowKind, BoxKind
from careplan.render.timeline.style import DRUG, FLOOR, INK, PAPER, QUIET, TEST

EDGE = "#3b4757"

BOXES: dict[BoxKind, dict[str, str]] = {
    "phase": {"shape": "box", "style": "rounded,filled", "color": INK, "penwidth": "1.2"},
    "planned": {
        "shape": "box",
        "style": "rounded,filled",
        "peripheries": "2",
        "color": INK,
        "fillcolor": PAPER,
    },
    "unplanned": {"shape": "box", "style": "diagonals,filled", "color": INK, "fillcolor": "#f3f5f8"},
    "outcome": {"shape": "box", "style": "filled", "color": INK, "fillcolor": PAPER},
    "door": {"shape": "box", "style": "filled", "color": INK, "fillcolor": INK, "fontcolor": PAPER},
    "anytime": {"shape": "box", "style": "dashed,filled", "color": INK, "fillcolor": "#fdf8ec"},
}
ARROWS: dict[ArrowKind, dict[str, str]] = {
    "step down": {"style": "solid", "penwidth": "1.8", "color": DRUG, "head": "normal"},
    "step up": {"style": "dashed", "penwidth": "1.8", "color": FLOOR, "head": "onormal"},
    "move": {"style": "dotted", "penwidth": "2", "color": TEST, "head": "vee"},
    "discharge": {"style": "solid", "penwidth": "1", "color": QUIET, "head": "obox"},
    "door": {"style": "solid", "penwidth": "1.2", "color": INK, "head": "normal"},
}
# Boxes of phases by level of care: the more intensive, the darker, all of them light enough for dark words.
FILLS = (("4", "#a9cbe6"), ("3", "#bfd8ec"), ("2", "#d6e6f3"), ("1", "#e8f1f8"), ("0", "#f3f8fb"))
NO_LEVEL = "#eef0f3"
AT_END_TAIL = "tee"


def fill_of(level: str | None) -> str:
    """The fill of a phase's box."""
    return next((fill for first, fill in FILLS if level and level.startswith(first)), NO_LEVEL)
