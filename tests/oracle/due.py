"""What falls due on a morning, by looking back over the visit."""

from __future__ import annotations

from dataclasses import dataclass

from careplan.plan.model import (
    Assessment,
    Condition,
    Frequency,
    Phase,
    Placement,
    Plan,
    ServiceLine,
    tests_of,
)
from careplan.stay.records import Value
from oracle.conditions import View, holds, sessions_had
from oracle.history import History, Session, Visit
from oracle.placing import Calendar, is_open, sessions_on, week_of


@dataclass
class Morning:
    """A day before anything has happened on it. `random`: (measure, line) that were drawn for today."""

    plan: Plan
    facts: dict[str, Value]
    history: History
    visit: Visit
    plan_day: int
    weekday: int
    random: set[tuple[str, int]]

    @property
    def day(self) -> int:
        return self.visit.clock(self.plan_day)

    @property
    def phase(self) -> Phase:
        return self.plan.phase(self.visit.phase)

    def evening(self, plan_day: int) -> View:
        """The view of an earlier evening; the last one is before the visit began, and knows nothing of it."""
        if plan_day < self.visit.first:
            taking = self.visit.taking_at_entry
        else:
            taking = self.history.day(plan_day).taking
        return View(self.plan, self.facts, self.history, self.visit, plan_day, taking)

    @property
    def evenings(self) -> range:
        return range(self.visit.first - 1, self.plan_day)

    def calendar(self) -> Calendar:
        last = max(self.day, self.phase.longest or 0, 7 * 60)
        first = self.visit.first - self.visit.start
        return Calendar(
            lambda day: (self.weekday + day - self.day) % 7, lambda day: first + day, self.visit.start, last
        )


def due_sessions(morning: Morning) -> list[Session]:
    found = []
    for place, line in enumerate(morning.phase.services):
        for nth in range(_count(morning, line, line.frequency)):
            time = line.times[min(nth, len(line.times) - 1)] if line.times else None
            found.append(Session(line.service, place, nth, not line.encouraged, time))
    return found


def _count(morning: Morning, line: ServiceLine | Assessment, how: Frequency) -> int:
    """How many times a line comes today."""
    if (
        not _is_for_this_person(morning, line)
        or holds(line.while_, morning.evening(morning.plan_day - 1)) is not True
    ):
        return 0
    condition = line.when or line.after
    if condition is not None and how.kind == "once":
        return int(_open(morning, line) and _called_today(morning, line, condition))
    if condition is not None and not _goes_on(morning, line, condition):
        return 0
    opened = 0
    if line.after_sessions is not None:
        opened = _opened_after(morning, line)
        if not opened or week_of(morning.day) <= opened:
            return 0
    return sessions_on(line, how, morning.day, morning.calendar(), morning.phase, opened)


def _is_for_this_person(morning: Morning, line: Placement) -> bool:
    return holds(line.if_facts, morning.evening(morning.plan_day - 1)) is True


def _open(morning: Morning, line: Placement) -> bool:
    return is_open(line, morning.day, morning.calendar())


# ------------------------------------------------------------------------- when something calls


def _came(morning: Morning, condition: Condition, evening: int) -> bool:
    """Whether on that evening the condition came to hold, or an event in it happened again."""
    if holds(condition, morning.evening(evening)) is not True:
        return False
    if evening == morning.visit.first - 1:
        return True
    return holds(condition, morning.evening(evening - 1)) is not True or _event_on(
        morning, condition, evening
    )


def _event_on(morning: Morning, condition: Condition, evening: int) -> bool:
    happened = morning.history.day(evening).events
    return any(test.subject == "event" and test.name in happened for test in tests_of(condition))


def _result_on(morning: Morning, condition: Condition, evening: int) -> bool:
    for test in tests_of(condition):
        if test.subject == "measure":
            found = morning.history.results(morning.plan.measure(test.name or ""), evening)
            if any(r.plan_day == evening and r.value is not None for r in found):
                return True
    return False


def _called_today(morning: Morning, line: Placement, condition: Condition) -> bool:
    """`once … when E`: a session answers each evening on which E came to hold; one may answer several."""
    return any(
        _answers_on(morning, line, evening) == morning.plan_day
        for evening in morning.evenings
        if _came(morning, condition, evening)
    )


def _answers_on(morning: Morning, line: Placement, evening: int) -> int:
    """The day on which a session answers to an evening."""
    if line.weekdays:
        for day in range(evening + 1, evening + (line.within_days or 7) + 1):
            if (morning.weekday + day - morning.plan_day) % 7 in line.weekdays:
                return day
    return evening + 1


def _goes_on(morning: Morning, line: Placement, condition: Condition) -> bool:
    """Whether a line that goes on after E does so today."""
    for evening in morning.evenings:
        if line.for_days is not None:
            if (
                evening < morning.plan_day - line.for_days
                or holds(condition, morning.evening(evening)) is not True
            ):
                continue
            fresh = evening >= morning.visit.first and (
                _event_on(morning, condition, evening) or _result_on(morning, condition, evening)
            )
            if fresh or _came(morning, condition, evening):
                return True
        elif holds(condition, morning.evening(evening)) is True:
            return True
    return False


def _opened_after(morning: Morning, line: Placement) -> int:
    """The phase week in which the sessions that the line waits for were had; 0: not yet."""
    after = line.after_sessions
    assert after is not None
    days = morning.history.of_clock(morning.visit, morning.plan_day - 1)
    had = sessions_had(morning.plan, days, after.service)
    if len(had) < after.count:
        return 0
    day = morning.history.day(had[after.count - 1])
    return week_of(day.visit.clock(day.plan_day))


# ------------------------------------------------------------------------------------ assessments


def due_tests(morning: Morning) -> tuple[list[tuple[str, int]], list[tuple[str, int]], set[int]]:
    """The tests of today, and those that come only if the phase is left today: each measure once.

    With them the lines whose test of today is one at the end.
    """
    at_end: set[int] = set()
    today: dict[str, int] = {}
    if_left: dict[str, int] = {}
    for place, line in enumerate(morning.phase.assessments, start=len(morning.phase.services)):
        if _comes(morning, place, line):
            for name in line.measures:
                today.setdefault(name, place)
        elif _comes_at_end(morning, place, line):
            at_end.add(place)
            for name in line.measures:
                last = morning.visit.maximum is not None and morning.day >= morning.visit.maximum
                (today if last else if_left).setdefault(name, place)
    return (
        list(today.items()),
        [(name, place) for name, place in if_left.items() if name not in today],
        at_end,
    )


def _comes(morning: Morning, place: int, line: Assessment) -> bool:
    at_start = _has(line, "at-start")
    if at_start and morning.day == 1:
        return _gates(morning, line)
    if line.at_random:
        return any((name, place) in morning.random for name in line.measures)
    if not any(_count(morning, line, how) for how in line.moments):
        return False
    if not at_start or morning.day > 7:
        return True
    # The test at the start stands for the first that week 1 would have.
    return any(_rhythm(morning, line, day) for day in range(1, morning.day))


def _has(line: Assessment, kind: str) -> bool:
    return any(how.kind == kind for how in line.moments)


def _gates(morning: Morning, line: Assessment) -> bool:
    """Whether a test at the start or at the end may come today."""
    if not _is_for_this_person(morning, line):
        return False
    condition = line.when or line.after
    if condition is not None and not _goes_on(morning, line, condition):
        return False
    if line.after_sessions is not None and not 0 < _opened_after(morning, line) < week_of(morning.day):
        return False
    return holds(line.while_, morning.evening(morning.plan_day - 1)) is True


def _rhythm(morning: Morning, line: Assessment, day: int) -> bool:
    """Whether the calendar alone brings a test of the line on a day of the clock."""
    return any(sessions_on(line, how, day, morning.calendar(), morning.phase, 0) for how in line.moments)


def _brought(morning: Morning, place: int, days: range) -> bool:
    """Whether the line had a test due on one of these days of the clock, in this visit."""
    return any(
        d.visit.clock(d.plan_day) in days
        and place not in d.at_end
        and any(line == place for _, line in d.tests)
        for d in morning.history.of_visit(morning.visit, morning.plan_day - 1)
    )


def _comes_at_end(morning: Morning, place: int, line: Assessment) -> bool:
    if not _has(line, "at-end") or not _gates(morning, line):
        return False
    first = 7 * week_of(morning.day) - 6
    if first == 1 and _has(line, "at-start"):
        first = 2  # the test at the start is no test at the end
    return not _brought(morning, place, range(first, morning.day))
