"""Which exits can be taken at all: what facts, values, counts and clocks rule out, each with its reason.

An exit that is not ruled out here may still never be taken: this is the side on which proofs stand. It errs
towards "possible".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.plan.context import Context
from careplan.plan.courses import courses
from careplan.plan.facts import Facts, holds
from careplan.plan.logic import Literal, can_hold_together, cases, fits, satisfies
from careplan.plan.model import Condition, Exit, NotSo, Phase, Plan, Test, tests_of
from careplan.plan.slots import most_sessions
from careplan.plan.starts import is_urgent
from careplan.plan.weeks import frequencies
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
        self.running = {(c.phase, c.medication) for c in courses(plan)}
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
        longest = phase.longest if phase.longest is not None else FOR_EVER
        if any(exit_ is e for e in phase.at_end):
            ends_early = phase.lasts is not None and phase.lasts.until is not None
            return Open(1 if ends_early or not phase.lasts else phase.lasts.high or 1, longest)
        if self.is_anytime(exit_) or is_urgent(self.plan, exit_):
            return Open(1, longest)
        least = max(phase.lasts.low, 1) if phase.lasts else 1
        if phase.review_days:
            least = min(-(-least // phase.review_days) * phase.review_days, max(longest, 1))
        return Open(least, longest)

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
        for case in cases(condition):
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
        most = self._most_tests(phase, test.name or "", test.within_days)
        if most is not None and most < test.times:
            within = duration_words(test.within_days)
            return f"`{phase.name}` tests `{test.name}` at most {most} times within {within}"
        return None

    def _most_tests(self, phase: Phase, name: str, days: int) -> int | None:
        """The most tests of a measure within so many days, None where there is no telling."""
        total = 0
        for line in phase.assessments:
            if name not in line.measures:
                continue
            for often in frequencies(line):
                if often.kind == "as-needed":
                    return None
                if often.kind in ("at-start", "at-end", "once"):
                    total += max(1, sum(s.last - s.first + 1 for s in (*line.weeks, *line.days)))
                    continue
                period = often.period_days or 7
                blocks = -(-(days - 1) // period) + 1
                total += (often.high if often.kind in ("per", "total") else 1) * blocks
        return min(total, days)

    def _sessions(self, phase: Phase, test: Test, so: bool) -> str | None:
        owed = [s for s in phase.services if self._counts(s.service, test.name) and not s.encouraged]
        if test.subject in ("attendance", "missed"):
            none_is_enough = test.subject == "missed" and satisfies(self.context, test, 0.0) == so
            if owed or none_is_enough:
                return None
            what = f"no session of `{test.name}`" if test.name else "no therapy session"
            return f"{what} falls due in `{phase.name}`"
        if not so or test.operator not in (">", ">=") or phase.longest is None or not _is_number(test.value):
            return None
        lines = [s for s in phase.services if self._counts(s.service, test.name)]
        most = sum(most_sessions(self.plan, phase, line) for line in lines)
        needed = float(test.value or 0) + (test.operator == ">")
        if most < needed:
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
        """Whether `other` is known and true whenever `condition` is."""
        looked_at = {_what(test) for test in tests_of(condition)}
        if any(_what(test) not in looked_at for test in tests_of(other)):
            return False
        return not can_hold_together(self.context, condition, NotSo(part=other))


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


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _days_of(test: Test, so: bool) -> Open:
    """The completed days on which a clock test is as asked."""
    unit = 7 if test.subject == "weeks" else 1
    value = float(test.value) if isinstance(test.value, int | float) else 0.0
    operator = test.operator if so else {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}.get(test.operator, "")
    number = int(value)
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
