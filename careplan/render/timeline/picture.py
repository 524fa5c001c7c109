"""A picture being made: SVG parts, and the box of every text so that overlaps can be found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import NamedTuple

from careplan.render.text import ASCENT, DESCENT, LINE_HEIGHT, text_width, wrap
from careplan.render.timeline.style import INK


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the two share more than `slack` pixels in both directions."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > slack and high > slack


class Label(NamedTuple):
    """A text on the picture and the box it fills."""

    text: str
    box: Box


class Picture:
    """Collects SVG parts from back to front, and every label with its box."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.labels: list[Label] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 11,
        bold: bool = False,
        anchor: str = "start",
        fill: str = INK,
    ) -> float:
        """Write one line with its baseline at `y`; the width it takes. Nothing is written for no words."""
        if not words:
            return 0.0
        width = text_width(words, size, bold)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self.labels.append(Label(words, Box(left, y - ASCENT * size, left + width, y + DESCENT * size)))
        weight = ' font-weight="700"' if bold else ""
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        # textLength holds the layout where a reader's machine has another font; figures look better without.
        hold = f' textLength="{num(width)}" lengthAdjust="spacingAndGlyphs"' if len(words) > 3 else ""
        self.parts.append(
            f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}"{weight}{where} fill="{fill}"{hold}>'
            f"{escape(words, quote=False)}</text>"
        )
        return width

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        size: float = 11,
        bold: bool = False,
        fill: str = INK,
    ) -> float:
        """Write lines under one another from `top`; where the last one ends."""
        step = LINE_HEIGHT * size
        for number, line in enumerate(lines):
            self.text(x, top + ASCENT * size + number * step, line, size, bold, fill=fill)
        return top + len(lines) * step

    def paragraph(
        self,
        x: float,
        top: float,
        words: str,
        most: float,
        size: float = 11,
        bold: bool = False,
        fill: str = INK,
    ) -> float:
        """Write words in lines of at most `most` pixels from `top`; where the last one ends."""
        return self.lines(x, top, wrap(words, size, most, bold), size, bold, fill)

    def path(self, d: str, attributes: str, title: str = "") -> None:
        """Draw a path; `title` becomes its tooltip."""
        if d:
            self.shape("path", f'd="{d}" {attributes}', title)

    def rect(
        self, left: float, top: float, width: float, height: float, attributes: str, title: str = ""
    ) -> None:
        """Draw a rectangle; `title` becomes its tooltip."""
        if width > 0 and height > 0:
            size = f'x="{num(left)}" y="{num(top)}" width="{num(width)}" height="{num(height)}"'
            self.shape("rect", f"{size} {attributes}", title)

    def line(self, x1: float, y1: float, x2: float, y2: float, attributes: str) -> None:
        """Draw a straight line."""
        self.parts.append(f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" {attributes}/>')

    def shape(self, tag: str, attributes: str, title: str) -> None:
        """Draw any element without content but a tooltip."""
        inside = f"><title>{escape(title, quote=False)}</title></{tag}>" if title else "/>"
        self.parts.append(f"<{tag} {attributes}{inside}")

    @contextmanager
    def group(self, label: str) -> Iterator[None]:
        """What is drawn inside belongs together under a name that is read aloud."""
        self.parts.append(f'<g role="group" aria-label="{escape(label)}">')
        yield
        self.parts.append("</g>")


def num(value: float) -> str:
    """A number with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")
