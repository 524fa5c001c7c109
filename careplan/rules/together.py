"""Whether two courses can run at once, and how soon one can follow the other, on every way through a plan.

A stay is followed from each front door, for every set of facts that the plan tells apart, through phases in
any order that the exits allow, returns included. At each phase it is known which of the two runs (or how many
days ago the first ended); of measures nothing is known, apart from what a condition says about opioid-free
days. The days are the fewest possible.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from careplan.plan.courses import goes_on
from careplan.plan.logic import Value, values
from careplan.plan.model import Exit, Medication, Phase, Test
from careplan.plan.starts import days_at_exit, start_phases
from careplan.rules.needs import Case, Needs, needs, surely, ways_to_hold
from careplan.rules.sides import FOR_EVER, Side

if TYPE_CHECKING:
    from careplan.rules.context import RuleContext

MOST_WORLDS = 64  # more combinations of facts than this are not told apart

Status = Literal["none", "first", "second", "after first"]


class Meeting(NamedTuple):
    """A course that starts in a phase, reached by these phases, while the other runs or `gap` days after."""

    starts: Medication
    other: Medication
    phase: str
    way: tuple[str, ...]
    gap: int = 0


class State(NamedTuple):
    """At the entry of a phase: what runs, and whether the start of a course with a fallback has failed."""

    phase: str
    status: Status
    failed: bool


class _Out(NamedTuple):
    """An exit to a phase: the cases of its condition, and the fewest days of the visit."""

    exit: Exit
    target: str
    ways: tuple[Case, ...]
    least: int
    at_end: bool


class Pair:
    """Two courses of a plan; `opioids`: an agonist, and an antagonist that needs opioid-free days."""

    def __init__(self, context: RuleContext, first: Medication, second: Medication, opioids: bool = False):
        self.context = context
        self.opioids = opioids
        self.first = Side(context, first, second)
        self.second = Side(context, second, first)
        self.outs = {p.name: _outs(context, p) for p in context.plan.phases}
        self.at_once: Meeting | None = None
        self.soonest: Meeting | None = None
        self.world: Mapping[str, Value] = {}

    def meet(self) -> tuple[Meeting | None, Meeting | None]:
        """How both can run at once, and how soonest the second can start after the first has ended."""
        for world in self._worlds():
            self.world = world
            self._follow(self._doors())
        return self.at_once, self.soonest

    # ---- the facts ---------------------------------------------------------------------------

    def _worlds(self) -> Iterator[Mapping[str, Value]]:
        """Every choice of facts that the plan admits, as far as it decides on them."""
        tests: dict[str, list[Test]] = {}
        for place in self.context.places:
            if place.role in ("door", "start", "exit", "at end", "anytime", "admit"):
                for test in place.tests:
                    if test.subject == "fact" and test.name:
                        tests.setdefault(test.name, []).append(test)
        choices = [values(self.context, of[0], of) for of in tests.values()]
        size = 1
        for choice in choices:
            size *= len(choice)
        if size > MOST_WORLDS:
            yield {}
            return
        admitted = ways_to_hold(self.context.plan.admit)
        for chosen in product(*choices):
            world = dict(zip(tests, chosen, strict=True))
            if needs(self.context, admitted, world, {}, False):
                yield world

    def _doors(self) -> list[str]:
        found: list[str] = []
        for door in self.context.plan.starts:
            if needs(self.context, ways_to_hold(door.condition), self.world, {}, False):
                found.append(door.phase)
                if self.world or door.condition is None:
                    break
        return found or list(start_phases(self.context.plan))

    # ---- a visit -----------------------------------------------------------------------------

    def _follow(self, doors: list[str]) -> None:
        best: dict[State, int] = {}
        waiting: deque[tuple[State, int, tuple[str, ...]]] = deque(
            (State(name, "none", False), 0, (name,)) for name in doors
        )
        while waiting:
            state, days, way = waiting.popleft()
            if state.phase not in self.outs or best.get(state, FOR_EVER) <= days:
                continue
            best[state] = days
            for later, after in self._visit(state, days, way):
                if best.get(later, FOR_EVER) > after:
                    waiting.append((later, after, (*way, later.phase)))

    def _visit(self, state: State, days: int, way: tuple[str, ...]) -> Iterator[tuple[State, int]]:
        """Looks at what can start in a visit, and yields the states that follow it."""
        phase = self.context.phases[state.phase]
        if state.status in ("first", "second"):
            yield from self._visit_running(state, phase, days, way)
            return
        first, second = self._start(self.first, state, None), self._start(self.second, state, None)
        if second is not None and state.status == "after first":
            self._follows(way, days, second)
        if first is not None:
            late = self.first.last_day(phase)
            self._second_joins(state, phase, way, first.day, late)
            yield from self._leave(state, phase, "first", 0, late)
        if second is not None:
            late = self.second.last_day(phase)
            joins = self._start(self.first, state, self.second)
            if joins is not None and self.first.last_day(phase) >= max(second.day, joins.day):
                self._both(self.first, self.second, way)
            yield from self._leave(state, phase, "second", 0, late)
        if not any(s is not None and of.forced and state.phase in of.own
                   for s, of in ((first, self.first), (second, self.second))):  # fmt: skip
            yield from self._leave(state, phase, state.status, days, 0)

    def _visit_running(
        self, state: State, phase: Phase, days: int, way: tuple[str, ...]
    ) -> Iterator[tuple[State, int]]:
        """A visit that begins while one of them runs, with so many of its days completed."""
        first_runs = state.status == "first"
        runs, other = (self.first, self.second) if first_runs else (self.second, self.first)
        left = FOR_EVER if runs.length is None else runs.length - days
        joins = self._start(other, state, runs)
        if joins is not None and joins.day <= min(left, other.last_day(phase)):
            self._both(other, runs, way)
            if runs.hands_over:
                yield from self._leave(state, phase, "second" if first_runs else "first", 0, 1)
        if first_runs:
            self._second_after(state, phase, way, left, left)
        yield from self._leave(state, phase, state.status, days, 0)

    def _second_joins(self, state: State, phase: Phase, way: tuple[str, ...], day: int, late: int) -> None:
        """The first starts on day `day` to `late` of this visit: the second in the same visit."""
        joins = self._start(self.second, state, self.first)
        length = self.first.length or FOR_EVER
        if joins is not None and max(day, joins.day) <= min(self.second.last_day(phase), late + length - 1):
            self._both(self.second, self.first, way)
        self._second_after(state, phase, way, day - 1 + length, late - 1 + length)

    def _second_after(
        self, state: State, phase: Phase, way: tuple[str, ...], earliest: int, latest: int
    ) -> None:
        """The first ends on day `earliest` to `latest` of the visit: the second in the same visit."""
        if self.second.after_other and state.phase not in self.second.own:
            return  # the first has started
        last = self.second.last_day(phase)
        if self.first.course.stop_when is not None:
            earliest, latest = 1, last
        start = self._start(self.second, state, None)
        if start is not None and earliest < last:
            self._follows(way, 0, start._replace(day=max(1, start.day - min(latest, last - 1))))

    def _start(self, side: Side, state: State, runs: Side | None) -> Needs | None:
        """What the start of a course asks for in this phase while `runs` runs; None if it cannot start."""
        if side.course.start is None:
            return None
        day = 1
        if state.phase not in side.own:
            if state.phase not in side.stands_in:
                return None
            if side.after_other:
                head = self.second if side is self.first else self.first
                if runs is head:
                    return None  # its start has not failed
                if not state.failed:
                    if head.within is None or state.phase not in head.own:
                        return None
                    day = head.within + 1
        found = needs(self.context, side.ways, self.world, self._running(runs), self._taken(runs))
        day = FOR_EVER if found is None else max(found.day, day)
        if found is None or day > side.last_day(self.context.phases[state.phase]):
            return None
        return found._replace(day=day)

    def _running(self, runs: Side | None) -> dict[str, bool]:
        return {side.name: side is runs for side in (self.first, self.second)}

    def _taken(self, runs: Side | None) -> bool:
        """Whether an opioid is taken."""
        return self.opioids and runs is self.first

    # ---- the way on --------------------------------------------------------------------------

    def _leave(
        self, state: State, phase: Phase, status: Status, days: int, late: int
    ) -> Iterator[tuple[State, int]]:
        """The states after the visit; `late`: the last day on which what runs may start in it, or 0."""
        runs = {"first": self.first, "second": self.second}.get(status)
        failed = self._has_failed(state, runs)
        for out in self.outs[state.phase]:
            asked = needs(self.context, out.ways, self.world, self._running(runs), self._taken(runs))
            least = max(out.least, asked.day if asked is not None else 1)
            if asked is None or least > (phase.longest or FOR_EVER):
                continue
            spent = max(1, least - late + 1) if late else days + least
            free = int(asked.opioid_free) if self.opioids and asked.opioid_free < FOR_EVER else 0
            for after, count in self._after(phase, out.exit, runs, status, spent, days):
                yield State(out.target, after, failed), max(count, free) if after == "after first" else count
            if out.at_end and surely(self.context, out.ways, self.world):
                break

    def _has_failed(self, state: State, runs: Side | None) -> bool:
        """Whether the one with the other as its fallback has not started when the visit ends."""
        for head, other in ((self.first, self.second), (self.second, self.first)):
            if other.after_other:
                if runs is head:
                    return False
                return state.failed or (state.phase in head.own and not head.forced)
        return False

    def _after(
        self, phase: Phase, exit_: Exit, runs: Side | None, status: Status, spent: int, days: int
    ) -> Iterator[tuple[Status, int]]:
        """What runs after the exit, with at least `spent` days of it (or since it) completed."""
        if runs is None:
            yield status, spent if status == "after first" else 0
            return
        ended: Status = "after first" if runs is self.first else "none"
        if runs.length is not None and spent >= runs.length:
            yield ended, spent - runs.length
            return
        stays = goes_on(runs.course, phase, exit_)
        if stays:
            yield status, spent
        may_be_over = runs.length is not None and days + (phase.longest or FOR_EVER) >= runs.length
        if not stays or runs.course.stop_when is not None or may_be_over:
            yield ended, 0

    # ---- what was found ----------------------------------------------------------------------

    def _both(self, starts: Side, runs: Side, way: tuple[str, ...]) -> None:
        if runs.hands_over and not self.opioids:
            return
        if self.at_once is None or len(way) < len(self.at_once.way):
            self.at_once = Meeting(starts.course, runs.course, way[-1], way)

    def _follows(self, way: tuple[str, ...], days: int, start: Needs) -> None:
        gap = max(days + start.day, int(start.opioid_free))
        known = self.soonest
        if known is None or (gap, len(way)) < (known.gap, len(known.way)):
            self.soonest = Meeting(self.second.course, self.first.course, way[-1], way, gap)


def _outs(context: RuleContext, phase: Phase) -> list[_Out]:
    ends = {id(e) for e in phase.at_end}
    return [
        _Out(e, e.target, ways_to_hold(e.when), days_at_exit(context.plan, phase, e)[0], id(e) in ends)
        for e in context.plan.exits_of(phase)
        if e.target in context.phases and e.target is not None
    ]
