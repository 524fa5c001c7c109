"""Lines and sizes of boxes and of the labels on arrows, in pixels, measured in the font that is shipped.

Graphviz in a WebAssembly module knows no fonts, so every box and label gets its size from here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from careplan.render.graph.content import Arrow, ArrowKind, BoxKind, Detail, GraphContent
from careplan.render.text import text_width, wrap

PITCH = 1.2  # from line to line in font sizes, as in Graphviz
PAD_X = 10.0
PAD_Y = 6.0
LABEL_PADS = (3.0, 2.0)
# What belongs together on a line: a comparison with its number, a number with its unit.
TOGETHER = re.compile(
    r" ([<>≤≥]=?) (?=\S)"
    r"|(?<=\d) to (?=\d)"
    r"|(?<=\d) (?=(?:weeks?|wk|days?|d|times?|min|hours?|mg|more)\b)"
)
GLUE = "\u2027"  # a dot about as wide as a space, which no plan needs
BALANCE = (0.9, 0.8, 0.7, 0.6, 0.5)
MARKS = ("• ", "◆ ", "↻ ")
NOT_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INDENT = "\u00a0" * 3
MARGIN = 0.5  # of a line beyond its measured width: other renderers round otherwise


class Style(NamedTuple):
    """Sizes of the letters of a box or label, and how wide its lines may be."""

    size: float
    heading: float
    most: float


class Lines(NamedTuple):
    """Texts broken into lines: the first `headings` of them are bold. Width and height include the edge."""

    lines: tuple[str, ...]
    headings: int
    style: Style
    width: float
    height: float
    pad: float  # at the left and the right, within the width


def box_style(kind: BoxKind, detail: Detail) -> Style:
    """The letters of a box."""
    if kind == "phase":
        return Style(11.0, 13.0, 300.0 if detail == "full" else 210.0)
    return Style(11.0, 12.0, 210.0 if detail == "full" else 170.0)


def arrow_style(detail: Detail) -> Style:
    """The letters of an arrow's label."""
    return Style(11.0, 11.5, 210.0 if detail == "full" else 150.0)


def labels_of(content: GraphContent) -> dict[str, Lines]:
    """The lines of every box by its id, and of every arrow's label by `label_id`."""
    detail = content.detail
    arrows = [arrow for arrow in content.arrows if is_labelled(arrow.kind)]
    style = arrow_style(detail)
    return {
        **{b.id: _lines(b.heading, b.texts, box_style(b.kind, detail), PAD_X, PAD_Y) for b in content.boxes},
        **{label_id(a): _lines(a.heading, a.texts, style, *LABEL_PADS) for a in arrows},
    }


def label_id(arrow: Arrow) -> str:
    """The id of the node that holds an arrow's label."""
    return f"{arrow.id}-label"


def is_labelled(kind: ArrowKind) -> bool:
    """Whether arrows of this kind carry a label: all but the ones from a front door."""
    return kind != "door"


def _lines(heading: str, texts: tuple[str, ...], style: Style, pad_x: float, pad_y: float) -> Lines:
    bold = _balanced(heading, style) or ["–"]
    plain = [line for text in texts for line in _hanging(text, style)]
    widths = [text_width(line, style.heading, bold=True) for line in bold]
    widths += [text_width(line, style.size) for line in plain]
    height = (len(bold) + len(plain)) * style.size * PITCH + 2 * pad_y
    if style.heading > style.size:
        height += style.heading - style.size
    return Lines((*bold, *plain), len(bold), style, max(widths) + 2 * (pad_x + MARGIN), height, pad_x)


def _hanging(text: str, style: Style) -> list[str]:
    """The lines of a text; those after the first of a list's item stand under its words."""
    indent = INDENT if text[:2] in MARKS else ""
    lines = wrapped(text, style.size, style.most - text_width(indent, style.size))
    return [*lines[:1], *(indent + line for line in lines[1:])]


def _balanced(heading: str, style: Style) -> list[str]:
    """The lines of a heading: as few as possible, then as equally long as possible."""
    lines = wrapped(heading, style.heading, style.most, bold=True)
    best = lines
    for part in BALANCE if len(lines) > 1 else ():
        narrower = wrapped(heading, style.heading, style.most * part, bold=True)
        if len(narrower) > len(lines):
            break
        best = narrower
    return best


def wrapped(text: str, size: float, most: float, bold: bool = False) -> list[str]:
    """`text` in lines of at most `most` width, a number never parted from what it counts."""
    clean = printable(text).replace(GLUE, "·")
    glued = TOGETHER.sub(lambda found: found[0].replace(" ", GLUE), clean)
    return [line.replace(GLUE, " ") for line in wrap(glued, size, most, bold)]


def printable(text: str) -> str:
    """The text without what no XML document may hold, such as control characters."""
    return NOT_XML.sub("", text)
