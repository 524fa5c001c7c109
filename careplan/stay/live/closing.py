"""A stay as it is lived: what was recorded of a day becomes that day, and the stay comes to the next one.

When a day is over, nothing is left open: a session that is owed and not recorded was missed, and so was a
test that was due and has no result since it was due before. Doses that come seldom, such as injections, were
given only if that is recorded; daily ones were taken unless it is recorded that they were not. A test that
falls due only by leaving the phase was not offered if there is no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from careplan.plan.model import DoseStep, Frequency
from careplan.plan.recurrence import weeks_of
from careplan.stay.courses import CourseEvent
from careplan.stay.day import Day, admit, due, live
from careplan.stay.live.events import StayEvent
from careplan.stay.live.trouble import Kind
from careplan.stay.live.values import CANCELLED
from careplan.stay.program import Program
from careplan.stay.records import MISSING, Due, DueSession, MadeUp, Records, Status, Value
from careplan.stay.schedule.slots import at_a_moment


class Unused(NamedTuple):
    """A record that has no place in the stay as it went, and what is wrong with it."""

    record: StayEvent
    kind: Kind


class Closed(NamedTuple):
    """A day that is over: sessions that were missed, tests that are missing, what became of courses, and
    records that have no place."""

    date: date
    plan_day: int
    phase: str
    visit: int
    day: int
    missed: tuple[str, ...]
    missing: tuple[str, ...]
    courses: tuple[CourseEvent, ...]
    unused: tuple[Unused, ...]


Session = tuple[str, int, int]
"""A session that fell due: its service, the plan day, and the how manieth of the service on that day."""

Offered = frozenset[tuple[str, int]]
"""What fell due on a day: services with the how manieth session of the day, and measures with 0."""


class Path:
    """The days of a stay so far, and the day that it has come to.

    `open_until`: the missed sessions that may still be made up, and the last plan day on which they may.
    `early`: sessions that were had before the day on which they fall due.
    """

    def __init__(self, program: Program, start: date, draw: str):
        self.program, self.start, self.draw = program, start, draw
        self.state = admit(program, start.weekday())
        self.days: list[Day] = []
        self.unused: list[Unused] = []
        self.open_until: dict[Session, int] = {}
        self.early: dict[Session, StayEvent] = {}
        self._answered: set[str] = set()  # measures with a result since they were due, on this visit
        self._due: tuple[int, Due] = (0, Due())

    def date_of(self, plan_day: int) -> date:
        """The date of a day of the plan."""
        return self.start + timedelta(days=plan_day - 1)

    def due(self) -> Due:
        """The sessions and tests of the day that the stay has come to."""
        if self._due[0] != self.state.plan_day:
            self._due = (self.state.plan_day, due(self.program, self.state, self.draw))
        return self._due[1]

    def so_far(self, records: tuple[StayEvent, ...]) -> Day:
        """The day as it would be if it ended now and nothing but this came about on it."""
        known, _unused = self._records(records, frozenset())
        return live(self.program, self.state, known, self.draw, fallen_due=self.due())[1]

    def close(self, records: tuple[StayEvent, ...], was_offered: Offered | None = None) -> Closed:
        """The day is over, with these records; `was_offered`: what could be had on it, where not all."""
        known, unused = self._records(records, offered(self.due()) if was_offered is None else was_offered)
        before, fallen_due = self.state, self.due()
        state, day = live(self.program, before, known, self.draw, fallen_due=fallen_due)
        not_given = self._not_given(day, records)
        if not_given:
            known = known._replace(doses_missed=known.doses_missed | not_given)
            state, day = live(self.program, before, known, self.draw, fallen_due=fallen_due)
        due_doses = {dose.medication for dose in day.doses}
        unused += [Unused(r, "not-due") for r in records if r.kind == "dose" and r.name not in due_doses]
        for record in records:
            if record.kind != "session":
                continue
            if record.value == "made up" and self.cannot_make_up(record) is None:
                del self.open_until[self.session_of(record)]
            elif record.value == "early":
                self.early[self.session_of(record)] = record
        if state.outcome is not None:
            unused += [Unused(r, "after-the-end") for s, r in self.early.items() if s[1] > day.plan_day]
        self.state = state
        self.days.append(day)
        self.unused += unused
        self._remember(day, fallen_due)
        missed = [s.service for s, status in zip(fallen_due.sessions, known.attendance, strict=True)
                  if s.owed and status == "missed"]  # fmt: skip
        missing = [measure for measure, value in known.results.items() if value == MISSING]
        return Closed(
            self.date_of(day.plan_day), day.plan_day, day.phase, day.visit, day.day, tuple(missed),
            tuple(missing), day.courses, tuple(unused),
        )  # fmt: skip

    # ---- records --------------------------------------------------------------------------------

    def _records(self, records: tuple[StayEvent, ...], was_offered: Offered) -> tuple[Records, list[Unused]]:
        """The records of the day; what was offered and is not recorded was missed, all else left out."""
        by_kind: dict[str | None, list[StayEvent]] = {}
        for record in records:
            by_kind.setdefault(record.kind, []).append(record)
        unused: list[Unused] = []
        results = self._results(by_kind.get("result", ()), was_offered, unused)
        statuses, made_up, extra = self._sessions(by_kind.get("session", ()), was_offered, unused)
        events = frozenset(str(record.name) for record in by_kind.get("event", ()))
        missed = frozenset(str(r.name) for r in by_kind.get("dose", ()) if r.value == "missed")
        return Records(statuses, results, events, made_up, extra, missed), unused

    def _results(
        self, records: Iterable[StayEvent], was_offered: Offered, unused: list[Unused]
    ) -> Mapping[str, Value]:
        due_today = {test.measure for test in self.due().tests}
        found: dict[str, Value] = {}
        open_tests = {m for m in due_today - self._answered if (m, 0) in was_offered}
        for record in records:
            name, value = str(record.name), record.value
            is_result = value is not None and not self._is_absence(record)
            if is_result and value is not None:
                found[name] = value
            elif name not in due_today:
                unused.append(Unused(record, "not-due"))
            elif value == MISSING and name not in self._answered:
                found[name] = MISSING
            open_tests.discard(name)
        return found | dict.fromkeys(sorted(open_tests), MISSING)

    def _is_absence(self, record: StayEvent) -> bool:
        """Whether the record says that there is no result."""
        values = self.program.plan.measure(str(record.name)).domain.values
        return record.value in (MISSING, CANCELLED) and record.value not in values

    def _sessions(
        self, records: Iterable[StayEvent], was_offered: Offered, unused: list[Unused]
    ) -> tuple[tuple[Status, ...], tuple[MadeUp, ...], tuple[str, ...]]:
        places = {(s.service, n): place for place, (s, n) in enumerate(numbered(self.due()))}
        statuses: list[Status] = ["missed" if each in was_offered else "cancelled" for each in places]
        for (service, day, number), record in self.early.items():
            if day == self.state.plan_day and (service, number) in places:
                statuses[places[service, number]] = "attended"
            elif day == self.state.plan_day:
                unused.append(Unused(record, "not-due"))
        made_up: list[MadeUp] = []
        extra: list[str] = []
        for record in records:
            name, number = str(record.name), record.number or 1
            if record.value == "extra":
                extra.append(name)
            elif record.value == "early":
                if self.session_of(record)[1] <= self.state.plan_day:
                    unused.append(Unused(record, "no-such-session"))
            elif record.value == "made up":
                wrong = self.cannot_make_up(record)
                if wrong is None:
                    made_up.append(MadeUp(name, self.plan_day_of(record.due_on)))
                else:
                    unused.append(Unused(record, wrong))
            elif (name, number) in places:
                statuses[places[name, number]] = _STATUS[str(record.value)]
            else:
                unused.append(Unused(record, "not-due"))
        return tuple(statuses), tuple(made_up), tuple(extra)

    def plan_day_of(self, day: date | None) -> int:
        """The day of the plan; 0 and less lie before admission."""
        return (day - self.start).days + 1 if day is not None else 0

    def cannot_make_up(self, record: StayEvent) -> Kind | None:
        """What is wrong with a make-up on the day that the stay has come to."""
        session = self.session_of(record)
        if session not in self.open_until:
            return "no-such-session"
        return "too-late" if self.state.plan_day > self.open_until[session] else None

    def session_of(self, record: StayEvent) -> Session:
        """The session for which a make-up stands, or one that was had early."""
        return str(record.name), self.plan_day_of(record.due_on), record.number or 1

    # ---- doses ----------------------------------------------------------------------------------

    def _not_given(self, day: Day, records: tuple[StayEvent, ...]) -> frozenset[str]:
        """Medications with a dose that counts only if it is recorded, and is not."""
        given = {record.name for record in records if record.kind == "dose" and record.value == "given"}
        steps = {m.name: m.steps for m in self.program.plan.medications}
        return frozenset(
            dose.medication
            for dose in day.doses
            if dose.given and dose.medication not in given and is_seldom(steps[dose.medication][dose.step])
        )

    # ---- what is remembered from one day to the next --------------------------------------------

    def _remember(self, day: Day, fallen_due: Due) -> None:
        known = day.records
        self._answered.update(name for name, value in known.results.items() if value != MISSING)
        self._answered.difference_update([test.measure for test in fallen_due.tests])
        if (self.state.phase, self.state.visit) != (day.phase, day.visit):
            self._answered.clear()
        for (session, number), status in zip(numbered(fallen_due), known.attendance, strict=True):
            if session.owed and status == "missed":
                until = day.plan_day + self._days_to_make_up(day, session)
                if until > day.plan_day:
                    self.open_until[session.service, day.plan_day, number] = until

    def _days_to_make_up(self, day: Day, session: DueSession) -> int:
        """How many days after it a missed session may be had: what the plan allows, and where the clinic
        chooses the weekday, to the end of the phase week."""
        allowed = self.program.services[session.service].make_up_days or 0
        floating = self.is_floating(day.phase, session)
        return max(allowed, 7 * weeks_of(day.day) - day.day if floating else 0)

    def is_floating(self, phase: str, session: DueSession) -> bool:
        """Whether the clinic chooses the weekday of a session of that phase."""
        line = self.program.phases[phase].lines[session.line].line
        return not line.weekdays and not line.days and not at_a_moment(line)


_STATUS: dict[str, Status] = {"attended": "attended", "missed": "missed", "cancelled": "cancelled"}


def offered(fallen_due: Due) -> Offered:
    """All that falls due."""
    sessions = {(session.service, number) for session, number in numbered(fallen_due)}
    return frozenset(sessions | {(test.measure, 0) for test in fallen_due.tests})


def numbered(fallen_due: Due) -> Iterable[tuple[DueSession, int]]:
    """The sessions of a day, each with the how manieth of its service it is."""
    counts: dict[str, int] = {}
    for session in fallen_due.sessions:
        counts[session.service] = counts.get(session.service, 0) + 1
        yield session, counts[session.service]


def is_seldom(step: DoseStep) -> bool:
    """Whether doses of a line count only if they are recorded: once, or with days between them."""
    often: Frequency | None = step.frequency
    return often is not None and (
        often.kind == "once" or (often.kind == "every" and (often.period_days or 1) > 1)
    )
