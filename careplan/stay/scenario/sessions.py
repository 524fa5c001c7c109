"""What a scenario says of sessions: attended, missed, cancelled, made up, or had in addition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careplan.stay.program import Program
from careplan.stay.records import Due, DueSession, MadeUp, Status
from careplan.stay.scenario.telling import Line
from careplan.stay.state import State

_STATUS: dict[str, Status] = {"attend": "attended", "miss": "missed", "cancel": "cancelled"}
_ATTENDED: Status = "attended"
_THERAPIES = ""  # the key of all therapy sessions together, which is no service's name


class Attendance(NamedTuple):
    """A status for each due session in their order; make-ups; and sessions that were not due."""

    statuses: tuple[Status, ...]
    made_up: tuple[MadeUp, ...]
    extra: tuple[str, ...]


class Sessions:
    """The sessions of a stay as a scenario tells them.

    A session attended on a day on which it is not due (`on day 9 attend met`) makes up for the earliest one
    missed, if the service says `missed make up within …` and that is not too long ago; else it is one more.
    Nothing is made up that the scenario does not tell.
    """

    def __init__(self, program: Program):
        self._program = program
        services = program.plan.services
        self._make_up = {s.name: s.make_up_days for s in services if s.make_up_days is not None}
        self._missed: dict[str, list[int]] = {}  # plan days of missed sessions that may be made up

    @staticmethod
    def all_attended(due: Due) -> tuple[Status, ...]:
        """The statuses of a day of which nothing is told; empty where there is nothing to add."""
        for session in due.sessions:
            if not session.owed:
                return (_ATTENDED,) * len(due.sessions)
        return ()

    def of(self, lines: Sequence[Line], state: State, due: Due) -> Attendance:
        """What the lines, the later ones first, say of a day's sessions."""
        statuses = tuple([self._status(lines, state, session) for session in due.sessions])
        if self._make_up and "missed" in statuses:
            for session, status in zip(due.sessions, statuses, strict=True):
                if status == "missed" and session.service in self._make_up:
                    self._missed.setdefault(session.service, []).append(state.plan_day)
        made_up: list[MadeUp] = []
        extra: list[str] = []
        for line in reversed(lines):
            if line.adds:
                self._add(line, lines, state.plan_day, due, made_up, extra)
        return Attendance(statuses, tuple(made_up), tuple(extra))

    def _add(
        self,
        line: Line,
        lines: Sequence[Line],
        today: int,
        due: Due,
        made_up: list[MadeUp],
        extra: list[str],
    ) -> None:
        here = {session.service for session in due.sessions}
        for name in line.said.names:
            if name not in here and not self._taken_back(line, lines, name):
                self._also(name, today, made_up, extra)

    def _status(self, lines: Sequence[Line], state: State, session: DueSession) -> Status:
        found: Status | None = None
        for line in lines:
            if line.said.names and session.service not in line.said.names:
                continue
            line.seen += 1
            if found is None:
                found = _STATUS[line.said.kind]
                if line.said.percent is not None and not line.attends(self._key(line, state, session)):
                    found = "missed"
        return found or "attended"

    def _key(self, line: Line, state: State, session: DueSession) -> str:
        """What a share is counted over: all therapies that are owed together, everything else by itself."""
        if line.said.names:
            return session.service
        counted = self._program.phases[state.phase].lines[session.line].counted
        return _THERAPIES if counted else session.service

    @staticmethod
    def _taken_back(line: Line, lines: Sequence[Line], name: str) -> bool:
        """Whether a later line says otherwise."""
        later = [other for other in lines if other.place > line.place]
        return any(x.said.kind != "attend" and (not x.said.names or name in x.said.names) for x in later)

    def _also(self, service: str, today: int, made_up: list[MadeUp], extra: list[str]) -> None:
        days = self._make_up.get(service, 0)
        missed = [day for day in self._missed.get(service, []) if today - day <= days]
        if missed:
            self._missed[service].remove(missed[0])
            made_up.append(MadeUp(service, missed[0]))
        else:
            extra.append(service)
