"""A plan's sessions, tests and doses on their dates, for one person or for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.stay.expected import Length
from careplan.stay.schedule.dates import at_wall_time, changes_on, ends_at, zone_named
from careplan.stay.schedule.holidays import OnHoliday, around_holidays
from careplan.stay.schedule.occurrence import Occurrence, Owner
from careplan.stay.schedule.slots import Slot
from careplan.stay.schedule.templates import template


def sessions(
    plan: Plan,
    start: date,
    facts: Facts | None = None,
    zone: str | None = None,
    *,
    length: Length = "shortest",
    stays: Mapping[str, int] | None = None,
    holidays: Mapping[date, str] | None = None,
    on_holiday: OnHoliday = "plan",
    admitted_at: time | None = None,
    groups: Mapping[str, date] | None = None,
) -> list[Occurrence]:
    """The dated sessions, tests and doses of somebody admitted on `start`, in order of time.

    `facts`: what is known at admission. `zone`: an IANA name; without one, and for sessions without a time
    of day, `start` and `end` are None. `length`: whether visits last to the first day on which they may end
    as usual, or to their maximum; `stays` gives the days of single phases. `holidays`: dates and their
    names; `on_holiday` what becomes of sessions then. `admitted_at`: sessions before it on the first day are
    cancelled. `groups`: for a service that people join every so many weeks, the date on which its next group
    begins.

    Raises ValueError (MissingFacts, UnknownFact, UnknownZone) with a message in the plan's words.
    """
    slots = template(plan, start.weekday(), facts, length, stays)
    return on_calendar(
        plan,
        slots,
        start,
        zone,
        holidays=holidays,
        on_holiday=on_holiday,
        admitted_at=admitted_at,
        groups=groups,
    )


def on_calendar(
    plan: Plan,
    slots: Iterable[Slot],
    start: date,
    zone: str | None = None,
    *,
    holidays: Mapping[date, str] | None = None,
    on_holiday: OnHoliday = "plan",
    admitted_at: time | None = None,
    groups: Mapping[str, date] | None = None,
) -> list[Occurrence]:
    """The slots of any stay that begins on `start`, dated, with the calendar's options of `sessions`."""
    found = dated(plan, slots, start, zone)
    if groups:
        found = [o for o in found if o.date >= groups.get(o.name, o.date)]
    if admitted_at is not None:
        _cancel_before(found, start, admitted_at)
    if holidays:
        around_holidays(found, holidays, on_holiday)
    return in_time(found)


def dated(plan: Plan, slots: Iterable[Slot], start: date, zone: str | None) -> list[Occurrence]:
    """The slots on their dates, from the first day `start`."""
    where = zone_named(zone) if zone else None
    owner = Owner(plan.name, plan.version, start, zone)
    before = start.toordinal() - 1
    day_of, on = date.fromordinal, _hours_and_minutes
    found: list[Occurrence] = []
    for slot in slots:
        day = day_of(before + slot.plan_day)
        if where is None or slot.time is None:
            found.append(Occurrence(slot, owner, day, None, None))
            continue
        if changes_on(where, day):
            found.append(_on_a_changing_day(slot, owner, where, day))
            continue
        hour, minute = on(slot.time)
        begins = datetime(day.year, day.month, day.day, hour, minute, tzinfo=where)
        minutes = slot.line.clock_minutes
        ends = begins + timedelta(minutes=minutes) if minutes is not None else None
        found.append(Occurrence(slot, owner, day, begins, ends))
    return found


def _on_a_changing_day(slot: Slot, owner: Owner, zone: ZoneInfo, day: date) -> Occurrence:
    hour, minute = _hours_and_minutes(slot.time or "00:00")
    begins, reason = at_wall_time(zone, day, hour, minute)
    minutes = slot.line.clock_minutes
    found = Occurrence(slot, owner, day, begins, ends_at(begins, minutes) if minutes is not None else None)
    if reason is not None:
        found.moved_because = reason
        if (begins.hour, begins.minute) != (hour, minute):
            found.status = "moved"
            found.moved_from = day
    return found


@lru_cache(maxsize=512)
def _hours_and_minutes(text: str) -> tuple[int, int]:
    hour, minute = text.split(":")
    return int(hour), int(minute)


def _cancel_before(found: list[Occurrence], start: date, admitted_at: time) -> None:
    for each in found:
        said = each.slot.time
        if each.date == start and said is not None and time(*_hours_and_minutes(said)) < admitted_at:
            each.status = "cancelled"
            each.moved_because = f"before admission at {admitted_at:%H:%M}"


def in_time(found: list[Occurrence]) -> list[Occurrence]:
    """By date, then by time of day (those without one first), then as the plan has them."""
    return sorted(found, key=_moment)


def _moment(each: Occurrence) -> tuple[date, str]:
    return each.date, each.slot.time or ""
