"""What becomes of sessions on days on which the clinic is closed.

By the plan's own policy: a session whose service is made up within some days moves to the nearest open day
within them, one that is skipped when missed is cancelled, a floating one moves within its week, and any
other is cancelled. Tests move within their week, or stay. Doses stay: whoever closes gives them out
beforehand. What is only urged is not the clinic's to hold, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from careplan.stay.schedule.occurrence import Occurrence

OnHoliday = Literal["plan", "cancel", "move", "keep"]
MOVE_DAYS = 6
"""How far `move` looks for an open day where the plan gives no window: within a week."""


def around_holidays(found: list[Occurrence], holidays: Mapping[date, str], on_holiday: OnHoliday) -> None:
    """Move, cancel or keep what falls on a holiday, each with its reason."""
    last: dict[tuple[str, int], date] = {}
    for each in found:
        visit = (each.phase, each.visit)
        last[visit] = max(last.get(visit, each.date), each.date)
    taken = {(o.line_of_plan.key, o.date) for o in found}
    for each in found:
        name = holidays.get(each.date)
        if name is None or each.status == "cancelled" or not each.owed:
            continue
        policy = on_holiday if on_holiday != "plan" else _policy(each)
        if each.kind == "dose" or policy == "keep":
            each.moved_because = f"falls on {name}; kept"
        elif policy == "cancel" or not _move(each, holidays, name, last[each.phase, each.visit], taken):
            each.status = "cancelled"
            each.moved_because = name if policy == "cancel" else f"{name}; no free day to move it to"


def _policy(each: Occurrence) -> OnHoliday:
    line = each.line_of_plan
    if each.kind == "test":
        return "move" if each.movable else "keep"
    if line.make_up_days is not None:
        return "move"
    if line.skip_missed:
        return "cancel"
    return "move" if each.movable else "cancel"


def _move(
    each: Occurrence, holidays: Mapping[date, str], name: str, last: date, taken: set[tuple[str, date]]
) -> bool:
    """To the nearest open weekday in the window, within the visit, on which its line has nothing yet."""
    key = each.line_of_plan.key
    for day in _candidates(each):
        if day in holidays or day.weekday() > 4 or day > last or (key, day) in taken:
            continue
        taken.add((key, day))
        each.moved_from, each.date = each.date, day
        each.status, each.moved_because = "moved", f"{name} on {each.moved_from:%Y-%m-%d}"
        shift = day - each.moved_from
        each.start, each.end = _shifted(each.start, shift), _shifted(each.end, shift)
        return True
    return False


def _candidates(each: Occurrence) -> Iterator[date]:
    if each.movable:
        days = [each.earliest + timedelta(n) for n in range((each.latest - each.earliest).days + 1)]
        yield from sorted(
            (d for d in days if d != each.date), key=lambda d: (abs(d - each.date), d < each.date)
        )
        return
    allowed = each.line_of_plan.make_up_days
    for n in range(1, (allowed if allowed is not None else MOVE_DAYS) + 1):
        yield each.date + timedelta(n)


def _shifted(moment: datetime | None, shift: timedelta) -> datetime | None:
    return None if moment is None else moment + shift
