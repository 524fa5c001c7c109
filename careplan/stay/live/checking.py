"""Whether a record can be one of the open day."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from careplan.plan.model import Measure, Plan
from careplan.plan.recurrence import weeks_of
from careplan.stay.live.agenda import ahead
from careplan.stay.live.closing import Path, numbered
from careplan.stay.live.events import RecordKind, StayEvent, What
from careplan.stay.live.trouble import RecordError
from careplan.stay.live.values import CANCELLED, checked_name, checked_value
from careplan.stay.records import MISSING


def checked_date(on: object) -> date:
    """A date without a time of day; anything else is a RecordError."""
    if not isinstance(on, date) or isinstance(on, datetime):
        raise RecordError("not-a-date", "a day is a date, without a time of day")
    return on


def event_of(
    plan: Plan, start: date, what: What, kind: str, name: str, value: object, on: date, number: int | None,
    due_on: date | None, key: str | None,
) -> StayEvent:  # fmt: skip
    """A record of a stay that began on `start`, as far as the plan alone can tell that it may be one."""
    on = checked_date(on)
    if on < start:
        raise RecordError("before-admission", "that day lies before admission")
    if due_on is not None:
        due_on = checked_date(due_on)
    checked_name(plan, kind, name)
    taken_back = what == "withdrawn" and value is None
    known = None if taken_back else checked_value(plan, kind, name, value)
    return StayEvent(what, on, cast(RecordKind, kind), name, known, number, due_on, key)


def check_fits(path: Path, event: StayEvent) -> None:
    """RecordError (not-due, which-session, no-such-session, too-late, not-a-value) if the record has no place
    on the day that the stay has come to. Doses are looked at when the day is over: a course can start on it.
    """
    if event.kind != "session":
        if event.number is not None or event.due_on is not None:
            raise RecordError("not-a-value", "only sessions are numbered, made up or had early")
        if event.kind == "result":
            _check_absence(path, event)
        return
    if event.number is not None and (isinstance(event.number, bool) or event.number < 1):
        raise RecordError("not-a-value", "sessions of a day are counted from 1")
    if (event.due_on is not None) != (event.value in ("made up", "early")):
        what = "a session that is made up or had early, and no other, says on which date it is due"
        raise RecordError("no-such-session", what)
    if event.value == "made up":
        _check_make_up(path, event)
    elif event.value == "early":
        _check_early(path, event)
    elif event.value != "extra":
        _check_due(path, event)


def _check_absence(path: Path, event: StayEvent) -> None:
    measure: Measure = path.program.plan.measure(event.name or "")
    if event.value not in (MISSING, CANCELLED) or event.value in measure.domain.values:
        return
    if all(test.measure != event.name for test in path.due().tests):
        raise RecordError("not-due", f"no test of `{event.name}` is due on that day")


def _check_due(path: Path, event: StayEvent) -> None:
    due = [n for session, n in numbered(path.due()) if session.service == event.name]
    if not due:
        what = f"no session of `{event.name}` is due on that day: one that was held is `extra` or `made up`"
        raise RecordError("not-due", what)
    if event.number is None and len(due) > 1:
        what = f"several sessions of `{event.name}` are due on that day: say which, with `number`"
        raise RecordError("which-session", what)
    if event.number is not None and event.number > len(due):
        raise RecordError("not-due", f"not so many sessions of `{event.name}` are due on that day")


def _check_make_up(path: Path, event: StayEvent) -> None:
    wrong = path.cannot_make_up(event)
    if wrong == "too-late":
        raise RecordError(wrong, f"the time in which that session of `{event.name}` could be made up is over")
    if wrong is not None:
        what = f"no session of `{event.name}` that was missed on that date is open to be made up"
        raise RecordError(wrong, what)


def _check_early(path: Path, event: StayEvent) -> None:
    """A session whose weekday the clinic chooses may be had before its day, in the same phase week."""
    service, plan_day, number = path.session_of(event)
    state = path.state
    what = f"no session of `{service}` that may be had on another day is due on that date of the same week"
    if not state.plan_day < plan_day <= state.plan_day + 7 * weeks_of(state.day) - state.day:
        raise RecordError("no-such-session", what)
    fallen_due = ahead(path, plan_day).due
    due = [s for s, n in numbered(fallen_due) if (s.service, n) == (service, number)]
    if not due or not path.is_floating(state.phase, due[0]):
        raise RecordError("no-such-session", what)
    if (service, plan_day, number) in path.early:
        raise RecordError("twice", f"that session of `{service}` was already had early")
