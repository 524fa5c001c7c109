"""Local wall time made instants: what the clocks' going forward and back means for a session."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from careplan.language.likeness import near


class UnknownZone(ValueError):
    """A name that is no time zone; the message says which was meant."""


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """The IANA time zone of that name; UnknownZone if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # `from None`: the reason is that no such file exists, which says nothing to a clinician.
        better = near(name, sorted(available_timezones()))
        hint = f"did you mean `{better}`?" if better else "a zone is named like `America/Chicago`"
        raise UnknownZone(f"there is no time zone `{name}`: {hint}") from None


@lru_cache(maxsize=65_536)
def changes_on(zone: ZoneInfo, day: date) -> bool:
    """Whether the clocks of the zone change on that day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    following = day + timedelta(days=1)
    after = datetime(following.year, following.month, following.day, tzinfo=zone)
    return midnight.utcoffset() != after.utcoffset()


def at_wall_time(zone: ZoneInfo, day: date, hour: int, minute: int) -> tuple[datetime, str | None]:
    """The instant of a wall time, and a reason where the clock does not show it once.

    A time that is left out is moved forward by the length of the gap; of one that comes twice the first is
    taken.
    """
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    first, second = start.utcoffset(), start.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return start, None
    said = f"{hour:02d}:{minute:02d}"
    if first < second:  # the offset grows: the clocks go forward over this time
        moved = start + (second - first)
        return moved, f"{said} does not exist on this day, when the clocks go forward"
    return start, f"{said} comes twice on this day, when the clocks go back: the first is meant"


def ends_at(start: datetime, minutes: int) -> datetime:
    """The wall time so many minutes later, in real time."""
    zone = start.tzinfo
    return (start.astimezone(_UTC) + timedelta(minutes=minutes)).astimezone(zone)


_UTC = ZoneInfo("UTC")
