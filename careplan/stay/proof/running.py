"""Whether a course of medication can be off, or on, in a phase: on every way through it, as far as is known.

This is a side on which proofs stand: it errs towards "can". Doses are taken to be given; `taking` means
prescribed and running.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.courses import goes_on, step_days
from careplan.plan.facts import Facts, holds
from careplan.plan.logic import MOST_CASES, Literal, cases
from careplan.plan.model import DoseStep, Exit, Medication, Phase
from careplan.plan.possible import FOR_EVER, Open, Possible
from careplan.stay.program import Program


class Running(NamedTuple):
    """On some evening of a visit to the phase the course can be on, or off; `enters` as it is on entry."""

    enters: frozenset[bool]
    evenings: frozenset[bool]


class Courses:
    """Where a course can be on and off, for people of whom the facts are true."""

    def __init__(self, possible: Possible, medication: Medication, program: Program):
        self.possible = possible
        self.plan = possible.plan
        self.medication = medication
        self.facts: Facts = program.facts
        self.phases = {p.name: p for p in self.plan.phases}
        self._stands_in = any(m.fallback == medication.name for m in self.plan.medications)
        self.found = self._follow(program.front_door())

    def can_be(self, phase: str, on: bool) -> bool:
        """Whether the course can be on (or off) on some evening in the phase."""
        return phase in self.found and on in self.found[phase].evenings

    def can_stop(self, phase: str) -> bool:
        """Whether a running course can end in the middle of a visit to the phase."""
        return self._can_stop(self.phases[phase])

    def leaves_on(self, phase: str) -> bool:
        """Whether the course runs whenever the phase is left for another one."""
        found, here = self.found.get(phase), self.phases[phase]
        onward = [e for e in self.plan.exits_of(here) if e.target in self.phases and self._may_take(here, e)]
        return found is not None and all(all(self._asked(e, found.evenings)) for e in onward)

    def _follow(self, first: str) -> dict[str, Running]:
        found: dict[str, Running] = {}
        waiting = [(first, False)]
        while waiting:
            name, on = waiting.pop()
            phase = self.phases[name]
            known = found.get(name)
            if known is not None and on in known.enters:
                continue
            enters = (known.enters if known else frozenset()) | {on}
            evenings = frozenset(e for entry in enters for e in self._evenings(phase, entry))
            found[name] = Running(enters, evenings)
            for exit_ in self.plan.exits_of(phase):
                if exit_.target in self.phases and self._may_take(phase, exit_):
                    waiting += [(str(exit_.target), after) for after in self._after(phase, exit_, evenings)]
        return found

    def _may_take(self, phase: Phase, exit_: Exit) -> bool:
        return exit_.direction != "extend" and self.possible.why_not(phase, exit_, self.facts) is None

    def _evenings(self, phase: Phase, enters: bool) -> Iterator[bool]:
        """As the course can be on the evenings of a visit that it enters so."""
        starts = self._starts(phase)
        on = enters or starts is not False
        off = (not enters and starts is not True) or (on and self._can_stop(phase))
        if on:
            yield True
        if off:
            yield False

    def _starts(self, phase: Phase) -> bool | None:
        """Whether it starts on the first day of a visit: surely, never, or None: it may."""
        start = self.medication.start
        if self._stands_in:
            elsewhere = start is not None and start.phases and phase.name not in start.phases
            return False if elsewhere else None
        if start is None or (start.phases and phase.name not in start.phases):
            return False
        if start.when is None:
            # Without a phase of its own it starts once, and not again in each visit.
            return True if start.phases else None
        truth = holds(start.when, self.facts)
        if truth is None:
            why = self.possible.why_never(phase, start.when, Open(1, FOR_EVER))
            return None if why is None else False
        return truth if start.phases else (None if truth else False)

    def _can_stop(self, phase: Phase) -> bool:
        """Whether a running course can end in the middle of a visit."""
        medication = self.medication
        if medication.stop_when is not None and holds(medication.stop_when, self.facts) is not False:
            why = self.possible.why_never(phase, medication.stop_when, Open(1, FOR_EVER))
            if why is None:
                return True
        mains = [step for step in medication.steps if step.step != "also"]
        return self._can_lapse(mains) or (bool(mains) and all(step_days(step) is not None for step in mains))

    def _can_lapse(self, mains: list[DoseStep]) -> bool:
        """Whether the longest time between doses can pass though every dose is given when it is due."""
        spacing = self.medication.spacing
        if spacing is None or spacing.high is None:
            return False
        if self.medication.holds:
            return True  # a dose that is held is not given
        return not all(_comes_within(step, spacing.high) for step in mains)

    def _after(self, phase: Phase, exit_: Exit, evenings: frozenset[bool]) -> Iterator[bool]:
        """As the course can be on the day after the exit."""
        for on in self._asked(exit_, evenings):
            yield on and goes_on(self.medication, phase, exit_)

    def _asked(self, exit_: Exit, evenings: frozenset[bool]) -> Iterator[bool]:
        """As the course can be on the evening of the exit, by what its condition asks for."""
        for on in evenings:
            options = cases(exit_.when) if exit_.when is not None else []
            if not options or len(options) > MOST_CASES or any(self._fits(case, on) for case in options):
                yield on

    def _fits(self, case: list[Literal], on: bool) -> bool:
        mine = [x for x in case if x.test.subject == "medication" and x.test.name == self.medication.name]
        if any(x.so for x in mine) and not on:
            return False  # also not for so long
        return not on or not any(not x.so and x.test.for_days is None for x in mine)


def _comes_within(step: DoseStep, days: int) -> bool:
    """Whether a dose line never leaves more than so many days between two doses."""
    often = step.frequency
    if often is None or step.weekdays:
        return days >= 7
    if often.kind == "every":
        return (often.period_days or 1) <= days
    return often.kind == "per" and 2 * (often.period_days or 1) <= days
