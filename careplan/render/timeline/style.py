"""The timeline's sizes in pixels and its colours. Nothing is told by colour alone."""

from __future__ import annotations

MARGIN = 20.0
LABELS = 196.0  # the width of the column of names at the left
CHART = 850.0  # the least width of all phases together
COLUMN = 140.0  # the least width of one phase
GAP = 7.0  # between phases
PAD = 5.0  # from a phase's edge to the texts in it
OFF_ROUTE_GAP = 26.0  # before the phases beside the typical path

TITLE = 20.0
HEADING = 13.0
NAME = 12.0
BODY = 11.0
SMALL = 10.0

INK = "#1a2433"
QUIET = "#4a5665"
RULE = "#c3cad3"
FAINT = "#e6eaef"
LATER = "#f3f5f8"  # behind the part of a phase that only some patients see
PAPER = "#ffffff"

THERAPY = "#1f4e79"
SUPPORT = "#8a5a00"
TEST = "#6b2d73"
DRUG = "#1d6b52"
HOURS = "#1f4e79"
FLOOR = "#a3281e"

# Ribbons by level of care: the more intensive, the darker, so that grey print keeps the order.
RIBBONS = (("4", "#173a5c", PAPER), ("3", "#1f4e79", PAPER), ("2", "#3674a8", PAPER), ("1", "#a9cbe6", INK))
NO_LEVEL = ("#cfd5dd", INK)


def ribbon_colours(code: str | None) -> tuple[str, str]:
    """The fill of a phase's ribbon and the colour of the words on it."""
    for first, fill, words in RIBBONS:
        if code and code.startswith(first):
            return fill, words
    return NO_LEVEL
