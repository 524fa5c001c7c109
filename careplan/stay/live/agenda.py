"""What is due on a day of a real stay, with what is recorded of it so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.stay.day import Day, due, live
from careplan.stay.live.closing import Path, numbered
from careplan.stay.live.events import StayEvent
from careplan.stay.live.trouble import RecordError
from careplan.stay.live.values import CANCELLED
from careplan.stay.moment import Now
from careplan.stay.moves import is_last_day
from careplan.stay.records import MISSING, Due
from careplan.stay.schedule.occurrence import Occurrence
from careplan.stay.schedule.sessions import dated
from careplan.stay.schedule.slots import Slot, slots_of


class DueItem(NamedTuple):
    """A session, test or dose that is due on a day: `what` has its time, window, length and people.

    `number`: the how manieth of its service on the day. `recorded`: what is known of it (of a result only
    that there is one: `result`), None for nothing. `only_if_left`: a test that falls due only if the patient
    leaves the phase on that day. `to_make_up`: a session missed on `what.date` that can be made up.
    """

    what: Occurrence
    number: int = 1
    recorded: str | None = None
    only_if_left: bool = False
    to_make_up: bool = False


def today(path: Path, records: tuple[StayEvent, ...]) -> Day:
    """The day that the stay has come to, as a day on which nobody leaves, with the tests due on leaving."""
    fallen_due = path.due()
    day = path.so_far(records)
    return day._replace(due=Due(fallen_due.sessions, (*fallen_due.tests, *fallen_due.if_left)), taken=None)


def ahead(path: Path, plan_day: int) -> Day:
    """A later day of the same visit, if the patient stays and attends all.

    Raises RecordError (not-yet-known) for a day after the visit's last.
    """
    state, program = path.state, path.program
    while state.plan_day < plan_day:
        if is_last_day(Now(program, state)):
            what = "the visit to the phase ends before that day: what is due then is not known"
            raise RecordError("not-yet-known", what)
        state, _day = live(program, state, draw=path.draw, pilot=lambda _now: None)
    fallen_due = due(program, state, path.draw)
    day = live(program, state, draw=path.draw, pilot=lambda _now: None, fallen_due=fallen_due)[1]
    return day._replace(due=Due(fallen_due.sessions, fallen_due.tests))


def items(path: Path, day: Day, records: tuple[StayEvent, ...], zone: str | None) -> list[DueItem]:
    """What is due on the day, in order of time."""
    leaving = {test.measure for test in path.due().if_left} if day.plan_day == path.state.plan_day else set()
    known = {record.slot: record for record in records}
    found: list[DueItem] = []
    counts: dict[str, int] = {}
    for what in _occurrences(path, day, zone):
        number, recorded = 1, None
        if what.kind == "session":
            number = counts[what.name] = counts.get(what.name, 0) + 1
            recorded = "early" if (what.name, day.plan_day, number) in path.early else None
        recorded = _recorded(known, what, number) or recorded
        found.append(DueItem(what, number, recorded, what.kind == "test" and what.name in leaving))
    return sorted(found, key=lambda item: item.what.slot.time or "")


def lived(path: Path, day: Day, records: tuple[StayEvent, ...], zone: str | None) -> list[DueItem]:
    """What fell due on a day that is over, and what became of it, recorded or not."""
    whole = day._replace(doses=tuple(dose._replace(given=True) for dose in day.doses))
    given = {dose.medication: "given" if dose.given else "missed" for dose in day.doses}
    missing = {name for name, value in day.records.results.items() if value == MISSING}
    statuses = {
        (s.service, n): status
        for (s, n), status in zip(numbered(day.due), day.records.attendance, strict=True)
    }
    found = []
    for item in items(path, whole, records, zone):
        recorded, what = item.recorded, item.what
        if what.kind == "dose":
            recorded = given[what.name]
        elif recorded is None and what.kind == "session" and what.owed:
            recorded = statuses[what.name, item.number]
        elif recorded is None and what.name in missing:
            recorded = MISSING
        found.append(item._replace(recorded=recorded))
    return found


def _recorded(known: dict[tuple[str, ...], StayEvent], what: Occurrence, number: int) -> str | None:
    slot = ("session", what.name, "due", "", str(number))
    kind = "result" if what.kind == "test" else what.kind
    record = known.get(slot if kind == "session" else (kind, what.name))
    if record is None:
        return None
    is_result = kind == "result" and record.value not in (MISSING, CANCELLED)
    return "result" if is_result else str(record.value)


def _occurrences(path: Path, day: Day, zone: str | None) -> list[Occurrence]:
    """The day's slots, numbered after all that fell due before."""
    slots = slots_of(path.program, [*path.days[: day.plan_day - 1], day])
    mine = [slot for slot in slots if slot.plan_day == day.plan_day]
    return dated(path.program.plan, _as_lived(path, mine), path.start, zone)


def _as_lived(path: Path, slots: Iterable[Slot]) -> Iterator[Slot]:
    """With the topic that the patient has come to; how many there will be is not known."""
    had = dict(path.state.topics)
    for slot in slots:
        topics = slot.line.topics
        topic = topics[had.get(slot.line.name, 0) % len(topics)] if topics else None
        yield slot._replace(of=None, topic=topic)


def to_make_up(path: Path, zone: str | None) -> list[DueItem]:
    """The missed sessions that can still be made up, the earliest first; `what.latest` is the last date."""
    found: list[DueItem] = []
    today = path.state.plan_day
    for (service, plan_day, number), until in sorted(path.open_until.items(), key=lambda each: each[0][1]):
        if until < today:
            continue
        whole = _occurrences(path, path.days[plan_day - 1], zone)
        what = [o for o in whole if o.kind == "session" and o.name == service][number - 1]
        what.slot = what.slot._replace(latest=until)
        found.append(DueItem(what, number, "missed", to_make_up=True))
    return found
