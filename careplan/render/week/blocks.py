"""Wrapped lines of text and the boxes around them, with their heights known before they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from careplan.render.text import wrap
from careplan.render.week.sheet import Card

INK = "#111111"
QUIET = "#444444"
PADDING = 8.0


class Line(NamedTuple):
    """One drawn line of text; `size` in user units."""

    text: str
    size: float
    bold: bool = False
    colour: str = INK

    @property
    def height(self) -> float:
        """The room the line takes."""
        return self.size * 1.3


def paragraph(text: str, size: float, width: float, **style: bool) -> list[Line]:
    """The text as lines no wider than `width`."""
    colour = QUIET if style.pop("quiet", False) else INK
    bold = style.get("bold", False)
    return [Line(part, size, colour=colour, **style) for part in wrap(text, size, width, bold)]


def drawn(lines: list[Line], x: float, y: float) -> Iterator[str]:
    """The lines as SVG text, the first one's top at `y`."""
    for line in lines:
        style = ' font-weight="700"' * line.bold
        baseline = y + line.size
        yield (
            f'<text x="{x:.1f}" y="{baseline:.1f}" font-size="{line.size:g}" fill="{line.colour}"{style}>'
            f"{escape(line.text)}</text>"
        )
        y += line.height


def height_of(lines: list[Line]) -> float:
    """The room that the lines take."""
    return sum(line.height for line in lines)


def card_lines(card: Card, width: float) -> list[Line]:
    """A card's text: time, title, length, how it is held, notes."""
    room = width - 2 * PADDING
    lines = paragraph(card.time, 18, room, bold=True) if card.time else []
    lines += paragraph(card.title, 15, room, bold=True)
    for text in (card.length, card.detail):
        lines += paragraph(text, 13, room, quiet=True) if text else []
    for note in (*card.notes, *["day can move"] * card.movable):
        lines += paragraph(note, 13, room)
    return lines


def box(x: float, y: float, width: float, height: float, dashed: bool, fill: str, radius: float = 6) -> str:
    """A rectangle whose outline says whether the day is fixed."""
    dashes = ' stroke-dasharray="6 4"' if dashed else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:g}" '
        f'fill="{fill}" stroke="{INK}" stroke-width="1.3"{dashes}/>'
    )
