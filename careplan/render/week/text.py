"""A weekly sheet for the terminal: day by day, so that it also reads well aloud."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from careplan.render.plain.words import DAYS
from careplan.render.week.sheet import Card, Day, Sheet

TIME = 15  # columns before a session's title


def sheet_text(sheet: Sheet, width: int = 100) -> str:
    """The sheet as lines of at most `width` characters."""
    return "\n".join(_lines(sheet, max(width, 30))) + "\n"


def _lines(sheet: Sheet, width: int) -> Iterator[str]:
    for heading in (sheet.phase, sheet.week_of, sheet.plan, *sheet.for_whom):
        yield from wrap(heading, width)
    if sheet.hours:
        yield from wrap(f"{sheet.hours} this week", width)
    for name, day in zip(DAYS, sheet.days, strict=True):
        yield ""
        yield name
        yield from _day(day, width)
    if sheet.doses:
        yield ""
        yield "Medication"
    for dose in sheet.doses:
        yield from wrap(f"{dose.title}: {dose.words}", width, initial_indent="  ", subsequent_indent="    ")
    for strip in sheet.strips:
        yield ""
        yield strip.heading
        for line in strip.lines:
            yield from wrap(line, width, initial_indent="  ", subsequent_indent="    ")


def _day(day: Day, width: int) -> Iterator[str]:
    if not any(day):
        yield "  nothing planned"
    groups = (("", day.treatment), ("support: ", day.support), ("test: ", day.tests))
    for lead, cards in groups:
        for card in cards:
            yield from _card(lead, card, width)


def _card(lead: str, card: Card, width: int) -> Iterator[str]:
    notes = (*card.notes, *["day can move"] * card.movable)
    words = ", ".join(filter(None, (lead + card.title, card.length, card.detail)))
    words += f" ({'; '.join(notes)})" if notes else ""
    time = f"  {card.time}".ljust(TIME)
    yield from wrap(words, width, initial_indent=time, subsequent_indent=" " * (TIME + 2))
