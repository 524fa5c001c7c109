"""One real patient's stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from careplan.plan.model import Plan
from careplan.stay.live import agenda, saved
from careplan.stay.live.amended import Amended, Standing, compared
from careplan.stay.live.book import Book
from careplan.stay.live.changes import Same
from careplan.stay.live.checking import check_fits, checked_date, event_of
from careplan.stay.live.closing import Closed, Offered, Path, Unused, offered
from careplan.stay.live.events import StayEvent, What, event_from
from careplan.stay.live.lived_again import lived_again
from careplan.stay.live.trouble import Kind, RecordError
from careplan.stay.live.values import checked_facts
from careplan.stay.live.ways import Move, Why, moves, ways
from careplan.stay.program import Program
from careplan.stay.records import Value
from careplan.stay.schedule.dates import zone_named
from careplan.stay.state import State

LONGEST = 3653
"""Days, ten years: no more are closed at once."""
LAST_YEAR = 9900
_DAY = timedelta(days=1)


class Stay:
    """A patient's stay under a plan, from admission on `start`, a date that is day 1.

    `facts`: what is known at admission (`{"track": "evening"}`). `zone`: an IANA name; without one, what is
    due has dates and no instants. `id`: any text; it decides only on which days tests at random fall. Raises
    RecordError for facts that the plan has not or needs, and ValueError for a zone that does not exist.

    The stay stands on one open day, `today`: what happens on it is recorded, in any order, until it is
    closed. Nothing of the patient is in the text of any error. Not safe for two threads at once.
    """

    def __init__(
        self,
        plan: Plan,
        start: date,
        facts: Mapping[str, Any] | None = None,
        zone: str | None = None,
        id: str = "",
    ):
        known = checked_facts(plan, facts or {})
        start = checked_date(start)
        if start.year > LAST_YEAR:
            raise RecordError("not-a-date", f"a stay begins before the year {LAST_YEAR}")
        if zone is not None:
            zone_named(zone)
        self.plan, self.start, self.zone, self.id = plan, start, zone, id
        self.facts: Mapping[str, Value] = known
        given = tuple(sorted(known.items()))
        self._program = _program(Same(plan), given)
        self._book = Book()
        self._through = start - _DAY  # all days up to it are closed
        self._path = Path(self._program, start, id)
        self._offered: dict[int, Offered] = {}  # what fell due on each day when it was closed
        self._events = [StayEvent("admitted", start, facts=given, zone=zone, id=id)]

    def __repr__(self) -> str:
        return f"<Stay in {self.plan.name}>"  # and nothing of the patient

    # ---- where the patient stands ---------------------------------------------------------------

    @property
    def state(self) -> State:
        """All that the stay remembers, as a value that can be compared."""
        return self._path.state

    @property
    def today(self) -> date:
        """The day that is open; of a stay that has ended, its last."""
        return self._path.date_of(self.state.plan_day)

    @property
    def phase(self) -> str:
        """The phase; of a stay that has ended, the last one."""
        return self.state.phase

    @property
    def visit(self) -> int:
        """The how manieth visit to the phase."""
        return self.state.visit

    @property
    def day(self) -> int:
        """The day of the phase's clock; `plan_day` is that of the stay."""
        return self.state.day

    @property
    def plan_day(self) -> int:
        """Days since admission, which is day 1."""
        return self.state.plan_day

    @property
    def outcome(self) -> str | None:
        """How the stay has ended; None if it has not."""
        return self.state.outcome

    @property
    def taking(self) -> dict[str, date]:
        """The medications that are running, and the dates on which they started."""
        courses = zip(self._program.courses, self.state.courses, strict=True)
        return {ready.medication.name: self._path.date_of(c.since) for ready, c in courses if c.since}

    @property
    def goals(self) -> dict[str, date | None]:
        """The date on which each goal was reached; None: not yet."""
        reached = zip(self.plan.goals, self.state.goals, strict=True)
        return {goal.name: self._path.date_of(day) if day else None for goal, day in reached}

    @property
    def events(self) -> tuple[StayEvent, ...]:
        """Everything that was told to the stay, in order; `replay` makes the same stay of it."""
        return tuple(self._events)

    @property
    def unused(self) -> tuple[Unused, ...]:
        """Records that have no place in the stay as it went, such as doses that were not due."""
        return tuple(self._path.unused)

    # ---- recording ------------------------------------------------------------------------------

    def record(
        self, kind: str, name: str, value: object = None, *, on: date, number: int | None = None,
        due_on: date | None = None, key: str | None = None,
    ) -> bool:  # fmt: skip
        """Record something of the open day.

        `kind` and `value`: `result` of a measure (its value, or `missing` or `cancelled` for a test that was
        due), `session` of a service (`attended`, `missed`, `cancelled`, `extra` for one that was not due,
        `made up` for a missed one of `due_on`, or `early` for one of a later day of the week on which the
        clinic may choose the weekday), `event` (no value), `dose` of a medication (`given` or
        `missed`). `number`: which of several sessions of the service on that day. `key`: told again with the
        same key and content, nothing happens and False is returned. Raises RecordError.
        """
        event = event_of(self.plan, self.start, "recorded", kind, name, value, on, number, due_on, key)
        if self._told_before(event):
            return False
        self._check_open(event.on)
        if self._book.find(self.plan_day, event.slot) is not None:
            raise RecordError("twice", f"there is a record of `{name}` of that day: `amend` changes it")
        check_fits(self._path, event)
        self._book.put(self.plan_day, event)
        self._keep(event)
        return True

    def close(self, on: date) -> Closed:
        """The open day, which has to be that date, is over. What is not recorded by now did not happen."""
        self._check_open(checked_date(on))
        return self.advance_to(on + _DAY)[0]

    def advance_to(self, on: date) -> tuple[Closed, ...]:
        """Close all days before that date, which becomes the open one; fewer, where the stay ends before."""
        on = checked_date(on)
        if self.outcome is not None:
            raise RecordError("after-the-end", "the stay has ended: no day of it is open")
        if on < self.today:
            raise RecordError("day-closed", "that day is over")
        if (on - self.today).days > LONGEST:
            raise RecordError("too-far", f"no more than {LONGEST} days are closed at once")
        found = []
        while self.today < on and self.outcome is None:
            self._offered.setdefault(self.plan_day, offered(self._path.due()))
            found.append(self._path.close(self._book.of(self.plan_day)))
        if found:
            self._through = found[-1].date
            self._events.append(StayEvent("closed", self._through))
        return tuple(found)

    def amend(
        self, kind: str, name: str, value: object = None, *, on: date, number: int | None = None,
        due_on: date | None = None, key: str | None = None, withdraw: bool = False,
    ) -> Amended:  # fmt: skip
        """Record something of a day that is over, in place of what was recorded of it; the days since are
        lived again. `withdraw`: take back what was recorded. What falls due on those days only now was not
        offered: it is neither missed nor missing. Records that have no place any more are no error, and stand
        in the answer. Raises RecordError.
        """
        what: What = "withdrawn" if withdraw else "amended"
        event = event_of(self.plan, self.start, what, kind, name, value, on, number, due_on, key)
        before = self._path
        if self._told_before(event):
            return compared(before, before)
        plan_day = before.plan_day_of(event.on)
        if plan_day > self.plan_day:
            wrong: Kind = "after-the-end" if self.outcome is not None else "not-yet-come"
            raise RecordError(wrong, "only what lies behind can be amended")
        if withdraw:
            if self._book.find(plan_day, event.slot) is None:
                raise RecordError("not-recorded", f"there is no record of `{name}` of that day")
            self._book.remove(plan_day, event.slot)
        else:
            if plan_day == self.plan_day and self.outcome is None:
                check_fits(before, event)
            self._book.put(plan_day, event)
        self._keep(event)
        self._path = lived_again(self._path, self._book, self._through, self._offered)
        return compared(before, self._path)

    # ---- asking ---------------------------------------------------------------------------------

    def due(self, on: date) -> list[agenda.DueItem]:
        """What is due on a day, in order of time; of a day that is over, what fell due.

        A later day is answered as if the patient stayed in the phase until then; RecordError (not-yet-known)
        beyond the visit's last day.
        """
        path, plan_day = self._path, self._path.plan_day_of(checked_date(on))
        if plan_day < 1:
            raise RecordError("before-admission", "that day lies before admission")
        records = self._book.of(plan_day)
        if plan_day <= len(path.days):
            return agenda.lived(path, path.days[plan_day - 1], records, self.zone)
        if self.outcome is not None:
            return []
        if plan_day - self.plan_day > LONGEST:
            raise RecordError("not-yet-known", "that day is too far away")
        is_open = plan_day == self.plan_day
        day = agenda.today(path, records) if is_open else agenda.ahead(path, plan_day)
        return agenda.items(path, day, records, self.zone)

    def to_make_up(self) -> list[agenda.DueItem]:
        """The missed sessions that can still be made up; `what.latest` is the last date for each."""
        return [] if self.outcome is not None else agenda.to_make_up(self._path, self.zone)

    def why(self) -> Why:
        """Why the patient was last moved, and what would move them today, on what is recorded so far."""
        latest = next(moves(self._path), None)
        if self.outcome is not None:
            return Why(latest, ())
        day = self._path.so_far(self._book.of(self.plan_day))
        return Why(latest, tuple(ways(self._path, day)))

    def moves(self) -> list[Move]:
        """Every way out that was taken, the first first."""
        return list(moves(self._path))[::-1]

    # ---- out and in -----------------------------------------------------------------------------

    def to_json(self) -> str:
        """The stay as JSON text: what was told to it, where it stands, and the plan's parts as hashes."""
        return saved.to_json(self.plan, self._events, Standing.of(self._path))

    @classmethod
    def from_json(cls, plan: Plan, text: str, *, accept_changes: bool = False) -> Stay:
        """The stay that `to_json` wrote.

        Raises PlanChanged, with what differs, if it was saved under another plan or the plan as it was;
        `accept_changes` goes on under this one, and lives the days again: look at `unused` then. Raises
        RecordError (unreadable) for any other text.
        """
        found = saved.from_json(text)
        events = [event_from(each) for each in found.events]
        if not saved.check_plan(plan, found, accept_changes):
            try:
                stay = cls.replay(plan, events)
            except RecordError as error:
                if error.kind == "unreadable":
                    raise
            else:
                if Standing.of(stay._path)._asdict() == found.stands:
                    return stay
            if not accept_changes:
                raise saved.leads_elsewhere(found)
        return cls.replay(plan, [*events, StayEvent("replanned", events[-1].on if events else date.min)])

    @classmethod
    def replay(cls, plan: Plan, events: Iterable[StayEvent | Mapping[str, Any]]) -> Stay:
        """The stay to which the same was told: `events` as `Stay.events` gives them, or as their dicts.

        Raises RecordError for an event that could not have been told: twice, out of order, before admission.
        """
        told = [event_from(each) for each in events]
        if not told or told[0].what != "admitted":
            raise RecordError("unreadable", "the first event of a stay is the admission")
        first = told[0]
        stay = cls(plan, first.on, dict(first.facts), first.zone, first.id or "")
        cut = 1 + max((n for n, each in enumerate(told) if each.what == "replanned"), default=0)
        if cut > 1:
            stay._take(told[1:cut])
        for event in told[cut:]:
            stay._tell(event)
        return stay

    def _take(self, told: list[StayEvent]) -> None:
        """What was told under the plan as it was: what no longer fits is left out, and stands in `unused`."""
        for event in told:
            plan_day = self._path.plan_day_of(event.on)
            if event.what in ("recorded", "amended"):
                self._book.put(plan_day, event)
            elif event.what == "withdrawn":
                self._book.remove(plan_day, event.slot)
            elif event.what == "closed":
                self._through = max(self._through, event.on)
            elif event.what != "replanned":
                raise RecordError("unreadable", "a stay begins only once")
            self._keep(event)
        if (self._through - self.start).days > 10 * LONGEST:
            raise RecordError("too-far", "the stay is longer than a life")
        self._path = lived_again(self._path, self._book, self._through, self._offered)

    def _tell(self, event: StayEvent) -> None:
        said = (event.kind or "", event.name or "", event.value)
        if event.what == "recorded":
            self.record(*said, on=event.on, number=event.number, due_on=event.due_on, key=event.key)
        elif event.what in ("amended", "withdrawn"):
            self.amend(
                *said, on=event.on, number=event.number, due_on=event.due_on, key=event.key,
                withdraw=event.what == "withdrawn",
            )  # fmt: skip
        elif event.what == "closed":
            if event.on < self.today:
                raise RecordError("day-closed", "that day is over")
            self.advance_to(event.on + _DAY)
        else:
            raise RecordError("unreadable", "a stay begins only once")

    # ---- within ---------------------------------------------------------------------------------

    def _told_before(self, event: StayEvent) -> bool:
        before = self._book.with_key(event.key)
        if before is not None and before != event:
            raise RecordError("key-reused", "that key stood for something else")
        return before is not None

    def _keep(self, event: StayEvent) -> None:
        self._book.keep(event)
        self._events.append(event)

    def _check_open(self, on: date) -> None:
        if on < self.today or (on == self.today and self.outcome is not None):
            raise RecordError("day-closed", "that day is over: `amend` records what was late")
        if self.outcome is not None:
            raise RecordError("after-the-end", "the stay has ended")
        if on > self.today:
            raise RecordError("not-yet-come", "the days before that one are not closed yet")


@lru_cache(maxsize=256)
def _program(same: Same, facts: tuple[tuple[str, Value], ...]) -> Program:
    return Program(same.plan, dict(facts))
