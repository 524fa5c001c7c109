"""Claims about amounts: sessions on every completing path, hours in every full week, the first session."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from careplan.plan.facts import Facts, assignments, holds
from careplan.plan.model import Expectation, Phase, Promise
from careplan.plan.places import places_of
from careplan.plan.recurrence import weeks_of
from careplan.plan.weeks import week_minutes
from careplan.plan.words import counted, duration_words, minutes_words
from careplan.stay.due import week_slots
from careplan.stay.placement import Calendar
from careplan.stay.program import Program
from careplan.stay.proof.answer import Counter, Outcome, Refuted, Verdict
from careplan.stay.proof.explore import Visit
from careplan.stay.proof.paths import open_exits
from careplan.stay.proof.story import story
from careplan.stay.records import DueSession

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

WEEKDAYS = ("a Monday", "a Tuesday", "a Wednesday", "a Thursday", "a Friday", "a Saturday", "a Sunday")


def everybody(proofs: Proofs, promise: Promise) -> list[Program]:
    """The plan made ready for every set of facts that any line tells apart, and the promise is made for."""
    conditions = [place.condition for place in places_of(proofs.plan)]
    sets = assignments(proofs.plan, [*conditions, promise.if_facts])
    return [Program(proofs.plan, f) for f in sets if holds(promise.if_facts, f) is not False]


def _sessions_on(
    program: Program, phase: str, day: int, weekday: int, name: str | None
) -> Iterator[DueSession]:
    """The owed sessions of a service (None: of any therapy) on a day of a visit that begins on `weekday`."""
    ready = program.phases[phase]
    calendar = Calendar((weekday - 1) % 7, 0, ready.low, ready.high)
    for session in week_slots(program, phase, weeks_of(day), calendar)[(day - 1) % 7].sessions:
        therapy = program.services[session.service].kind == "therapy"
        if session.owed and (therapy if name is None else session.service == name):
            yield session


# ------------------------------------------------------------------------------ sessions on completing paths


def enough_sessions(proofs: Proofs, promise: Promise) -> Outcome:
    """At least so many sessions fall due on every path to a planned outcome."""
    needed, name = promise.count or 0, promise.name
    found = [
        (count, visit)
        for visit in proofs.visits(promise)
        if _completes(proofs, visit) and (count := _had(visit, name)) < needed
    ]
    what = f"`{name}`" if name else "therapy"
    if found:
        count, visit = min(found, key=lambda each: (each[1].days[-1].plan_day, each[0]))
        outcome = visit.exit.target if visit.exit else None
        expects = [Expectation(kind="outcome", name=outcome)]
        if name is not None:
            expects.insert(0, Expectation(kind="sessions", name=name, count=count, due=True))
        why = f"{counted(count, 'session')} of {what} on a path that ends as `{outcome}`"
        return Counter(story(visit), tuple(expects), why)
    fewest = [_fewest(proofs, program, name) for program in everybody(proofs, promise)]
    least = min((f for f in fewest if f is not None), default=None)
    if least is None:
        return Verdict("proved", "no path ends as planned", trivial=True)
    if least >= needed:
        return Verdict("proved", f"at least {counted(least, 'session')} of {what} on each")
    return proofs.undecided()


def _completes(proofs: Proofs, visit: Visit) -> bool:
    outcome = next((o for o in proofs.plan.outcomes if o.name == visit.end.outcome), None)
    return outcome is not None and outcome.planned is True


def _had(visit: Visit, name: str | None) -> int:
    """The sessions that fell due on the path of a visit."""
    return sum(
        1
        for each in visit.path
        for day in each.days
        for s in day.due.sessions
        if s.owed and (s.service == name if name else each.program.services[s.service].kind == "therapy")
    )


def _fewest(proofs: Proofs, program: Program, name: str | None) -> int | None:
    """The fewest sessions on any path to a planned outcome, by the days on which exits open."""
    planned = {o.name for o in proofs.plan.outcomes if o.planned}
    waiting = [(0, program.front_door())]
    done: set[str] = set()
    while waiting:
        count, at = heappop(waiting)
        if at in planned:
            return count
        if at in done or at not in proofs.phases:
            continue
        done.add(at)
        phase = proofs.phases[at]
        by_day = [_by_day(program, phase, weekday, name) for weekday in range(7)]
        for exit_ in open_exits(proofs, program, phase):
            least = proofs.possible.opens(phase, exit_).least
            heappush(waiting, (count + min(sum(days[:least]) for days in by_day), exit_.target or ""))
    return None


def _by_day(program: Program, phase: Phase, weekday: int, name: str | None) -> list[int]:
    days = range(1, (phase.longest or 7 * 52) + 1)
    return [sum(1 for _ in _sessions_on(program, phase.name, day, weekday, name)) for day in days]


# ---------------------------------------------------------------------------------------- hours in a week


def enough_hours(proofs: Proofs, promise: Promise) -> Outcome:
    """At least so many clinical minutes in every full week of the phases."""
    needed = promise.minutes or 0
    least: int | None = None
    for program in everybody(proofs, promise):
        for name in promise.phases or tuple(proofs.phases):
            phase = proofs.phases[name]
            weeks = week_minutes(proofs.plan, phase, program.facts)
            whole = weeks[: phase.longest // 7] if phase.longest is not None else weeks
            for number, week in enumerate(whole, start=1):
                if week.low < needed:
                    who = _who(proofs, program.facts)
                    return Refuted(f"week {number} of `{name}` holds {minutes_words(week.low)}{who}")
                least = week.low if least is None else min(least, week.low)
    if least is None:
        return Verdict("proved", "there is no full week", trivial=True)
    return Verdict("proved", f"at least {minutes_words(least)} in every week")


def _who(proofs: Proofs, facts: Facts) -> str:
    """The facts that choose between sessions, in words."""
    asked = {t.name for p in places_of(proofs.plan) if p.role == "if" for t in p.tests}
    said = [f"`{name} is {value}`" for name, value in facts.items() if name in asked]
    return f", where {' and '.join(said)}" if said else ""


# -------------------------------------------------------------------------------------- the first session


def soon_enough(proofs: Proofs, promise: Promise) -> Outcome:
    """The first session falls within so many days of entering a phase, whatever the weekday."""
    within = promise.within_days or 0
    latest = 0
    for program in everybody(proofs, promise):
        for name in promise.phases or (program.front_door(),):
            for weekday in range(7):
                day = _first_day(program, name, weekday, promise.name, within)
                if day is None:
                    what = f"`{promise.name}`" if promise.name else "session"
                    who = f"whoever enters `{name}` on {WEEKDAYS[weekday]}{_who(proofs, program.facts)}"
                    return Refuted(f"{who} has no {what} within {duration_words(within)}")
                latest = max(latest, day)
    return Verdict("proved", f"on day {latest} at the latest")


def _first_day(program: Program, phase: str, weekday: int, name: str | None, within: int) -> int | None:
    for day in range(1, within + 1):
        if any(True for _ in _sessions_on(program, phase, day, weekday, name)):
            return day
    return None
