"""Claims, each line proved on every path, refuted by one, or left undecided at a bound that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from math import prod

from careplan.plan.facts import MOST_ASSIGNMENTS, assignments, deciding_facts, holds, regions
from careplan.plan.graph import reached
from careplan.plan.model import Claim, Plan, Promise
from careplan.plan.places import places_of
from careplan.plan.possible import Possible
from careplan.plan.words.claims import promise_words
from careplan.source import Span
from careplan.stay.day import Day
from careplan.stay.program import Program
from careplan.stay.proof.always import always, continuous, never
from careplan.stay.proof.answer import Answer, Counter, Outcome, Verdict
from careplan.stay.proof.exits import never_exit
from careplan.stay.proof.explore import USUAL, Bound, Exploration, Visit, comes_in
from careplan.stay.proof.paths import can_reach, every_path_ends
from careplan.stay.proof.running import Courses
from careplan.stay.proof.shrink import Shrinking, Still
from careplan.stay.proof.story import Story, scenarios
from careplan.stay.proof.telling import sentences
from careplan.stay.proof.totals import enough_hours, enough_sessions, soon_enough

TIME_IS_UP = "the time was up before it was looked at"


class Proofs:
    """Answers about a plan; its paths are lived once and looked at for each question."""

    def __init__(self, plan: Plan, bound: Bound = USUAL):
        self.plan = plan
        self.bound = bound
        self.phases = {p.name: p for p in plan.phases}
        promises = [promise for claim in plan.claims for promise in claim.claims]
        asked = [c for p in promises for c in (p.condition, p.if_facts) if c is not None]
        self.exploration = Exploration(plan, asked, bound)
        self.programs = self.exploration.programs
        self.possible = Possible(plan, [program.facts for program in self.programs])
        self._courses: dict[tuple[int, str], Courses] = {}
        self._everybody: dict[int, list[Program]] = {}
        self._reached: dict[int, set[str]] = {}

    def answers(self) -> Iterator[Answer]:
        """One answer for each line of each claim, in the plan's order."""
        for claim in self.plan.claims:
            for promise in claim.claims:
                yield self.answer(claim, promise)

    def answer(self, claim: Claim, promise: Promise) -> Answer:
        """The answer to one line of a claim."""
        late = Verdict("undecided", TIME_IS_UP)
        found = late if self.bound.is_over else _DECIDERS[promise.kind](self, promise)
        if isinstance(found, Verdict) and found.verdict == "proved" and not self.all_told_apart:
            found = Verdict("undecided", f"there are more than {MOST_ASSIGNMENTS} kinds of people to look at")
        return self.answered(claim.name, promise_words(promise), found, promise.span)

    @cached_property
    def all_told_apart(self) -> bool:
        """Whether every set of facts that makes a difference is among those that are looked at."""
        asked = [*(p.condition for p in places_of(self.plan)), *self.exploration.also]
        names = set(deciding_facts(self.plan, asked))
        facts = (fact for fact in self.plan.facts if fact.name in names)
        return prod(len(regions(fact, asked)) for fact in facts) <= MOST_ASSIGNMENTS

    # ---- what the kinds of claims share ----------------------------------------------------------------

    def visits(self, promise: Promise) -> Iterator[Visit]:
        """The visits to the promise's phases, of people for whom it is made."""
        for visit in self.exploration.visits:
            if promise.phases and visit.phase not in promise.phases:
                continue
            if holds(promise.if_facts, visit.program.facts) is not False:
                yield visit

    def courses(self, program: Program, medication: str) -> Courses:
        """Where a course can be on and off, for people with a program's facts."""
        key = (id(program), medication)
        if key not in self._courses:
            self._courses[key] = Courses(self.possible, self.plan.medication(medication), program)
        return self._courses[key]

    def everybody(self, program: Program | None = None) -> list[Program]:
        """The plan made ready for every set of facts that any line tells apart; of those with the facts
        that decide about paths as in `program`, if one is given."""
        key = id(program)
        if key not in self._everybody:
            places = [p.condition for p in places_of(self.plan)]
            given = {} if program is None else self.exploration.deciding(program)
            sets = assignments(self.plan, [*places, *self.exploration.also], given)
            ready = [Program(self.plan, facts, self.exploration.also) for facts in sets]
            self._everybody[key] = [each for each in ready if comes_in(each)]
        return self._everybody[key]

    def steps(self, program: Program) -> dict[str, list[str]]:
        """Where the exits that may be taken lead, from each phase."""
        return {
            phase.name: [
                e.target
                for e in self.plan.exits_of(phase)
                if e.target is not None
                and e.direction != "extend"
                and self.possible.why_not(phase, e, program.facts) is None
            ]
            for phase in self.plan.phases
        }

    def comes_to(self, program: Program, phase: str) -> bool:
        """Whether people with these facts may come to the phase."""
        if id(program) not in self._reached:
            self._reached[id(program)] = reached(self.steps(program), [program.front_door()])
        return phase in self._reached[id(program)]

    def between(self, program: Program, source: str, target: str) -> set[str]:
        """The phases on ways from one phase to another, both included."""
        steps = self.steps(program)
        onward = {name: [t for t in targets if name != target] for name, targets in steps.items()}
        back: dict[str, list[str]] = {name: [] for name in (*steps, *(o.name for o in self.plan.outcomes))}
        for name, targets in onward.items():
            for each in targets:
                back[each].append(name)
        return reached(onward, [source]) & reached(back, [target]) & set(self.phases)

    def undecided(self) -> Verdict:
        """Neither a path that refutes nor a proof, and how far was looked."""
        followed = f"{len(self.exploration.visits)} visits were followed, none refutes it"
        if not self.exploration.complete:
            hit = "the time" if self.bound.is_over else f"the bound of {self.bound.visits} visits"
            followed += f" ({hit} was up)" if self.bound.is_over else f" ({hit} was hit)"
        return Verdict("undecided", f"{followed}, and what may refute it cannot be ruled out")

    def answered(self, name: str, asks: str, found: Outcome, span: Span) -> Answer:
        """The outcome as an answer, with the scenario that lives a counter-example again."""
        if isinstance(found, Counter):
            return self._told(name, asks, found, span)
        return Answer(name, asks, found.verdict, found.why, span, trivial=found.trivial)

    def _told(self, name: str, asks: str, found: Counter, span: Span) -> Answer:
        day = found.told.day.plan_day
        still = found.still if found.still is not None else same_visits(found.told)
        shrinking = Shrinking(self.plan, still, self.exploration.also, self.bound)
        shown = shrinking.shortest(scenarios(found.told, _title(name, asks, found.why), found.expects))
        if shown is None:
            return Answer(name, asks, "refuted", found.why, span, day=day)
        scenario, days = shown
        told = sentences(self.plan, scenario, days, day, found.why)
        return Answer(name, asks, "refuted", found.why, span, told, scenario, day)


def _title(name: str, asks: str, why: str) -> str:
    """What a counter-example's scenario is called; that of a standing question, by what was found."""
    words = why.replace("`", "") if asks.endswith("?") else f"{name}: {asks}"
    return f"Against {words}" if not asks.endswith("?") else f"{words[0].upper()}{words[1:]}"


def same_visits(told: Story) -> Still:
    """Whether the stay goes through the visits of the story, on the same days."""
    wanted = [(v.phase, v.start.plan_day) for v in told.visits]

    def still(_program: Program, days: list[Day]) -> bool:
        begins = [d for d in days if d.plan_day <= told.day.plan_day and _is_first(d, days)]
        return [(d.phase, d.plan_day) for d in begins] == wanted

    return still


def _is_first(day: Day, days: list[Day]) -> bool:
    if day.plan_day == 1:
        return True
    before = days[day.plan_day - 2]
    return (before.phase, before.visit) != (day.phase, day.visit)


_DECIDERS: dict[str, Callable[[Proofs, Promise], Outcome]] = {
    "always": always,
    "never": never,
    "never exit": never_exit,
    "continuous": continuous,
    "can reach": can_reach,
    "ends": every_path_ends,
    "sessions": enough_sessions,
    "hours": enough_hours,
    "first service": soon_enough,
}
