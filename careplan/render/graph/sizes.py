"""Lines and sizes of boxes and of the labels on arrows, in pixels, measured in the font that is shipped.

Graphviz in a WebAssembly module knows no fonts, so every box and label gets its size from here.
"""

from __future__ import annotations

from typing import NamedTuple

from careplan.render.graph.content import Arrow, ArrowKind, Box, BoxKind, Detail
from careplan.render.text import text_width, wrap

PITCH = 1.2  # from line to line in font sizes, as in Graphviz
PAD_X = 10.0
PAD_Y = 6.0
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


def box_style(kind: BoxKind, detail: Detail) -> Style:
    """The letters of a box."""
    if kind == "phase":
        return Style(11.0, 13.0, 300.0 if detail == "full" else 210.0)
    return Style(11.0, 12.0, 210.0 if detail == "full" else 170.0)


def arrow_style(detail: Detail) -> Style:
    """The letters of an arrow's label."""
    return Style(11.0, 11.5, 210.0 if detail == "full" else 150.0)


def box_lines(box: Box, detail: Detail) -> Lines:
    """The lines of a box."""
    return _lines(box.heading, box.texts, box_style(box.kind, detail), PAD_X, PAD_Y)


def arrow_lines(arrow: Arrow, detail: Detail) -> Lines:
    """The lines of an arrow's label."""
    return _lines(arrow.heading, arrow.texts, arrow_style(detail), 3.0, 2.0)


def is_labelled(kind: ArrowKind) -> bool:
    """Whether arrows of this kind carry a label: all but the ones from a front door."""
    return kind != "door"


def _lines(heading: str, texts: tuple[str, ...], style: Style, pad_x: float, pad_y: float) -> Lines:
    bold = wrap(printable(heading), style.heading, style.most, bold=True) or ["–"]
    plain = [line for text in texts for line in wrap(printable(text), style.size, style.most)]
    widths = [text_width(line, style.heading, bold=True) for line in bold]
    widths += [text_width(line, style.size) for line in plain]
    height = (len(bold) + len(plain)) * style.size * PITCH + 2 * pad_y
    if style.heading > style.size:
        height += style.heading - style.size
    return Lines((*bold, *plain), len(bold), style, max(widths) + 2 * (pad_x + MARGIN), height)


def printable(text: str) -> str:
    """The text without what no XML document may hold, such as control characters."""
    return "".join(letter for letter in text if _is_xml(ord(letter)))


def _is_xml(code: int) -> bool:
    return code in (0x9, 0xA, 0xD) or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
