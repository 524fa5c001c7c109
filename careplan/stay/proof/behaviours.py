"""Ways in which a person can go through a visit, chosen to make the plan's conditions come true.

A steady behaviour is the same all through a visit: each measure gives one value at its first test and one at
each later one; sessions are attended or missed; events happen on the first day. Choosing one for each case of
each condition that decides something in the phase leads through every way out that a steady behaviour can
take. Beside these, a few change on a day of the visit, and a few change with every test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple
from zlib import crc32

from careplan.plan.context import Context
from careplan.plan.logic import Literal, cases, satisfies, values
from careplan.plan.model import AllOf, Condition, Domain, Measure, Phase, Plan, Test, tests_of
from careplan.plan.places import places_of
from careplan.plan.starts import is_opposite
from careplan.stay.records import Value

MOST = 48
"""Steady behaviours tried in one visit; further combinations are left out."""

TURNS = 6
"""Behaviours that a visit changes to, on each of the days on which it may."""

NOW_AND_THEN = 5
"""The lot with which each fifth result of a measure is another one."""

LOTS = (1, 2, NOW_AND_THEN)
"""Lots that change results from test to test."""

SHARES = (1.0, 0.5, 0.0)
"""All sessions, every other one, none."""


class Behaviour(NamedTuple):
    """`results`: for each measure, its first value and each later one (None: no result).

    `attends`: the share of sessions that is attended, the missed ones spread evenly. From the day `changes`
    of the visit on (0: never) the `later` results hold. `events` happen on that day, else on the first. With
    a `lot` that is not 0, every third result or so is another value of the measure, as the lot falls; with
    NOW_AND_THEN, each fifth.
    """

    results: tuple[tuple[str, Value | None, Value | None], ...] = ()
    attends: float = 1.0
    events: tuple[str, ...] = ()
    changes: int = 0
    later: tuple[tuple[str, Value | None, Value | None], ...] = ()
    lot: int = 0

    @property
    def measures(self) -> dict[str, None]:
        """The measures that it gives results of."""
        return dict.fromkeys(name for name, _, _ in (*self.results, *self.later))

    def result(self, name: str, nth: int, day: int, among: Mapping[str, tuple[Value, ...]]) -> Value | None:
        """The result of the nth test of a measure in the visit (from 0), on a day of it."""
        holding = self.later if self.changes and day >= self.changes else self.results
        usual = next((later if nth else first for n, first, later in holding if n == name), None)
        values = among.get(name, ()) if self.lot else ()
        if self.lot == NOW_AND_THEN:
            return next((v for v in values if v != usual), usual) if nth % 5 == 3 else usual
        number = crc32(f"{self.lot}/{name}/{nth}".encode()) if values else 1
        return values[number // 3 % len(values)] if number % 3 == 0 else usual


class _Demand(NamedTuple):
    """What a case of a condition asks of a person."""

    results: dict[str, tuple[Value | None, Value | None]]
    attends: bool | None
    events: frozenset[str]


_NOTHING = _Demand({}, None, frozenset())


class Repertoire:
    """The behaviours that matter in each phase of a plan, for its own conditions and for `also`."""

    def __init__(self, plan: Plan, also: Iterable[Condition] = ()):
        self.plan = plan
        self.context = Context(plan)
        self.also = tuple(also)
        self._assessed_anywhere = {m for p in plan.phases for line in p.assessments for m in line.measures}

    def of(self, phase: Phase) -> list[Behaviour]:
        """The behaviours to try in a visit to the phase; the first demands nothing."""
        starts = [_NOTHING, *self._demands(phase, self._start_conditions(phase), first=True)]
        later = [_NOTHING, *self._demands(phase, self._conditions(phase), first=False)]
        found: dict[Behaviour, None] = {}
        for start, then in product(starts, later):
            for attends in SHARES if start is then is _NOTHING else SHARES[:1]:
                behaviour = self._joined(phase, start, then, attends)
                if behaviour is not None:
                    found.setdefault(behaviour)
            if len(found) >= MOST:
                break
        return [*found, *self._unsteady(phase, list(found))]

    def _unsteady(self, phase: Phase, steady: list[Behaviour]) -> Iterator[Behaviour]:
        """Well until a day and then otherwise; and results that change from test to test."""
        low = phase.lasts.low if phase.lasts is not None else 0
        calm = steady[0]
        others = [b for b in steady[1:] if b.attends == 1.0 and not b.events and b.results != calm.results]
        for day in dict.fromkeys((8, low + 1)):
            if day > 1 and (phase.longest is None or day <= phase.longest):
                for other in others[:TURNS]:
                    yield calm._replace(changes=day, later=other.results)
        decides = -(-max(low, 1) // (phase.review_days or 1)) * (phase.review_days or 1)
        for other in [b for b in steady if b.events][:TURNS]:
            yield other._replace(changes=decides, later=other.results)
        if self.values[phase.name]:
            yield from (calm._replace(lot=lot) for lot in LOTS)

    @cached_property
    def values(self) -> dict[str, dict[str, tuple[Value, ...]]]:
        """For each phase, the values of the measures taken there that the plan's conditions tell apart."""
        tests: dict[str, list[Test]] = {}
        for condition in (*(p.condition for p in places_of(self.plan)), *self.also):
            for test in tests_of(condition):
                if test.subject == "measure" and test.name is not None:
                    tests.setdefault(test.name, []).append(test)
        found = {
            name: tuple(v for v in values(self.context, asked[0], asked) if self._is_real(name, v))
            for name, asked in tests.items()
            if name in self.context.measures
        }
        return {
            phase.name: {name: v for name, v in found.items() if self.can_be_measured(phase, name)}
            for phase in self.plan.phases
        }

    # ---- what decides something in a phase --------------------------------------------------------

    def _conditions(self, phase: Phase) -> Iterator[Condition]:
        for exit_ in self.plan.exits_of(phase):
            if exit_.when is not None:
                yield exit_.when
        own = [e for e in self.plan.exits_of(phase) if not any(e is end for end in phase.at_end)]
        for one, other in combinations(own, 2):
            if one.when is not None and other.when is not None and is_opposite(self.plan, one, other):
                yield AllOf(parts=(one.when, other.when))
        if phase.lasts is not None and phase.lasts.until is not None:
            yield phase.lasts.until
        for medication in self.plan.medications:
            if medication.stop_when is not None:
                yield medication.stop_when
        yield from self.also

    def _start_conditions(self, phase: Phase) -> Iterator[Condition]:
        for medication in self.plan.medications:
            start = medication.start
            if (
                start is not None
                and start.when is not None
                and (not start.phases or phase.name in start.phases)
            ):
                yield start.when

    def _demands(self, phase: Phase, conditions: Iterable[Condition], *, first: bool) -> Iterator[_Demand]:
        seen: list[_Demand] = []
        for condition in conditions:
            for case in (*cases(condition), *cases(condition, so=False)):
                demand = self._demand(phase, case, first)
                if demand is not None and demand not in seen:
                    seen.append(demand)
                    yield demand

    # ---- from a case to a behaviour ------------------------------------------------------------------

    def _demand(self, phase: Phase, case: list[Literal], first: bool) -> _Demand | None:
        """What makes the case come true in a visit to the phase; None if no behaviour does."""
        results: dict[str, tuple[Value | None, Value | None]] = {}
        attends: bool | None = None
        events: set[str] = set()
        by_measure: dict[str, list[Literal]] = {}
        for literal in case:
            test = literal.test
            if test.subject == "measure" and test.name is not None:
                by_measure.setdefault(test.name, []).append(literal)
            elif test.subject in ("attendance", "sessions", "missed"):
                wanted = _attends(literal)
                if attends is not None and wanted != attends:
                    return None
                attends = wanted
            elif test.subject == "event" and literal.so and test.name is not None:
                events.add(test.name)
        for name, literals in by_measure.items():
            if not self.can_be_measured(phase, name):
                continue
            pair = self._values(name, literals, first)
            if pair is None:
                return None
            results[name] = pair
        return _Demand(results, attends, frozenset(events))

    def can_be_measured(self, phase: Phase, name: str) -> bool:
        """Whether a result can come in the phase: where the measure is assessed, or if nobody says where."""
        return name in self.context.assessed[phase.name] or name not in self._assessed_anywhere

    def asked_on_days(self, phase: Phase) -> set[str]:
        """The measures that the phase asks for on certain days, not only as needed."""
        return {
            name
            for line in phase.assessments
            if any(moment.kind != "as-needed" for moment in line.moments)
            for name in line.measures
        }

    def _values(
        self, name: str, literals: list[Literal], first: bool
    ) -> tuple[Value | None, Value | None] | None:
        changes = [x for x in literals if x.test.operator in ("falls by", "rises by") and x.so]
        plain = [x for x in literals if x.test.operator not in ("falls by", "rises by")]
        if changes:
            domain = self.context.domain(name)
            ends = (domain.low, domain.high) if domain is not None else (None, None)
            return (ends[1], ends[0]) if changes[0].test.operator == "falls by" else ends
        if any(x.test.value == "missing" for x in plain):
            return ("missing", "missing") if all(x.so for x in plain) else None
        wanted = self._value(plain)
        if wanted is None:
            return None if any(x.so for x in plain) else (None, None)
        return (wanted, None) if first else (wanted, wanted)

    def _value(self, literals: list[Literal]) -> Value | None:
        """A value that makes each of the tests come out as asked, whole where the measure counts."""
        if not literals:
            return None
        tests = [x.test for x in literals]
        choices = [v for v in values(self.context, tests[0], tests) if self._is_real(tests[0].name, v)]
        return next(
            (v for v in choices if all(satisfies(self.context, x.test, v) == x.so for x in literals)), None
        )

    def _is_real(self, name: str | None, value: Value) -> bool:
        """Scores are whole numbers, unless the plan itself compares with parts of one."""
        domain = self.context.domain(name or "")
        if isinstance(value, str) or domain is None or not _is_whole(domain):
            return True
        return float(value).is_integer()

    # ---- joining -------------------------------------------------------------------------------------

    def _joined(self, phase: Phase, start: _Demand, then: _Demand, attends: float) -> Behaviour | None:
        """A start on the first test, and the demand of a way out from then on."""
        results: dict[str, tuple[Value | None, Value | None]] = {}
        for name in self.context.assessed[phase.name]:
            calm = self._calm_value(self.context.measures[name])
            results[name] = (calm, calm)
        results.update(then.results)
        for name, (value, _) in start.results.items():
            results[name] = (
                value,
                then.results[name][1] if name in then.results else results.get(name, (None, None))[1],
            )
        if then.attends is not None:
            attends = float(then.attends)
        kept = ((n, *pair) for n, pair in sorted(results.items()) if pair != (None, None))
        return Behaviour(tuple(kept), attends, tuple(sorted(start.events | then.events)))

    def _calm_value(self, measure: Measure) -> Value | None:
        """What somebody gives who troubles nobody: nothing, or not what a missed test counts as."""
        if measure.missing_as is None:
            return None
        domain = measure.domain
        if domain.kind != "number":
            return next((v for v in domain.values or ("no", "yes") if v != measure.missing_as), None)
        return domain.low if measure.better != "higher" else domain.high


def _attends(literal: Literal) -> bool:
    """Whether attending all makes the literal come true (missing all the others)."""
    test = literal.test
    asks_for_more = test.operator in (">", ">=", "is")
    if test.subject == "missed":
        asks_for_more = not asks_for_more
    return asks_for_more == literal.so


def _is_whole(domain: Domain) -> bool:
    return all(end is None or float(end).is_integer() for end in (domain.low, domain.high))
