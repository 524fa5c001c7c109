"""What the checks on a whole plan share: computed once, on first use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from careplan.diagnostics import Diagnostic, Severity
from careplan.pattern import Pattern
from careplan.plan.graph import Way, circles, reached, ways_of
from careplan.plan.model import (
    Domain,
    Element,
    Exit,
    Measure,
    Medication,
    Outcome,
    Phase,
    Plan,
    Service,
)
from careplan.plan.places import Place, places_of
from careplan.source import Source, Span

WORD = Pattern(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Context:
    """A plan, and what its checks want to know about it.

    `complete` is False where faults were found before: then parts of the text may be missing from the
    plan, and nothing is concluded about the whole from what is not there. `faults` are these faults; they
    say which blocks may still be judged by what they leave out: none of a `partial` plan, of which some
    sentences could not be read, or of a library.
    """

    plan: Plan
    complete: bool = True
    sources: Mapping[str, Source] = field(default_factory=dict)
    faults: Sequence[Diagnostic] = ()
    partial: bool = False

    @cached_property
    def phases(self) -> dict[str, Phase]:
        """The phases by name."""
        return {phase.name: phase for phase in self.plan.phases}

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """The outcomes by name."""
        return {outcome.name: outcome for outcome in self.plan.outcomes}

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services by name."""
        return {service.name: service for service in self.plan.services}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures by name."""
        return {measure.name: measure for measure in self.plan.measures}

    @cached_property
    def medications(self) -> dict[str, Medication]:
        """The medications by name."""
        return {medication.name: medication for medication in self.plan.medications}

    @cached_property
    def ways(self) -> dict[str, list[Way]]:
        """The ways out of every phase."""
        return ways_of(self.plan)

    @cached_property
    def steps(self) -> dict[str, list[str]]:
        """Where one gets in one step, from every phase and (by `may return`) from every outcome."""
        steps = {name: list(dict.fromkeys(way.target for way in ways)) for name, ways in self.ways.items()}
        for outcome in self.plan.outcomes:
            steps[outcome.name] = [back.phase for back in outcome.returns if back.phase in self.phases]
        return steps

    @cached_property
    def circle_of(self) -> dict[str, int]:
        """The number of the circle (strongly connected component) that each phase and outcome is in."""
        return circles(self.steps)

    @cached_property
    def reached(self) -> set[str]:
        """The phases and outcomes that a stay can get to."""
        return reached(self.steps, [door.phase for door in self.plan.starts if door.phase in self.phases])

    @cached_property
    def assessed(self) -> dict[str, set[str]]:
        """The measures that each phase assesses."""
        return {p.name: {m for line in p.assessments for m in line.measures} for p in self.plan.phases}

    @cached_property
    def offered(self) -> dict[str, set[str]]:
        """The services that each phase offers."""
        return {p.name: {line.service for line in p.services} for p in self.plan.phases}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every condition of the plan, with its place."""
        return tuple(places_of(self.plan))

    @cached_property
    def _domains(self) -> dict[str, Domain]:
        facts = {fact.name: fact.domain for fact in self.plan.facts}
        return facts | {measure.name: measure.domain for measure in self.plan.measures}

    def domain(self, name: str) -> Domain | None:
        """The values of the fact or measure of that name."""
        return self._domains.get(name)

    @cached_property
    def unanswered(self) -> set[str]:
        """The phases that have a maximum, and no exit that always holds: a line of theirs is missing."""
        return {p.name for p in self.plan.phases if p.longest is not None and not _has_answer(p)}

    @property
    def some_outcome(self) -> str:
        """The outcome for an example line: a planned one of the plan, if it has any."""
        names = [o.name for o in self.plan.outcomes if o.planned is not False]
        return names[0] if names else "completed"

    @cached_property
    def _damaged(self) -> set[tuple[str, int]]:
        """The blocks, by file and place, in which an error was found before."""
        plan = self.plan
        named: tuple[Element, ...] = (*plan.facts, *plan.measures, *plan.events, *plan.services, *plan.drugs)
        named += (*plan.medications, *plan.phases, *plan.outcomes, *plan.goals, *plan.sources)
        named += (*plan.claims, *plan.scenarios)
        starts = sorted({(e.span.file, e.span.start) for e in (plan, *named, *plan.anytime)})
        errors = [fault for fault in self.faults if fault.severity is Severity.ERROR]
        wrong = {(fault.span.file, fault.span.start) for fault in errors}
        unknown = [fault.span for fault in errors if fault.name == "unknown-name"]
        wrong.update(self._same_words(unknown))
        return {starts[bisect_right(starts, place) - 1] for place in wrong}

    def _same_words(self, spans: list[Span]) -> Iterator[tuple[str, int]]:
        """Every place of the unknown names: each is told once, and left out wherever it stands."""
        for file in {span.file for span in spans} & set(self.sources):
            text = self.sources[file].text
            names = {text[span.start : span.end] for span in spans if span.file == file}
            yield from ((file, word.start()) for word in WORD.finditer(text) if word[0] in names)

    def is_whole(self, *blocks: Element) -> bool:
        """Whether nothing of these blocks can be missing: then they are judged by what they leave out."""
        if self.complete:
            return True
        return not self.partial and not any((b.span.file, b.span.start) in self._damaged for b in blocks)

    def is_own(self, element: Element) -> bool:
        """Whether the element stands in the plan's own file, not in one that it uses."""
        return element.span.file == self.plan.file

    def is_planned(self, exit_: Exit) -> bool:
        """Whether the exit is a discharge to a planned outcome."""
        if exit_.direction != "discharge":
            return False
        outcome = self.outcomes.get(exit_.target or "")
        return outcome is not None and outcome.planned is True

    def is_urgent(self, exit_: Exit) -> bool:
        """Whether the exit is decided every day: a step up, or an unplanned discharge."""
        if exit_.direction == "step up":
            return True
        outcome = self.outcomes.get(exit_.target or "")
        return exit_.direction == "discharge" and outcome is not None and outcome.planned is False


def _has_answer(phase: Phase) -> bool:
    return any(e.when is None and e.direction != "extend" for e in (*phase.at_end, *phase.exits))
