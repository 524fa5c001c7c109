"""Which exits can be taken at all: what facts, values, counts and clocks rule out, each with its reason.

An exit that is not ruled out here may still never be taken: this is the side on which proofs stand. It errs
towards "possible".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.plan.context import Context
from careplan.plan.courses import goes_on
from careplan.plan.facts import Facts, holds
from careplan.plan.graph import reached
from careplan.plan.logic import MOST_CASES, Literal, can_hold_together, cases, fits, satisfies
from careplan.plan.model import AllOf, Condition, Exit, Medication, NotSo, Phase, Plan, Test, tests_of
from careplan.plan.most import most_sessions_of, most_tests
from careplan.plan.starts import is_urgent
from careplan.plan.words import condition_words, duration_words, exit_words

FOR_EVER = 1_000_000


class Open(NamedTuple):
    """The days of a visit on which an exit is open: `least` to `most`."""

    least: int
    most: int


class Possible:
    """What the exits of a plan can do, for all the sets of facts that it admits."""

    def __init__(self, plan: Plan, worlds: Iterable[Facts]):
        self.plan = plan
        self.worlds = list(worlds)
        self.context = Context(plan)
        self.running = {(name, m.name) for m in plan.medications for name in _where(plan, m)}
        self._assessed_anywhere = {m for p in plan.phases for line in p.assessments for m in line.measures}
        self._reasons: dict[tuple[str, int], str | None] = {}

    def why_not(self, phase: Phase, exit_: Exit, facts: Facts | None = None) -> str | None:
        """Why the exit can never be taken from the phase, in the plan's words; None if it may be."""
        if facts is not None and holds(exit_.when, facts) is False:
            return f"`{condition_words(exit_.when)}` is not so of these people" if exit_.when else None
        key = (phase.name, id(exit_))
        if key not in self._reasons:
            self._reasons[key] = self._why_not(phase, exit_)
        return self._reasons[key]

    def opens(self, phase: Phase, exit_: Exit) -> Open:
        """The days on which the exit is open, before its condition is looked at."""
        lasts, last = phase.lasts, last_day(phase)
        if any(exit_ is e for e in phase.at_end):
            ends_early = lasts is None or lasts.until is not None
            return Open(1 if lasts is None or ends_early else lasts.high or 1, last)
        if lasts is None or self.is_anytime(exit_) or is_urgent(self.plan, exit_):
            return Open(1, last)
        least = max(lasts.low, 1)
        if phase.review_days and lasts.until is None:
            # The last day is a review as well, also where an extension may follow.
            least = min(-(-least // phase.review_days) * phase.review_days, max(lasts.high or FOR_EVER, 1))
        return Open(least, last)

    def why_not_on_day_1(self, phase: Phase, exit_: Exit) -> str | None:
        """Why the exit cannot be taken on the first day of a visit; None if it may be."""
        opens = self.opens(phase, exit_)
        if opens.least > 1 and not any(back.way == "resume" for back in phase.returns):
            return f"it opens on day {opens.least}"
        if exit_.when is None:
            return None
        resumes = any(back.way == "resume" for back in phase.returns)
        options = cases(exit_.when)
        if len(options) <= MOST_CASES and all(any(_takes_days(x) for x in case) for case in options):
            return "so many results do not come in one day"
        return self.why_not(phase, exit_) or self.why_never(
            phase, exit_.when, Open(1, FOR_EVER if resumes else 1)
        )

    def is_anytime(self, exit_: Exit) -> bool:
        """Whether an `anytime` block holds it."""
        return any(exit_ is e for block in self.plan.anytime for e in block.exits)

    # ---- one exit -------------------------------------------------------------------------------------

    def _why_not(self, phase: Phase, exit_: Exit) -> str | None:
        if self.worlds and all(holds(exit_.when, facts) is False for facts in self.worlds):
            return "no one whom the plan admits has these facts"
        opens = self.opens(phase, exit_)
        if exit_.when is not None:
            reason = self.why_never(phase, exit_.when, opens)
            if reason is not None:
                return reason
        return self._shadowed(phase, exit_)

    def why_never(self, phase: Phase, condition: Condition, opens: Open) -> str | None:
        """Why the condition can hold on none of these days of a visit; None if it may."""
        first: str | None = None
        options = cases(condition)
        if len(options) > MOST_CASES:
            return None  # some were left out
        for case in options:
            reason = self.why_never_case(phase, case, opens)
            if reason is None:
                return None
            first = first or reason
        return first

    def why_never_case(self, phase: Phase, case: list[Literal], opens: Open) -> str | None:
        """Why the tests can come out so together on none of these days; None if they may."""
        for literal in case:
            reason = self._literal(phase, literal)
            if reason is not None:
                return reason
        window = self._clock(case, opens)
        if window is not None:
            return window
        for group in by_subject(case):
            if not fits(self.context, group):
                words = " and ".join(f"`{'' if x.so else 'not '}{condition_words(x.test)}`" for x in group)
                return f"{words} cannot both be so"
        return None

    def closed_window(self, phase: Phase, exit_: Exit) -> Test | None:
        """The test of days or weeks that is over when the exit first opens; None if some case has none."""
        if exit_.when is None:
            return None
        opens, found = self.opens(phase, exit_).least, []
        options = cases(exit_.when)
        for case in options:
            clocks = (x for x in case if x.test.subject in ("days", "weeks") and not x.test.since_admission)
            over = next((x.test for x in clocks if _days_of(x.test, x.so).most < opens), None)
            if over is not None:
                found.append(over)
        return found[0] if found and len(found) == len(options) <= MOST_CASES else None

    def _clock(self, case: list[Literal], opens: Open) -> str | None:
        """The days that the case asks for, against those on which the exit is open."""
        least, most = opens
        for test, so in case:
            if test.subject not in ("days", "weeks") or test.since_admission or not _is_number(test.value):
                continue
            low, high = _days_of(test, so)
            least, most = max(least, low), min(most, high)
            if least > most:
                return (
                    f"`{condition_words(test)}` is over when it first opens, on day {opens.least}"
                    if high < opens.least
                    else f"`{condition_words(test)}` comes after the phase has ended, on day {opens.most}"
                )
        return None

    def _literal(self, phase: Phase, literal: Literal) -> str | None:
        test, so = literal
        if test.subject == "measure":
            return self._measured(phase, test, so)
        if test.subject == "medication" and so and (phase.name, test.name) not in self.running:
            return f"`{test.name}` never runs in `{phase.name}`"
        if test.subject in ("sessions", "missed", "attendance") and not test.since_admission:
            return self._sessions(phase, test, so)
        return None

    def _measured(self, phase: Phase, test: Test, so: bool) -> str | None:
        name = test.name or ""
        if name not in self._assessed_anywhere:
            return None  # then a result may come on any day
        reaches_back = test.since_admission or test.for_days is not None
        if reaches_back or name in self.context.assessed[phase.name]:
            return self._counted(phase, test) if so else None
        if not so and (test.times is not None or test.within_days is not None):
            return None  # no result is no hit
        return f"`{phase.name}` does not assess `{name}`"

    def _counted(self, phase: Phase, test: Test) -> str | None:
        """Whether so many tests fall in the window at all."""
        if test.times is None or test.within_days is None or test.since_admission:
            return None
        most = most_tests(phase, test.name or "", test.within_days)
        if most is not None and most < test.times:
            within = duration_words(test.within_days)
            return f"`{phase.name}` tests `{test.name}` at most {most} times within {within}"
        return None

    def _sessions(self, phase: Phase, test: Test, so: bool) -> str | None:
        owed = [s for s in phase.services if self._counts(s.service, test.name) and not s.encouraged]
        if test.subject in ("attendance", "missed"):
            none_is_enough = test.subject == "missed" and satisfies(self.context, test, 0.0) == so
            if owed or none_is_enough:
                return None
            what = f"no session of `{test.name}`" if test.name else "no therapy session"
            return f"{what} falls due in `{phase.name}`"
        if not so or test.operator not in (">", ">=") or not _is_number(test.value):
            return None
        lines = [s for s in phase.services if self._counts(s.service, test.name)]
        most = None if last_day(phase) == FOR_EVER else most_sessions_of(self.plan, phase, lines)
        needed = float(test.value or 0) + (test.operator == ">")
        if most is not None and most < needed:
            return f"`{phase.name}` holds at most {most} of them"
        return None

    def _counts(self, service: str, name: str | None) -> bool:
        if name is not None:
            return service == name
        found = self.context.services.get(service)
        return found is not None and found.kind == "therapy"

    # ---- an exit in the shadow of another ---------------------------------------------------------------

    def _shadowed(self, phase: Phase, exit_: Exit) -> str | None:
        """An exit that is tried earlier, is open whenever this one is, and holds whenever this one does."""
        mine = self.opens(phase, exit_)
        for other in self.plan.exits_of(phase):
            if other is exit_:
                return None
            if other.direction == "extend":
                continue
            theirs = self.opens(phase, other)
            if theirs.least > mine.least or (self._waits(phase, other) and not self._waits(phase, exit_)):
                continue
            if any(holds(other.when, facts) is False for facts in self.worlds) and other.when is not None:
                continue
            if other.when is None or (exit_.when is not None and self._implies(exit_.when, other.when)):
                return f"`{exit_words(other)}` is tried before, and holds whenever this does"
        return None

    def _waits(self, phase: Phase, exit_: Exit) -> bool:
        """Whether the exit is open on some days only, once its minimum is over."""
        if any(exit_ is e for e in phase.at_end):
            return True
        urgent = self.is_anytime(exit_) or is_urgent(self.plan, exit_)
        return not urgent and phase.review_days is not None

    def _implies(self, condition: Condition, other: Condition) -> bool:
        """Whether `other` is known and true whenever `condition` is true."""
        if _parts(other) <= _parts(condition):
            return True
        asked = list(tests_of(other))
        options = cases(condition)
        if len(options) > MOST_CASES or any(_looks_back(t) for t in (*asked, *tests_of(condition))):
            return False
        for case in options:  # whatever makes it true must also make known what the other looks at
            looked_at = {_what(x.test) for x in case}
            if any(_what(test) not in looked_at for test in asked):
                return False
        return not can_hold_together(self.context, condition, NotSo(part=other))


def last_day(phase: Phase) -> int:
    """The last day that the clock of the phase can show; FOR_EVER where nothing bounds it.

    A `resume` begins a new week of the clock each time, also beyond the maximum.
    """
    most = longest_visit(phase)
    return FOR_EVER if most is None or any(back.way == "resume" for back in phase.returns) else most


def longest_visit(phase: Phase) -> int | None:
    """The most days of one visit; None where nothing ends it for sure."""
    sure = bool(phase.at_end) and phase.at_end[-1].when is None and phase.at_end[-1].direction != "extend"
    return phase.longest if sure else None


def _where(plan: Plan, medication: Medication) -> set[str]:
    """The phases in which the course can run, wherever it may start and however it may go on."""
    start = medication.start
    names = {phase.name for phase in plan.phases}
    stands_in = any(m.fallback == medication.name for m in plan.medications)
    if start is None and not stands_in:
        return set()
    begins = names & set(start.phases) if start is not None and start.phases else names
    steps = {
        phase.name: [
            str(e.target) for e in plan.exits_of(phase) if e.target in names and goes_on(medication, phase, e)
        ]
        for phase in plan.phases
    }
    return reached(steps, begins)


def _parts(condition: Condition) -> set[str]:
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return {condition_words(part) for part in parts}


def _looks_back(test: Test) -> bool:
    """Whether more than one result or day decides; such tests are compared by their words alone."""
    counted = test.times is not None or test.within_days is not None or test.for_days is not None
    return counted or test.operator in ("falls by", "rises by") or test.value == "missing" or test.in_a_row


def by_subject(case: list[Literal]) -> Iterator[list[Literal]]:
    """The literals that look at one value of the same thing; `fits` can judge these together."""
    groups: dict[tuple[object, ...], list[Literal]] = {}
    for literal in case:
        test = literal.test
        if test.subject not in ("measure", "fact", "attendance", "sessions"):
            continue
        if test.times is not None or test.within_days is not None or test.value == "missing":
            continue
        if test.operator in ("falls by", "rises by") or (test.for_days is not None and not literal.so):
            continue
        groups.setdefault(_what(test), []).append(literal)
    yield from groups.values()


def _what(test: Test) -> tuple[object, ...]:
    return (test.subject, test.name, test.over_days, test.since_admission)


def _takes_days(literal: Literal) -> bool:
    """Whether it asks for results on several days of this visit."""
    test = literal.test
    return literal.so and test.subject == "measure" and (test.times or 1) > 1 and not test.since_admission


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _days_of(test: Test, so: bool) -> Open:
    """The completed days on which a clock test is as asked."""
    unit = 7 if test.subject == "weeks" else 1
    value = float(test.value) if isinstance(test.value, int | float) else 0.0
    operator = test.operator if so else {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}.get(test.operator, "")
    number = int(value) if value.is_integer() else -1
    if number < 0:
        return Open(0, FOR_EVER)  # parts of a day: nothing is concluded
    match operator:
        case ">=":
            return Open(number * unit, FOR_EVER)
        case ">":
            return Open((number + 1) * unit, FOR_EVER)
        case "<":
            return Open(0, number * unit - 1)
        case "<=":
            return Open(0, (number + 1) * unit - 1)
    return Open(0, FOR_EVER)
