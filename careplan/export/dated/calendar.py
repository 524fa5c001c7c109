"""Occurrences as iCalendar (RFC 5545): an event each; doses at even distances are one event that recurs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from careplan.export.carried import ExportError
from careplan.plan.model import Plan
from careplan.plan.words import counted, listed, range_words
from careplan.stay.schedule.occurrence import Occurrence

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MISSING = "a calendar file needs icalendar: install it with `pip install 'careplan[calendar]'`"
LEFT_OUT = (
    "a calendar has no place for clinical minutes, levels of care, ways out and codes; roles, conditions "
    "and the window in which a session may lie stand in the text of each event",
)
PRODUCT = "-//careplan//careplan//EN"


def calendar_file(plan: Plan, found: Sequence[Occurrence], patient: str = "") -> bytes:
    """The file, CRLF line ends and all; `patient` is a key that sets the uids of one patient apart.

    The same occurrences give the same bytes: DTSTAMP is the first day of the stay. Raises ExportError
    where the package icalendar is missing.
    """
    try:
        from icalendar import Calendar
    except ImportError as trouble:
        raise ExportError(MISSING) from trouble
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plan.label)
    stamp = datetime.combine(min((each.date for each in found), default=date.min), time(), UTC)
    for series in _series(found):
        calendar.add_component(_event(series, stamp, patient))
    _zones(calendar, found)
    return bytes(calendar.to_ical())


def _zones(calendar: Calendar, found: Sequence[Occurrence]) -> None:
    """The time zones that the events need, for the days that they need."""
    timed = [each.date for each in found if each.start is not None]
    if not timed:
        return
    calendar.add_missing_timezones(min(timed) - timedelta(days=1), max(timed) + timedelta(days=2))
    for zone in calendar.timezones:
        for part in (zone, *zone.subcomponents):
            part.pop("comment", None)  # RFC 5545 allows none in a VTIMEZONE itself


def _series(found: Sequence[Occurrence]) -> Iterator[tuple[Occurrence, ...]]:
    """What becomes one event: a session or a test alone, doses of a kind at even distances together."""
    doses: dict[tuple[object, ...], list[Occurrence]] = {}
    for each in found:
        if each.kind != "dose" or each.status != "planned" or each.start is not None:
            yield (each,)
            continue
        key = (each.uid.rsplit("/", 1)[0], each.dose, each.times, each.phase)
        doses.setdefault(key, []).append(each)
    for run in doses.values():
        yield from _evenly(run)


def _evenly(run: list[Occurrence]) -> Iterator[tuple[Occurrence, ...]]:
    series = [run[0]]
    for each in run[1:]:
        gap = each.date - series[-1].date
        if len(series) == 1 or gap == series[1].date - series[0].date:
            series.append(each)
        else:
            yield tuple(series)
            series = [each]
    yield tuple(series)


def _event(series: tuple[Occurrence, ...], stamp: datetime, patient: str) -> Event:
    from icalendar import Event

    first = series[0]
    event = Event()
    event.add("uid", "/".join(filter(None, (patient, first.uid))) + "@careplan")
    event.add("dtstamp", stamp)
    event.add("summary", _summary(first))
    if first.start is not None:
        event.add("dtstart", first.start)
        if first.end is not None:
            event.add("dtend", first.end)
    else:
        event.add("dtstart", first.date)
        event.add("transp", "TRANSPARENT")  # the clinic chooses the time: it blocks none
    if len(series) > 1:
        gap = (series[1].date - first.date).days
        event.add("rrule", {"freq": "daily", "interval": gap, "count": len(series)})
    event.add("status", _status(first))
    event.add("categories", [first.kind])
    event.add("description", "\n".join(_details(first)))
    event.add("x-careplan-timing-hash", first.timing_hash)
    return event


def _summary(each: Occurrence) -> str:
    if each.dose is not None:
        low, high, unit = each.dose
        return f"{each.title}: {range_words(low, high)} {unit}"
    return f"{each.title}: {each.topic}" if each.topic else each.title


def _status(each: Occurrence) -> str:
    if each.status == "cancelled":
        return "CANCELLED"
    return "TENTATIVE" if each.movable or each.condition or not each.owed else "CONFIRMED"


def _details(each: Occurrence) -> Iterator[str]:
    of = f" of {each.of}" if each.of is not None else ""
    yield f"{each.phase}, week {each.phase_week}; number {each.number}{of}; {each.often}"
    if each.condition:
        yield f"only if known before: {each.condition}"
    if each.movable:
        yield f"may lie on any day from {each.earliest} to {each.latest}"
    if not each.owed:
        yield "encouraged, not required"
    if each.times > 1:
        yield f"{counted(each.times, 'time')} on the day"
    if each.staff:
        yield f"with: {listed(each.staff)}"
    if each.delivery:
        yield f"held: {listed(each.delivery, last='or')}"
    if each.moved_because:
        yield each.moved_because
