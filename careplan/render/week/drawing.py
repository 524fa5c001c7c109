"""A weekly sheet as SVG: A4 landscape, large type, and nothing that needs colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from careplan.render.plain.words import DAYS
from careplan.render.text import FONT_FAMILY
from careplan.render.week.blocks import INK, PADDING, box, card_lines, drawn, height_of, paragraph
from careplan.render.week.sheet import Card, Day, Sheet

MARGIN = 34.0
GAP = 8.0
FAINT = "#bbbbbb"
MOVABLE = "Dashed outline: the day is a suggestion. Agree it with your team."
A4 = 210 / 297  # height for each unit of width
NARROWEST, WIDEST, STEP = 1123.0, 2400.0, 1.05


class Section(NamedTuple):
    """One row of the grid: its heading, which cards, how they are filled and how round they are."""

    heading: str
    cards: Callable[[Day], tuple[Card, ...]]
    fill: str
    radius: float


SECTIONS = (
    Section("Treatment", lambda day: day.treatment, "#eef2f5", 6),
    Section("Support, beside treatment", lambda day: day.support, "#ffffff", 16),
    Section("Tests and questionnaires", lambda day: day.tests, "#ffffff", 2),
)


def sheet_svg(sheet: Sheet) -> str:
    """The sheet as one SVG document; type shrinks only as far as a full week needs to stay on one page."""
    width = NARROWEST
    parts, height = _page(sheet, width)
    while height > width * A4 and width < WIDEST:
        width *= STEP
        parts, height = _page(sheet, width)
    page = max(height, width * A4)
    parts += _notes(width, height, page)
    name = escape(f"{sheet.phase}: {sheet.week_of}", {'"': "&quot;"})
    shown = NARROWEST * page / width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {page:.0f}" '
        f'width="{NARROWEST:.0f}" height="{shown:.0f}" font-family="{FONT_FAMILY}" role="img" '
        f'aria-label="{name}">'
        f"<title>{name}</title><desc>{escape(_told(sheet))}</desc>"
        f'<rect width="{width:.0f}" height="{page:.0f}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


def _told(sheet: Sheet) -> str:
    """The sheet for someone who cannot see it."""
    told = [sheet.hours] if sheet.hours else []
    for name, day in zip(DAYS, sheet.days, strict=True):
        cards = (*day.treatment, *day.support, *day.tests)
        if cards:
            listed = ", ".join(f"{card.time} {card.title}".strip() for card in cards)
            told.append(f"{name}: {listed}")
    told += [f"{dose.title}: {dose.words}" for dose in sheet.doses]
    told += [f"{strip.heading}: {'; '.join(strip.lines)}" for strip in sheet.strips]
    return ". ".join(told)


def _page(sheet: Sheet, width: float) -> tuple[list[str], float]:
    """Everything on a page of that width, and the height it takes."""
    parts, y = _head(sheet, width)
    column = (width - 2 * MARGIN) / 7
    parts += _weekdays(y, column)
    y += 34
    if sheet.doses:
        medication, y = _medication(sheet, y, column)
        parts += medication
    for section in SECTIONS:
        if any(section.cards(day) for day in sheet.days):
            drawn_section, y = _section(sheet, section, y, column)
            parts += drawn_section
    if any(card.movable for day in sheet.days for cards in day for card in cards):
        parts += drawn(paragraph(MOVABLE, 13, width, quiet=True), MARGIN + 4, y - 3)
        y += 24
    for strip in sheet.strips:
        drawn_strip, y = _strip(strip.heading, strip.lines, y, width)
        parts += drawn_strip
    return parts, y + MARGIN / 2


def _head(sheet: Sheet, width: float) -> tuple[list[str], float]:
    hours_width = 380.0 if sheet.hours else 0.0
    room = width - 2 * MARGIN - hours_width - GAP
    lines = paragraph(sheet.phase, 32, room, bold=True) + paragraph(sheet.week_of, 22, room)
    lines += paragraph(" · ".join((sheet.plan, *sheet.for_whom)), 14, room, quiet=True)
    parts = list(drawn(lines, MARGIN, MARGIN * 0.7))
    if sheet.hours:
        hours = paragraph(sheet.hours, 20, hours_width - 4 * PADDING, bold=True)
        hours += paragraph("this week", 15, hours_width)
        left = width - MARGIN - hours_width
        parts.append(box(left, MARGIN * 0.8, hours_width, height_of(hours) + 2 * PADDING, False, "#ffffff"))
        parts += drawn(hours, left + 2 * PADDING, MARGIN * 0.8 + PADDING)
    return parts, MARGIN * 0.7 + height_of(lines) + 2 * GAP


def _weekdays(y: float, column: float) -> Iterator[str]:
    for number, name in enumerate(DAYS):
        yield from drawn(paragraph(name, 18, column, bold=True), MARGIN + number * column + 4, y)
    yield _rule(y + 28, MARGIN, MARGIN + 7 * column, 2.4)


def _columns(top: float, bottom: float, column: float) -> Iterator[str]:
    """Quiet lines between the days."""
    for number in range(1, 7):
        x = MARGIN + number * column - GAP / 2
        yield (
            f'<line x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}" stroke="{FAINT}" '
            f'stroke-width="0.8"/>'
        )


def _medication(sheet: Sheet, y: float, column: float) -> tuple[list[str], float]:
    """Each medication with its doses, and a box to tick on every day if it is taken daily."""
    parts = list(drawn(paragraph("Medication", 14, 7 * column, bold=True), MARGIN + 4, y + 4))
    y += 26
    for dose in sheet.doses:
        lines = paragraph(f"{dose.title}: {dose.words}", 15, 7 * column - 2 * PADDING)
        parts += drawn(lines, MARGIN + 4, y)
        y += height_of(lines) + 4
        if dose.daily:
            for number in range(7):
                parts.append(box(MARGIN + number * column + 4, y, 18, 18, False, "#ffffff", 2))
                parts += drawn(paragraph("taken", 13, column, quiet=True), MARGIN + number * column + 29, y)
            y += 18
        y += GAP
    parts.append(_rule(y, MARGIN, MARGIN + 7 * column, 1))
    return parts, y + GAP


def _section(sheet: Sheet, section: Section, y: float, column: float) -> tuple[list[str], float]:
    heading = paragraph(section.heading, 14, 7 * column, bold=True)
    parts = list(drawn(heading, MARGIN + 4, y + 4))
    top = y + height_of(heading) + GAP
    bottom = top
    for number, day in enumerate(sheet.days):
        cards, end = _column(section, section.cards(day), MARGIN + number * column, top, column - GAP)
        parts += cards
        bottom = max(bottom, end)
    parts += _columns(top - GAP / 2, bottom, column)
    parts.append(_rule(bottom + 2, MARGIN, MARGIN + 7 * column, 1))
    return parts, bottom + GAP


def _column(
    section: Section, cards: tuple[Card, ...], x: float, y: float, width: float
) -> tuple[list[str], float]:
    parts: list[str] = []
    for card in cards:
        lines = card_lines(card, width)
        height = height_of(lines) + 1.5 * PADDING
        parts.append(box(x, y, width, height, card.movable, section.fill, section.radius))
        parts += drawn(lines, x + PADDING, y + PADDING * 0.7)
        y += height + GAP
    return parts, y


def _strip(heading: str, lines: tuple[str, ...], y: float, width: float) -> tuple[list[str], float]:
    room = width - 2 * MARGIN
    text = paragraph(heading, 15, room, bold=True)
    for line in lines:
        text += paragraph(line, 15, room)
    return list(drawn(text, MARGIN + 4, y)), y + height_of(text) + GAP


def _notes(width: float, used: float, page: float) -> Iterator[str]:
    """Ruled lines to write on, where there is room left."""
    top = used
    if page - top < 90:
        return
    yield from drawn(paragraph("My notes", 15, width, bold=True), MARGIN + 4, top)
    for y in range(int(top) + 54, int(page - MARGIN / 2), 34):
        yield _rule(y, MARGIN, width - MARGIN, 0.6)


def _rule(y: float, left: float, right: float, weight: float) -> str:
    return (
        f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}" stroke="{INK}" '
        f'stroke-width="{weight:g}"/>'
    )
