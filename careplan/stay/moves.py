"""The ways out of a phase, tried at the end of a day, and the move to where they lead."""

from __future__ import annotations

from typing import NamedTuple

from careplan.plan.model import Exit, Phase
from careplan.plan.recurrence import weeks_of
from careplan.stay.attendance import Attended
from careplan.stay.courses import courses_on_entry
from careplan.stay.due import morning_triggers
from careplan.stay.moment import Now
from careplan.stay.program import Program, ReadyExit
from careplan.stay.state import CourseState, Left, State
from careplan.stay.tallies import Truth


class Tried(NamedTuple):
    """A way out that was looked at: whether it was open today, and what its condition said."""

    exit: Exit
    kind: str  # anytime, own, at end
    open: bool
    truth: Truth


def is_last_day(now: Now) -> bool:
    """Whether this evening the phase has lasted as long as it may."""
    until = now.program.phases[now.phase].until
    if now.maximum is not None and now.day >= now.maximum:
        return True
    return until is not None and until(now) is True


def ways_out(now: Now) -> tuple[list[Tried], Exit | None]:
    """Step 4 of a day: `anytime`, then the phase's own exits, then on the last day `at end`; in the order
    written, up to the first that is open today and holds."""
    phase = now.program.phases[now.phase]
    last = is_last_day(now)
    review = phase.phase.review_days
    decided = now.day >= phase.low and (last or review is None or now.day % review == 0)
    tried: list[Tried] = []
    for ready in phase.exits:
        if _try(now, ready, ready.urgent or decided, tried):
            return tried, ready.exit
    if last:
        for place, ready in enumerate(phase.at_end):
            if _try(now, ready, _has_more(now, ready.exit, place), tried):
                return tried, ready.exit
    return tried, None


def _try(now: Now, ready: ReadyExit, is_open: bool, tried: list[Tried]) -> bool:
    truth: Truth = None
    if is_open:
        truth = True if ready.when is None else ready.when(now)
    tried.append(Tried(ready.exit, ready.kind, is_open, truth))
    return truth is True


def _has_more(now: Now, exit_: Exit, place: int) -> bool:
    """Whether an extension may still be used; any other way may."""
    return exit_.direction != "extend" or now.extended[place] < (exit_.extend_times or 0)


# ------------------------------------------------------------------------------------------- moving


def enter_first(program: Program, weekday: int) -> State:
    """Admission: the stay at the beginning of its first day. ValueError if no front door is open."""
    phase = program.front_door()
    tallies = tuple(tally.start() for tally in program.tallies)
    courses = tuple(CourseState() for _ in program.courses)
    goals = (0,) * len(program.goals)
    state = State(phase, 0, 0, 0, (weekday - 1) % 7, 1, None, (), tallies, courses, (), (), goals, ())
    now = Now(program, state)
    _next_day(now)
    _enter(now, phase, None)
    return now.state()


def leave(now: Now, taken: Exit | None) -> None:
    """Step 5: overnight the stay moves; without a way out, the phase goes on."""
    if taken is not None and taken.direction == "discharge":
        now.outcome = taken.target
        return
    if taken is not None and taken.direction == "extend":
        place = next(p for p, e in enumerate(now.program.phases[now.phase].at_end) if e.exit is taken)
        used = list(now.extended)
        used[place] += 1
        now.extended = tuple(used)
        now.maximum = max(now.maximum or 0, now.day) + (taken.extend_days or 0)
    _next_day(now)
    if taken is not None and taken.direction != "extend" and taken.target is not None:
        came_from = now.phase
        now.left = (*(x for x in now.left if x.phase != now.phase), _kept(now))
        _enter(now, taken.target, came_from)
    else:
        now.day += 1


def _next_day(now: Now) -> None:
    now.plan_day += 1
    now.weekday = (now.weekday + 1) % 7


def _kept(now: Now) -> Left:
    counts = tuple((place, now.tallies[place]) for place in _counts_of_visit(now.program))
    waited = tuple(trigger.week for trigger in now.triggers)
    return Left(now.phase, now.visit, now.day, now.maximum, now.extended, counts, waited)


def _counts_of_visit(program: Program) -> list[int]:
    """The tallies of attended sessions that belong to the visit, and go on with a `resume`."""
    tallies = enumerate(program.tallies)
    return [place for place, tally in tallies if isinstance(tally, Attended) and not tally.whole_stay]


def _enter(now: Now, target: str, came_from: str | None) -> None:
    """Day 1 of a visit, or with `resume` the first day of the week after the one that was left."""
    ready = now.program.phases[target]
    before = next((x for x in now.left if x.phase == target), None)
    resumes = before is not None and way_back(ready.phase, came_from) == "resume"
    now.phase, now.came_from = target, came_from
    now.visit = before.visits + 1 if before is not None else 1
    now.day, now.maximum, now.extended = 1, ready.high, (0,) * len(ready.at_end)
    now.tallies = [
        tally.new_visit(state) for tally, state in zip(now.program.tallies, now.tallies, strict=True)
    ]
    if before is not None and resumes:
        now.day, now.maximum, now.extended = 7 * weeks_of(before.day) + 1, before.maximum, before.extended
        for place, count in before.sessions:
            now.tallies[place] = count
    elif before is not None:
        now.topics = tuple((name, had) for name, had in now.topics if name not in ready.curricula)
    now.entered = now.day
    courses_on_entry(now, before is not None)
    morning_triggers(now, before.waited if before is not None and resumes else ())


def way_back(phase: Phase, came_from: str | None) -> str:
    """What happens to the phase's clock on a return: `restart`, where nothing is said."""
    for back in phase.returns:
        if came_from in back.after:
            return back.way
    return next((back.way for back in phase.returns if not back.after), "restart")
