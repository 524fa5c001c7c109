"""Claims about where paths lead: that a phase can be reached from another, and that every path ends."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from careplan.plan.facts import holds
from careplan.plan.graph import reached
from careplan.plan.model import Exit, Expectation, Phase, Point, Promise, tests_of
from careplan.plan.words import counted, duration_words
from careplan.stay.program import Program
from careplan.stay.proof.answer import Counter, Outcome, Refuted, Verdict
from careplan.stay.proof.explore import Visit, live_visit, signature
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs

Node = tuple[int, object]
"""A way of coming into a phase: the facts' program, and what of the stay can still matter."""


class Way(NamedTuple):
    """The visits from a phase to where it leads, and the days that they take."""

    days: int
    visits: tuple[Visit, ...]


# ------------------------------------------------------------------------------------------- can reach


def can_reach(proofs: Proofs, promise: Promise) -> Outcome:
    """For every way of coming into the one phase, some continuation gets to the other in time."""
    source, target = promise.source or "", promise.target or ""
    for program in proofs.programs:
        if holds(promise.if_facts, program.facts) is False or not proofs.comes_to(program, source):
            continue
        cut_off = _cut_off(proofs, program, source, target, promise.within_days)
        if cut_off is not None:
            return _told(proofs, program, source, cut_off)
    checked = 0
    for visit in _entries(proofs, promise, source):
        way = _quickest(proofs, visit, target)
        if way is None or (promise.within_days is not None and way.days > promise.within_days):
            return proofs.undecided()
        if not all(_looks_at_the_visit_alone(proofs, each) for each in way.visits):
            return proofs.undecided()
        if not _on_every_weekday(proofs, way, promise.within_days):
            return proofs.undecided()
        checked += 1
    if not checked:
        return Verdict("proved", f"nobody comes into `{source}`", trivial=True)
    return Verdict("proved", f"by a way that looks at nothing before `{source}`, on every weekday of entry")


def _told(proofs: Proofs, program: Program, source: str, why: str) -> Outcome:
    """A refutation that nothing follows: told by the shortest path into the phase."""
    entries = [v for v in proofs.exploration.visits if v.phase == source and v.program is program]
    if not entries:
        return Refuted(why)
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
            later = days + proofs.possible.opens(proofs.phases[name], exit_).least
            if later < found.get(target, later + 1):
                found[target] = later
                heappush(waiting, (later, target))
    return found


def open_exits(proofs: Proofs, program: Program, phase: Phase) -> Iterator[Exit]:
    """The exits to phases and outcomes that people with these facts may take."""
    for exit_ in proofs.plan.exits_of(phase):
        if exit_.direction != "extend" and proofs.possible.why_not(phase, exit_, program.facts) is None:
            yield exit_


def _entries(proofs: Proofs, promise: Promise, source: str) -> Iterator[Visit]:
    """One visit for each way of coming into the phase that was followed."""
    seen: set[Node] = set()
    for visit in proofs.exploration.visits:
        node = (id(visit.program), signature(visit.program, visit.start))
        if visit.phase != source or node in seen or holds(promise.if_facts, visit.program.facts) is False:
            continue
        seen.add(node)
        yield visit


def _quickest(proofs: Proofs, entry: Visit, target: str) -> Way | None:
    """The quickest way on that was followed, from the entry of a visit."""
    onward: dict[Node, list[Visit]] = {}
    for visit in proofs.exploration.visits:
        onward.setdefault((id(visit.program), signature(visit.program, visit.start)), []).append(visit)
    start = (id(entry.program), signature(entry.program, entry.start))
    waiting: list[tuple[int, int, Node, tuple[Visit, ...]]] = [(0, 0, start, ())]
    number, done = 0, set()
    while waiting:
        days, _, node, taken = heappop(waiting)
        if taken and taken[-1].exit is not None and taken[-1].exit.target == target:
            return Way(days, taken)
        if node in done:
            continue
        done.add(node)
        for visit in onward.get(node, ()):
            if visit.exit is not None:
                number += 1
                after = (id(visit.program), signature(visit.program, visit.end))
                heappush(waiting, (days + len(visit.days), number, after, (*taken, visit)))
    return None


def _looks_at_the_visit_alone(proofs: Proofs, visit: Visit) -> bool:
    """Whether nothing from before the visit can decide which of its exits is taken, up to this one."""
    phase = proofs.phases[visit.phase]
    for exit_ in proofs.plan.exits_of(phase):
        for test in tests_of(exit_.when):
            reaches_back = test.for_days is not None or test.since_admission or test.subject == "medication"
            if reaches_back or test.operator in ("falls by", "rises by"):
                return False
        if exit_ is visit.exit:
            return True
    return True


def _on_every_weekday(proofs: Proofs, way: Way, within: int | None) -> bool:
    """Whether the same behaviours lead there in time whatever the weekday of entry."""
    first = way.visits[0]
    for weekday in range(7):
        state, days = first.start._replace(weekday=weekday), 0
        for visit in way.visits:
            lived = live_visit(
                visit.program, state, visit.behaviour, None, weekday, proofs.exploration.repertoire
            )
            if lived.exit is not visit.exit:
                return False
            state, days = lived.end, days + len(lived.days)
        if within is not None and days > within:
            return False
    return True


# -------------------------------------------------------------------------------------- every path ends


def every_path_ends(proofs: Proofs, promise: Promise) -> Outcome:
    """No path goes on for ever, nor longer than is said; with at most so many returns to a phase."""
    people = [p for p in proofs.programs if holds(promise.if_facts, p.facts) is not False]
    for finds in (_stays_for_ever, _comes_round, _takes_too_long):
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
        if visit.exit is None and visit.end.outcome is None and proofs.phases[visit.phase].longest is None:
            day = visit.days[-1]
            why = f"nothing ends `{visit.phase}`: still there on day {day.plan_day}, and so for ever"
            return Counter(story(visit, day), (in_phase(visit.phase, day),), why)
    return None


def _comes_round(proofs: Proofs, promise: Promise) -> Counter | None:
    """A path that comes into a phase just as it did before: it can go round for ever."""
    if promise.returns is not None:
        return None
    best: tuple[int, Visit, Visit] | None = None
    for visit in proofs.visits(promise):
        if visit.exit is None or visit.end.outcome is not None:
            continue
        after = signature(visit.program, visit.end)
        for before in visit.path:
            if before.phase == visit.end.phase and signature(before.program, before.start) == after:
                length = visit.end.plan_day - before.start.plan_day
                if best is None or length < best[0]:
                    best = length, before, visit
    if best is None:
        return None
    length, before, visit = best
    names = [v.phase for v in visit.path[visit.path.index(before) :]] + [before.phase]
    round_ = " → ".join(f"`{name}`" for name in names)
    why = f"{round_} can go round for ever, {counted(length, 'day')} a round"
    back = Expectation(kind="phase", name=before.phase, on=Point(day=visit.end.plan_day))
    return Counter(story(visit), (back,), why)


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
    lengths = {name: proofs.phases[name].longest for name in there}
    if None in lengths.values():
        return None
    if returns is not None:
        return sum((returns + 1) * (days or 0) for days in lengths.values())
    return _longest_way(steps, {n: d or 0 for n, d in lengths.items()}, program.front_door(), ())


def _longest_way(
    steps: dict[str, list[str]], lengths: dict[str, int], name: str, trail: tuple[str, ...]
) -> int | None:
    """The days of the longest way on from a phase, None if a way comes round."""
    if name in trail:
        return None
    best = 0
    for target in set(steps[name]) & lengths.keys():
        onward = _longest_way(steps, lengths, target, (*trail, name))
        if onward is None:
            return None
        best = max(best, onward)
    return lengths[name] + best
