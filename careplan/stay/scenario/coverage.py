"""What of a plan its scenarios have reached: phases, ways out, medication steps, and values on the edge.

A value on the edge is the number that a condition compares a measure with, or an end of the band that it
names: with `step up … when cows >= 13`, a scenario should tell what a score of 13 does. It is reached by such
a result in the phase whose line asks (in any phase, for lines that hold everywhere).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import Condition, Measure, Plan, Test, tests_of
from careplan.plan.words import condition_words, dose_words, exit_words, number_words
from careplan.source import Span
from careplan.stay.records import Value
from careplan.stay.scenario.story import Story
from careplan.stay.scenario.trace import results_of

Key = tuple[str, ...]


class Item(NamedTuple):
    """Something that a scenario can reach: its kind, its words, and where the plan says it."""

    kind: str  # phase, exit, step, value
    words: str
    span: Span
    keys: tuple[Key, ...]  # any of which reaches it


class Coverage:
    """Counts what the stories of one plan reach."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.items = tuple(_items(plan))
        self._reached: set[Key] = set()

    def add(self, story: Story) -> None:
        """All that one more story reaches."""
        reached = self._reached
        for day in story.days:
            reached.add(("phase", day.phase))
            if day.taken is not None:
                reached.add(_place("exit", day.taken.span))
            for event in day.courses:
                if event.kind in ("started", "restarted", "step"):
                    reached.add(("step", event.medication, str(event.group)))
            if day.records.results or day.records.if_left:
                for measure, value in results_of(day).items():
                    reached.add(_result(day.phase, measure, value))

    @property
    def missed(self) -> list[Item]:
        """What no story has reached, in the plan's order."""
        return [item for item in self.items if not self._reached.intersection(item.keys)]

    def counts(self) -> list[tuple[str, int, int]]:
        """For each kind: reached, and how many there are."""
        missed = self.missed
        return [
            (kind, total - sum(item.kind == kind for item in missed), total)
            for kind in ("phase", "exit", "step", "value")
            if (total := sum(item.kind == kind for item in self.items))
        ]

    @property
    def total(self) -> tuple[int, int]:
        """How many are reached, and how many there are."""
        return len(self.items) - len(self.missed), len(self.items)


def percent(reached: int, total: int) -> float:
    """The share in percent with one decimal, never rounded up; of nothing, all."""
    return (1000 * reached // total) / 10 if total else 100.0


def _place(kind: str, span: Span) -> Key:
    return (kind, span.file, str(span.start))


def _result(phase: str, measure: str, value: Value) -> Key:
    return ("value", phase, measure, value if isinstance(value, str) else number_words(value))


def _items(plan: Plan) -> Iterator[Item]:
    for phase in plan.phases:
        yield Item("phase", f"phase {phase.name}", phase.span, (("phase", phase.name),))
    for way in (way for phase in plan.phases for way in phase.exits):
        yield Item("exit", exit_words(way), way.span, (_place("exit", way.span),))
    for way in (way for phase in plan.phases for way in phase.at_end):
        yield Item("exit", exit_words(way, True), way.span, (_place("exit", way.span),))
    for way in (way for block in plan.anytime for way in block.exits):
        yield Item("exit", exit_words(way), way.span, (_place("exit", way.span),))
    for medication in plan.medications:
        group = -1
        for step in medication.steps:
            group += step.step != "also" or group < 0
            words = f"{medication.name}: {dose_words(step)}"
            yield Item("step", words, step.span, (("step", medication.name, str(group)),))
    yield from _values(plan)


def _values(plan: Plan) -> Iterator[Item]:
    """One for each number on an edge and line that asks for it."""
    measures = {measure.name: measure for measure in plan.measures}
    seen: set[tuple[Span, str, str]] = set()
    for condition, phases in _asking(plan):
        for test in tests_of(condition):
            if test.subject != "measure" or test.name not in measures:
                continue
            for edge in _edges(test, measures[test.name]):
                value = number_words(edge)
                if (test.span, test.name, value) not in seen:
                    seen.add((test.span, test.name, value))
                    keys = tuple(_result(phase, test.name, edge) for phase in phases)
                    words = f"{test.name} is {value} (`{condition_words(test)}`)"
                    yield Item("value", words, test.span, keys)


def _edges(test: Test, measure: Measure) -> list[float]:
    """The numbers at which the test turns, within the measure's range and not at its very ends."""
    if test.operator in ("falls by", "rises by"):
        return []
    ends = [e for e in (test.value, test.high) if isinstance(e, int | float)]
    if isinstance(test.value, str):
        ends = [e for band in measure.bands if band.name == test.value for e in (band.low, band.high)]
        ends = [end for end in ends if end not in (measure.domain.low, measure.domain.high)]
    return list(dict.fromkeys(float(end) for end in ends))


def _asking(plan: Plan) -> Iterator[tuple[Condition, tuple[str, ...]]]:
    """Every condition that decides something in a stay, and the phases in which it is asked."""
    everywhere = tuple(phase.name for phase in plan.phases)
    for phase in plan.phases:
        here = (phase.name,)
        ways = [way.when for way in (*phase.exits, *phase.at_end)]
        lines = [*phase.services, *phase.assessments]
        clauses = [c for line in lines for c in (line.while_, line.when, line.after)]
        until = phase.lasts.until if phase.lasts else None
        yield from ((c, here) for c in (*ways, *clauses, until) if c is not None)
    for block in plan.anytime:
        where = tuple(name for name in everywhere if name not in block.excepted)
        yield from ((way.when, where) for way in block.exits if way.when is not None)
    for medication in plan.medications:
        start = medication.start
        if start is not None and start.when is not None:
            yield start.when, start.phases or everywhere
        yield from ((c, everywhere) for c in (medication.stop_when, *medication.holds) if c is not None)
