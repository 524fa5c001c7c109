"""A stay lived once more from admission on, with the records as they hold now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from careplan.stay.live.book import Book
from careplan.stay.live.closing import Offered, Path, Unused
from careplan.stay.live.events import StayEvent
from careplan.stay.live.trouble import RecordError
from careplan.stay.live.values import checked_value


def lived_again(before: Path, book: Book, through: date, offered: Mapping[int, Offered]) -> Path:
    """All days up to `through` closed; `unused` then holds every record that has no place any more.

    `offered`: what fell due on each plan day when it was closed. What falls due only now was not offered.
    """
    path = Path(before.program, before.start, before.draw)
    while path.state.outcome is None and path.date_of(path.state.plan_day) <= through:
        path.close(tuple(_fitting(path, book)), offered.get(path.state.plan_day))
    if path.state.outcome is not None:
        path.unused += [Unused(record, "after-the-end") for record in book.after(path.state.plan_day)]
    return path


def _fitting(path: Path, book: Book) -> Iterator[StayEvent]:
    """The records of the day that the plan, as it is now, can take."""
    for record in book.of(path.state.plan_day):
        try:
            checked_value(path.program.plan, record.kind or "", record.name or "", record.value)
        except RecordError as error:
            path.unused.append(Unused(record, error.kind))
        else:
            yield record
