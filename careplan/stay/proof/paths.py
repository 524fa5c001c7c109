"""Claims about where paths lead: that a phase can be reached from another, and that every path ends."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from careplan.plan.facts import holds
from careplan.plan.graph import circles, reached
from careplan.plan.model import Exit, Expectation, Phase, Point, Promise
from careplan.plan.possible import FOR_EVER, last_day, longest_visit
from careplan.plan.words import counted, duration_words
from careplan.stay.program import Program
from careplan.stay.proof.again import goes_round, stays
from careplan.stay.proof.answer import Counter, Outcome, Verdict
from careplan.stay.proof.explore import Visit
from careplan.stay.proof.story import in_phase, story
from careplan.stay.proof.surely import Step, leads_on

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

WAYS = 12
"""Ways from a phase that are tried for everybody."""

MOST_STEPS = 2000
"""Steps that are looked at in search of ways."""

ROUNDS = 8
"""Rounds, the shortest ones, of which it is tried whether they can go on for ever."""


# ------------------------------------------------------------------------------------------- can reach


def can_reach(proofs: Proofs, promise: Promise) -> Outcome:
    """For every way of coming into the one phase, some continuation gets to the other in time."""
    source, target = promise.source or "", promise.target or ""
    people = [
        program
        for program in proofs.programs
        if holds(promise.if_facts, program.facts) is not False and proofs.comes_to(program, source)
    ]
    if not people:
        return Verdict("proved", f"nobody comes into `{source}`", trivial=True)
    for program in people:
        cut_off = _cut_off(proofs, program, source, target, promise.within_days)
        if cut_off is not None:
            return _told(proofs, program, source, cut_off)
    if all(_everybody_can(proofs, promise, program) for program in people):
        return Verdict(
            "proved", f"by a way that hangs on nothing before `{source}`, on every weekday of entry"
        )
    return proofs.undecided()


def surely_left(proofs: Proofs, source: str, people: list[Program]) -> bool:
    """Whether everybody who comes into a phase can leave it, whatever their past."""
    entries = {id(v.program): v.start for v in proofs.exploration.visits if v.phase == source}
    steps = {
        Step(v.behaviour, v.exit): None
        for v in proofs.exploration.visits
        if v.phase == source and v.exit is not None and v.exit.direction != "extend"
    }
    repertoire = proofs.exploration.repertoire
    for program in people:
        entry = entries.get(id(program))
        if entry is None:
            return False
        for someone in proofs.everybody(program):
            for weekday in range(7):
                begun = entry._replace(weekday=weekday)
                if all(leads_on(someone, begun, [s], repertoire) is None for s in list(steps)[:WAYS]):
                    return False
    return True


def _everybody_can(proofs: Proofs, promise: Promise, program: Program) -> bool:
    """Whether ways that were followed lead there for all who have these facts, whatever their past."""
    source, target, within = promise.source or "", promise.target or "", promise.within_days
    repertoire = proofs.exploration.repertoire
    entries = [v for v in proofs.exploration.visits if v.phase == source and v.program is program]
    if not entries:
        return False
    onward = ways(proofs, source, target)
    for someone in proofs.everybody(program):
        for weekday in range(7):
            entry = entries[0].start._replace(weekday=weekday)
            days = (leads_on(someone, entry, way, repertoire) for way in onward)
            if not any(took is not None and (within is None or took <= within) for took in days):
                return False
    return True


def _told(proofs: Proofs, program: Program, source: str, why: str) -> Outcome:
    """A refutation that nothing follows: told by the shortest path into the phase."""
    entries = [v for v in proofs.exploration.visits if v.phase == source and v.program is program]
    if not entries:
        return proofs.undecided()  # perhaps nobody ever comes in
    first = min(entries, key=lambda v: v.start.plan_day)
    return Counter(story(first, first.days[0]), (in_phase(source, first.days[0]),), why)


def _cut_off(proofs: Proofs, program: Program, source: str, target: str, within: int | None) -> str | None:
    """Why no continuation gets there in time, by the days on which exits open; None if one may."""
    least = _least_days(proofs, program, source).get(target)
    if least is None:
        return f"no way leads from `{source}` to `{target}`"
    if within is not None and least > within:
        return f"the quickest way from `{source}` to `{target}` takes {counted(least, 'day')}"
    return None


def _least_days(proofs: Proofs, program: Program, source: str) -> dict[str, int]:
    """The fewest days, by the days on which exits open, from entering a phase to entering each other."""
    found: dict[str, int] = {}
    waiting = [(0, source)]
    done: set[str] = set()
    while waiting:
        days, name = heappop(waiting)
        if name in done or name not in proofs.phases:
            continue
        done.add(name)
        for exit_ in open_exits(proofs, program, proofs.phases[name]):
            target = exit_.target or ""
            later = days + least_stay(proofs, proofs.phases[name], exit_)
            if later < found.get(target, later + 1):
                found[target] = later
                heappush(waiting, (later, target))
    return found


def least_stay(proofs: Proofs, phase: Phase, exit_: Exit) -> int:
    """The fewest days of a visit that the exit ends; on a `resume`, the clock may have run on before."""
    resumes = any(back.way == "resume" for back in phase.returns)
    return 1 if resumes else proofs.possible.opens(phase, exit_).least


def open_exits(proofs: Proofs, program: Program, phase: Phase) -> Iterator[Exit]:
    """The exits to phases and outcomes that people with these facts may take."""
    for exit_ in proofs.plan.exits_of(phase):
        if exit_.direction != "extend" and proofs.possible.why_not(phase, exit_, program.facts) is None:
            yield exit_


def ways(proofs: Proofs, source: str, target: str) -> list[list[Step]]:
    """The ways from a phase that were followed, the quickest first."""
    onward: dict[str, dict[Step, int]] = {}
    for visit in proofs.exploration.visits:
        if visit.exit is not None:
            steps = onward.setdefault(visit.phase, {})
            step = Step(visit.behaviour, visit.exit)
            steps[step] = min(len(visit.days), steps.get(step, len(visit.days)))
    found: list[list[Step]] = []
    waiting: list[tuple[int, int, str, tuple[Step, ...]]] = [(0, 0, source, ())]
    number = 0
    while waiting and len(found) < WAYS and number < MOST_STEPS:
        days, _, phase, before = heappop(waiting)
        if phase == target and before:
            found.append(list(before))
            continue
        for step, more in onward.get(phase, {}).items() if len(before) < len(proofs.phases) else ():
            heappush(waiting, (days + more, number := number + 1, step.exit.target or "", (*before, step)))
    return found


# -------------------------------------------------------------------------------------- every path ends


def every_path_ends(proofs: Proofs, promise: Promise) -> Outcome:
    """No path goes on for ever, nor longer than is said; with at most so many returns to a phase."""
    people = [p for p in proofs.programs if holds(promise.if_facts, p.facts) is not False]
    for finds in (_stays_for_ever, comes_round, _takes_too_long):
        found = finds(proofs, promise)
        if found is not None:
            return found
    longest = [_longest(proofs, program, promise.returns) for program in people]
    if None in longest:
        return proofs.undecided()
    most = max((days for days in longest if days is not None), default=0)
    if promise.within_days is not None and most > promise.within_days:
        return proofs.undecided()
    return Verdict("proved", f"no path is longer than {duration_words(most)}")


def _mine(proofs: Proofs, promise: Promise) -> Iterator[Visit]:
    """The visits on paths with no more returns than are looked at."""
    for visit in proofs.visits(promise):
        if promise.returns is None or all(v.number <= promise.returns + 1 for v in visit.path):
            yield visit


def _stays_for_ever(proofs: Proofs, promise: Promise) -> Counter | None:
    for visit in _mine(proofs, promise):
        if (
            visit.exit is None
            and visit.end.outcome is None
            and last_day(proofs.phases[visit.phase]) == FOR_EVER
        ):
            if not stays(visit, proofs.exploration.repertoire):
                continue
            day = visit.days[-1]
            why = f"nothing ends `{visit.phase}`: still there on day {day.plan_day}, and so for ever"
            return Counter(story(visit, day), (in_phase(visit.phase, day),), why)
    return None


def comes_round(proofs: Proofs, promise: Promise) -> Counter | None:
    """A path that comes into a phase just as it did before: it can go round for ever."""
    if promise.returns is not None:
        return None
    for length, before, visit in rounds(proofs, promise):
        loop = visit.path[visit.path.index(before) :]
        if not goes_round(loop, proofs.exploration.repertoire):
            continue
        round_ = " → ".join(f"`{name}`" for name in (*(v.phase for v in loop), before.phase))
        why = f"{round_} can go round for ever, {counted(length, 'day')} a round"
        back = Expectation(kind="phase", name=before.phase, on=Point(day=visit.end.plan_day))
        return Counter(story(visit), (back,), why)
    return None


def rounds(proofs: Proofs, promise: Promise) -> list[tuple[int, Visit, Visit]]:
    """The rounds that were followed, the shortest first: their days, first visit and last."""
    found: dict[tuple[str, ...], tuple[int, Visit, Visit]] = {}
    for visit in proofs.visits(promise):
        if visit.exit is None or visit.end.outcome is not None:
            continue
        for before in visit.path:
            if before.phase == visit.end.phase:
                length = visit.end.plan_day - before.start.plan_day
                names = tuple(v.phase for v in visit.path[visit.path.index(before) :])
                known = found.get(names)
                if known is None or length < known[0]:
                    found[names] = length, before, visit
    return sorted(found.values(), key=lambda each: (each[0], each[2].end.plan_day))[:ROUNDS]


def _takes_too_long(proofs: Proofs, promise: Promise) -> Counter | None:
    if promise.within_days is None:
        return None
    for visit in _mine(proofs, promise):
        day = next((d for d in visit.days if d.plan_day == promise.within_days + 1), None)
        if day is not None:
            why = f"still in `{visit.phase}` on day {day.plan_day}"
            return Counter(story(visit, day), (in_phase(visit.phase, day),), why)
    return None


def _longest(proofs: Proofs, program: Program, returns: int | None) -> int | None:
    """The most days that a path can take; None if nothing bounds it."""
    steps = proofs.steps(program)
    there = reached(steps, [program.front_door()]) & set(proofs.phases)
    lengths: dict[str, int] = {}
    for name in there:
        most = longest_visit(proofs.phases[name])
        if most is None:
            return None
        lengths[name] = most
    if returns is not None:
        return sum((returns + 1) * days for days in lengths.values())
    inside = {name: [t for t in steps[name] if t in lengths] for name in lengths}
    components = circles(inside)
    if len(set(components.values())) < len(inside) or any(name in inside[name] for name in inside):
        return None  # a way comes round
    most_on: dict[str, int] = {}
    for name in sorted(inside, key=lambda n: components[n]):  # where a way leads is numbered before
        most_on[name] = lengths[name] + max((most_on[t] for t in inside[name]), default=0)
    return most_on[program.front_door()]
