"""One lane per service or measure: its name at the left, then marks and words in each phase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careplan.render.text import LINE_HEIGHT, wrap
from careplan.render.timeline.columns import Column
from careplan.render.timeline.marks import Mark, Style, draw_marks, marks_height
from careplan.render.timeline.picture import Picture
from careplan.render.timeline.style import (
    FAINT,
    HEADING,
    INK,
    LABELS,
    MARGIN,
    NAME,
    QUIET,
    RULE,
    SMALL,
)

LABEL_WIDTH = LABELS - 14
ABOVE = 6.0
BELOW = 6.0


class Cell(NamedTuple):
    """What a lane has in one phase."""

    marks: tuple[Mark, ...]
    words: tuple[str, ...]


class Lane(NamedTuple):
    """A name with details under it, and a cell for each phase (None where it has nothing)."""

    title: str
    details: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    style: Style


def section(picture: Picture, words: str, right: float, top: float) -> float:
    """A heading with a rule; where it ends."""
    top += 12
    width = picture.text(MARGIN, top + HEADING * 0.8, words, HEADING, True, fill=INK)
    picture.line(MARGIN + width + 10, top + 6, right, top + 6, f'stroke="{RULE}" stroke-width="1"')
    return top + HEADING + 6


def draw_lanes(picture: Picture, columns: Sequence[Column], lanes: Sequence[Lane], top: float) -> float:
    """The lanes under one another, a faint rule between two; where they end."""
    for number, lane in enumerate(lanes):
        if number:
            right = columns[-1].right if columns else MARGIN + LABELS
            picture.line(MARGIN, top, right, top, f'stroke="{FAINT}"')
        with picture.group(spoken(columns, lane)):
            top = _lane(picture, columns, lane, top)
    return top


def spoken(columns: Sequence[Column], lane: Lane) -> str:
    """The lane as one sentence."""
    parts = [
        f"{column.phase.label}: {'; '.join(cell.words)}"
        for column, cell in zip(columns, lane.cells, strict=True)
        if cell is not None
    ]
    return ". ".join((", ".join((lane.title, *lane.details)), *parts))


def _lane(picture: Picture, columns: Sequence[Column], lane: Lane, top: float) -> float:
    ends = [label(picture, lane.title, lane.details, top + ABOVE)]
    filled = [(c, cell) for c, cell in zip(columns, lane.cells, strict=True) if cell is not None]
    height = max((marks_height(column, cell.marks) for column, cell in filled), default=0.0)
    for column, cell in filled:
        draw_marks(picture, column, cell.marks, lane.style, lane.title, top + ABOVE + 1, height)
        ends.append(cell_words(picture, column, cell.words, top + ABOVE + 1 + height + (4 if height else 0)))
    return max(ends) + BELOW


def label(picture: Picture, title: str, details: Sequence[str], top: float) -> float:
    """A name and its details in the column at the left; where they end."""
    end = picture.paragraph(MARGIN, top, title, LABEL_WIDTH, NAME, True)
    for detail in details:
        end = picture.paragraph(MARGIN, end, detail, LABEL_WIDTH, SMALL, fill=QUIET)
    return end


def cell_words(picture: Picture, column: Column, words: Sequence[str], top: float) -> float:
    """Phrases in a phase's column, each on a line of its own; where they end."""
    for phrase in words:
        lines = wrap(phrase, SMALL, column.text_width)
        top = picture.lines(column.text_left, top, lines, SMALL)
    return top


def words_height(column: Column, words: Sequence[str]) -> float:
    """The height of the phrases in a phase's column."""
    return sum(len(wrap(phrase, SMALL, column.text_width)) for phrase in words) * SMALL * LINE_HEIGHT
