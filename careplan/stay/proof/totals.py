"""Claims about amounts: sessions on every completing path, hours in every full week, the first session."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from careplan.plan.facts import Facts, holds
from careplan.plan.model import Expectation, Phase, Promise
from careplan.plan.places import places_of
from careplan.plan.recurrence import weeks_of
from careplan.plan.weeks import week_minutes
from careplan.plan.words import counted, duration_words, minutes_words
from careplan.stay.day import Day
from careplan.stay.due import week_slots
from careplan.stay.placement import Calendar
from careplan.stay.program import Program
from careplan.stay.proof.answer import Counter, Outcome, Verdict
from careplan.stay.proof.explore import Visit, relive
from careplan.stay.proof.paths import open_exits
from careplan.stay.proof.shrink import Still
from careplan.stay.proof.story import in_phase, story
from careplan.stay.records import DueSession

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

WEEKDAYS = ("a Monday", "a Tuesday", "a Wednesday", "a Thursday", "a Friday", "a Saturday", "a Sunday")


def everybody(proofs: Proofs, promise: Promise) -> list[Program]:
    """The plan made ready for every set of facts that any line tells apart, and the promise is made for."""
    return [p for p in proofs.everybody() if holds(promise.if_facts, p.facts) is not False]


def _sessions_on(
    program: Program, phase: str, day: int, weekday: int, name: str | None
) -> Iterator[DueSession]:
    """The owed sessions of a service (None: of any therapy) on a day of a visit that begins on `weekday`.

    Those that something in the stay brings, or the plan's own weeks, are left out: they need not come.
    """
    ready = program.phases[phase]
    calendar = Calendar((weekday - 1) % 7, 0, ready.low, ready.high)
    for session in week_slots(program, phase, weeks_of(day), calendar)[(day - 1) % 7].sessions:
        therapy = program.services[session.service].kind == "therapy"
        sure = session.owed and not ready.lines[session.line].line.plan_weeks
        if sure and (therapy if name is None else session.service == name):
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
        return Counter(story(visit), tuple(expects), why, _too_few(needed, name))
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


def _too_few(needed: int, name: str | None) -> Still:
    """Whether a stay lived again completes with too few sessions as well."""

    def still(program: Program, days: list[Day]) -> bool:
        target = days[-1].taken.target if days[-1].taken is not None else None
        outcome = program.outcomes.get(target or "")
        completes = outcome is not None and outcome.planned is True
        return completes and sum(_count(program, day, name) for day in days) < needed

    return still


def _count(program: Program, day: Day, name: str | None) -> int:
    """The owed sessions of a service, or of any therapy, that fell due on a day."""
    services = program.services
    owed = (s.service for s in day.due.sessions if s.owed)
    return sum(1 for s in owed if (s == name if name else services[s].kind == "therapy"))


def _had(visit: Visit, name: str | None) -> int:
    """The sessions that fell due on the path of a visit."""
    return sum(_count(each.program, day, name) for each in visit.path for day in each.days)


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
        # On a `resume` the visit that goes on may see only the end of the phase.
        resumes = any(back.way == "resume" for back in phase.returns)
        by_day = [_by_day(program, phase, weekday, name) for weekday in range(7)]
        for exit_ in open_exits(proofs, program, phase):
            least = 0 if resumes else proofs.possible.opens(phase, exit_).least
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
    short: list[tuple[int, str, Program, int]] = []
    for program in everybody(proofs, promise):
        for name in promise.phases or tuple(proofs.phases):
            phase = proofs.phases[name]
            if not proofs.comes_to(program, name):
                continue
            weeks = week_minutes(proofs.plan, phase, program.facts)
            whole = weeks[: phase.longest // 7] if phase.longest is not None else weeks
            for number, week in enumerate(whole, start=1):
                if week.low < needed:
                    short.append((number, name, program, week.low))
                    break
                least = week.low if least is None else min(least, week.low)
    for number, name, program, low in sorted(short, key=lambda each: each[0]):
        who = _who(proofs, program.facts)
        why = f"week {number} of `{name}` holds {minutes_words(low)}{who}"
        seen = _stays_in(proofs, program, name, 7 * number)
        if seen is not None:
            return Counter(story(seen, seen.days[7 * number - 1]), (_there(seen, 7 * number),), why)
    if short:
        return proofs.undecided()
    if least is None:
        return Verdict("proved", "there is no full week", trivial=True)
    return Verdict("proved", f"at least {minutes_words(least)} in every week")


def _there(visit: Visit, day: int) -> Expectation:
    return in_phase(visit.phase, visit.days[day - 1])


def _stays_in(
    proofs: Proofs, program: Program, name: str, days: int, weekday: int | None = None
) -> Visit | None:
    """A first visit to the phase of so many days, lived by somebody with these facts; None if none is found.

    `weekday`: on which the phase is entered.
    """
    for visit in proofs.exploration.visits:
        fits = visit.phase == name and visit.number == 1 and len(visit.days) >= days
        if not fits or any(
            program.facts[n] != v for n, v in proofs.exploration.deciding(visit.program).items()
        ):
            continue
        shift = 0 if weekday is None else (weekday - visit.start.weekday) % 7
        lived = relive(visit, program, shift, proofs.exploration.repertoire)
        if lived is not None and len(lived.days) >= days and weekday in (None, lived.start.weekday):
            return lived
    return None


def _who(proofs: Proofs, facts: Facts) -> str:
    """The facts that choose between sessions, in words."""
    asked = {t.name for p in places_of(proofs.plan) if p.role == "if" for t in p.tests}
    said = [f"`{name} is {value}`" for name, value in facts.items() if name in asked]
    return f", where {' and '.join(said)}" if said else ""


# -------------------------------------------------------------------------------------- the first session


def soon_enough(proofs: Proofs, promise: Promise) -> Outcome:
    """The first session falls within so many days of entering a phase, whatever the weekday."""
    within = promise.within_days or 0
    latest, late = 0, False
    for program in everybody(proofs, promise):
        for name in promise.phases or (program.front_door(),):
            if not proofs.comes_to(program, name):
                continue
            for weekday in range(7):
                day = _first_day(program, name, weekday, promise.name, within)
                latest = max(latest, day or 0)
                if day is None:
                    late = True
                    found = _told_late(proofs, promise, program, name, weekday)
                    if found is not None:
                        return found
            resumes = any(back.way == "resume" for back in proofs.phases[name].returns)
            late = late or resumes  # then the clock does not begin on day 1
    return proofs.undecided() if late else Verdict("proved", f"on day {latest} at the latest")


def _told_late(proofs: Proofs, promise: Promise, program: Program, name: str, weekday: int) -> Counter | None:
    """Somebody who enters on that weekday and has no such session in time."""
    within = promise.within_days or 0
    visit = _stays_in(proofs, program, name, within, weekday)
    if visit is None or any(_count(visit.program, day, promise.name) for day in visit.days[:within]):
        return None
    what = f"`{promise.name}`" if promise.name else "session"
    who = f"whoever enters `{name}` on {WEEKDAYS[weekday]}{_who(proofs, program.facts)}"
    why = f"{who} has no {what} within {duration_words(within)}"
    return Counter(story(visit, visit.days[within - 1]), (_there(visit, within),), why)


def _first_day(program: Program, phase: str, weekday: int, name: str | None, within: int) -> int | None:
    for day in range(1, within + 1):
        if any(True for _ in _sessions_on(program, phase, day, weekday, name)):
            return day
    return None
