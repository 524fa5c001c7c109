"""Conditions, answered by looking back: True, False, or None where nobody can know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from careplan.plan.model import AllOf, AnyOf, Condition, Measure, NotSo, Plan, Service, Test
from careplan.stay.records import Value
from oracle.history import Day, History, Result, Visit

Truth = bool | None


@dataclass
class View:
    """The stay as seen on the evening of `plan_day`, in `visit` (which may begin only tomorrow)."""

    plan: Plan
    facts: dict[str, Value]
    history: History
    visit: Visit
    plan_day: int
    taking: dict[str, int]  # the courses that run, and since when

    @property
    def clock(self) -> int:
        return self.visit.clock(self.plan_day)

    def days(self, test: Test) -> list[Day]:
        """The days that the test looks at: the visit's, or the whole stay's."""
        if test.since_admission:
            return self.history.days[: self.plan_day]
        return self.history.of_visit(self.visit, self.plan_day)


def holds(condition: Condition | None, view: View) -> Truth:
    """What the condition says on that evening."""
    if condition is None:
        return True
    if isinstance(condition, NotSo):
        part = holds(condition.part, view)
        return None if part is None else not part
    if isinstance(condition, AllOf):
        parts = [holds(part, view) for part in condition.parts]
        return False if False in parts else None if None in parts else True
    if isinstance(condition, AnyOf):
        parts = [holds(part, view) for part in condition.parts]
        return True if True in parts else None if None in parts else False
    return _ANSWERS[condition.subject](condition, view)


# ------------------------------------------------------------------------------------- comparing


def _compare(operator: str, left: float, right: float) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right,
            "is": left == right, "is not": left != right}[operator]  # fmt: skip


def _fits(test: Test, value: Value, measure: Measure | None = None) -> bool:
    """Whether one value answers to the test's comparison."""
    asked = test.value
    if isinstance(value, str) or isinstance(asked, str):
        band = next((b for b in measure.bands if b.name == asked), None) if measure else None
        same = band.low <= float(value) <= band.high if band is not None else value == asked
        return same if test.operator == "is" else not same
    if test.high is not None:
        inside = float(asked or 0) <= value <= test.high
        return inside if test.operator == "is" else not inside
    return _compare(test.operator, value, float(asked or 0))


# -------------------------------------------------------------------------------------- measures


def _measure(test: Test, view: View) -> Truth:
    measure = view.plan.measure(test.name or "")
    before = view.plan_day < view.visit.first  # tests at leaving are known by then
    every = view.history.results(measure, view.plan_day, now=not before)
    first_day = 1 if test.since_admission else view.visit.first
    here = [r for r in every if r.plan_day >= first_day]
    if test.operator in ("falls by", "rises by"):
        return _changed(test, every, here)
    if test.for_days is not None:
        return _for(test, measure, view, _known(test, every))
    answers = [(r.plan_day, _answer(test, r, measure)) for r in _known(test, here)]
    if test.times is None and test.within_days is None:
        return answers[-1][1] if answers else None
    times = test.times or 1
    earliest = view.plan_day - (test.within_days or view.plan_day) + 1
    if test.in_a_row:
        last = answers[-times:]
        return len(last) == times and all(yes and day >= earliest for day, yes in last)
    return sum(yes for day, yes in answers if day >= earliest) >= times


def _known(test: Test, results: Iterable[Result]) -> list[Result]:
    """The results that the test speaks of: a test missed is one only if it counts as a value."""
    return [r for r in results if r.value is not None or test.value == "missing"]


def _answer(test: Test, result: Result, measure: Measure) -> bool:
    if test.value == "missing":
        return result.missed is (test.operator == "is")
    assert result.value is not None
    return _fits(test, result.value, measure)


def _for(test: Test, measure: Measure, view: View, results: list[Result]) -> Truth:
    """A result speaks for its day and each later day until the next."""
    window = range(view.plan_day - (test.for_days or 0) + 1, view.plan_day + 1)
    spoken: dict[int, bool | None] = {}
    for day in range(min(window.start, 1), view.plan_day + 1):
        before = [r for r in results if r.plan_day <= day]
        spoken[day] = _answer(test, before[-1], measure) if before else None
    if any(spoken[day] is False for day in window):
        return False
    if not all(spoken[day] for day in window):
        return None
    begun = view.plan_day
    while spoken.get(begun - 1):
        begun -= 1
    run = [r for r in results if r.plan_day >= begun]
    return True if len(run) >= 2 and run[-1].plan_day in window else None


def _changed(test: Test, every: list[Result], here: list[Result]) -> Truth:
    """The first value that was measured in the stay, against the latest of the visit, if that is another."""
    measured = [r for r in every if not r.missed]
    latest = (
        [r for r in here if r.value is not None and r.plan_day > measured[0].plan_day] if measured else []
    )
    if not latest:
        return None
    first, last = float(measured[0].value or 0), float(latest[-1].value or 0)
    change = first - last if test.operator == "falls by" else last - first
    asked = float(test.value or 0)
    return 100 * change >= asked * first if test.percent else change >= asked


def _event(test: Test, view: View) -> Truth:
    earliest = view.plan_day - (test.within_days or view.plan_day) + 1
    happened = [d for d in view.days(test) if test.name in d.events and d.plan_day >= earliest]
    return len(happened) >= (test.times or 1)


def _fact(test: Test, view: View) -> Truth:
    if test.name not in view.facts:
        return None
    return _fits(test, view.facts[test.name])


def _medication(test: Test, view: View) -> Truth:
    """A course that was started anew counts anew."""
    name = test.name or ""
    if test.for_days is None or name not in view.taking:
        return name in view.taking
    for day in range(view.plan_day - test.for_days + 1, view.plan_day):
        if day < 1:
            return None if view.taking[name] == 1 else False
        if view.history.day(day).taking.get(name) != view.taking[name]:
            return False
    return True


# ------------------------------------------------------------------------------------ attendance


def _counts(service: Service, name: str | None) -> bool:
    return service.name == name if name is not None else service.kind == "therapy"


def _owed(test: Test, view: View, days: list[Day]) -> tuple[int, int]:
    """Sessions attended (or made up by now) and planned, on these days."""
    attended = planned = 0
    for day in days:
        missed: dict[str, int] = {}
        for session in day.sessions:
            if not session.owed or session.status == "cancelled":
                continue
            if not _counts(view.plan.service(session.service), test.name):
                continue
            planned += 1
            attended += session.status == "attended"
            missed[session.service] = missed.get(session.service, 0) + (session.status == "missed")
        for service, count in missed.items():
            attended += min(count, _made_up(view, service, day.plan_day))
    return attended, planned


def _made_up(view: View, service: str, missed_on: int) -> int:
    return sum(
        made == (service, missed_on) for day in view.history.days[: view.plan_day] for made in day.made_up
    )


def _attendance(test: Test, view: View) -> Truth:
    days = view.days(test)
    if test.over_days is not None:
        weeks = -(-test.over_days // 7)
        last = view.clock // 7
        if 7 * (last - weeks) < view.visit.start - 1:
            return None
        days = [d for d in days if 7 * (last - weeks) < d.visit.clock(d.plan_day) <= 7 * last]
    attended, planned = _owed(test, view, days)
    if planned == 0:
        return None
    return _compare(test.operator, 100 * attended, float(test.value or 0) * planned)


def sessions_had(plan: Plan, days: list[Day], name: str | None) -> list[int]:
    """The plan day of every session attended: due, made up or extra."""
    found = []
    for day in days:
        names = [s.service for s in day.sessions if s.status == "attended"]
        names += [service for service, _ in day.made_up] + day.extra
        found += [day.plan_day for each in names if _counts(plan.service(each), name)]
    return found


def _sessions(test: Test, view: View) -> Truth:
    days = view.days(test)
    if not test.since_admission:
        days = view.history.of_clock(view.visit, view.plan_day)
    earliest = view.plan_day - (test.within_days or view.plan_day) + 1
    had = [day for day in sessions_had(view.plan, days, test.name) if day >= earliest]
    return _compare(test.operator, len(had), float(test.value or 0))


def _missed(test: Test, view: View) -> Truth:
    days = view.days(test)
    if test.within_days is not None:
        days = [d for d in days if d.plan_day > view.plan_day - test.within_days]
    if test.in_a_row:
        count = 0
        for day in days:
            count = _streak(test, view, day, count)
    else:
        attended, planned = _owed(test, view, days)
        count = planned - attended
    return _compare(test.operator, count, float(test.value or 0))


def _streak(test: Test, view: View, day: Day, count: int) -> int:
    for session in sorted(day.sessions, key=lambda s: s.time or ""):
        if session.owed and _counts(view.plan.service(session.service), test.name):
            count = {"missed": count + 1, "attended": 0}.get(session.status, count)
    if any(_counts(view.plan.service(service), test.name) for service, _ in day.made_up):
        return 0
    return count


def _clock(test: Test, view: View) -> Truth:
    days = view.plan_day if test.since_admission else view.clock
    return _compare(test.operator, days if test.subject == "days" else days // 7, float(test.value or 0))


_ANSWERS = {
    "measure": _measure,
    "fact": _fact,
    "event": _event,
    "medication": _medication,
    "attendance": _attendance,
    "sessions": _sessions,
    "missed": _missed,
    "days": _clock,
    "weeks": _clock,
}
