"""The expectations of a scenario against its stay, in the order in which they are written.

`phase P on T`: in P during day T. `phase P by T`: P is entered on a day up to T, after what the expectation
before it speaks of, and after Q was entered where T is a day of a visit to Q. Admission is an entry.
`because` speaks of a way out that is taken on an evening: the move that it makes, and the entry that
follows, may be expected in either order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from careplan.plan.model import Expectation
from careplan.plan.words import counted, point_words, visit_words
from careplan.stay.scenario import courses, instead, reasons
from careplan.stay.scenario.counting import sessions_had
from careplan.stay.scenario.quoting import also_quoted, fits, took_at_end
from careplan.stay.scenario.story import LONGEST, Story, Visit
from careplan.stay.scenario.verdict import Verdict


class Judge:
    """Judges the expectations of a story one after the other."""

    def __init__(self, story: Story):
        self.story = story
        self.after = 0  # the plan day of what was expected before
        self.exit_after = 0  # the plan day of the way out that was expected before

    def verdicts(self) -> Iterator[Verdict]:
        """A verdict for each expectation."""
        for expected in self.story.scenario.expects:
            yield self._judge(expected)

    def _judge(self, expected: Expectation) -> Verdict:
        point = expected.on or expected.by
        if point is not None and point.phase is not None:
            visit = self.story.visit(point.phase, point.visit)
            if visit is None:
                what = f"{visit_words(point.phase, point.visit)} was never entered: {self._ending()}"
                return Verdict(expected, False, what, None, reasons.towards(self.story, point.phase, LONGEST))
            if point.day < visit.clock:
                what = f"{point_words(point)} lies before this visit, which went on with day {visit.clock}"
                return Verdict(expected, False, what)
        judges: dict[str, Callable[[Expectation], Verdict]] = {
            "phase": self._phase,
            "outcome": self._outcome,
            "taking": self._taking,
            "not taking": self._taking,
            "sessions": self._sessions,
            "because": self._because,
        }
        return judges[expected.kind](expected)

    def _met(self, expected: Expectation, what: str, plan_day: int, *, move: bool = False) -> Verdict:
        self.after = max(self.after, plan_day)
        decided = reasons.of_entry(self.story, plan_day) if move else None
        return Verdict(expected, True, what, plan_day, decided)

    # ---- phases -------------------------------------------------------------------------------

    def _phase(self, expected: Expectation) -> Verdict:
        return self._in_phase(expected) if expected.on is not None else self._enters(expected)

    def _in_phase(self, expected: Expectation) -> Verdict:
        assert expected.on is not None
        wanted = self.story.day_of(expected.on) or 0
        day = self.story.day(wanted)
        if day is None:
            what = f"the stay does not come to day {wanted}: {self._ending()}"
            return Verdict(
                expected, False, what, None, reasons.of_end(self.story), instead.ending(self.story)
            )
        visit = self._visit_at(wanted)
        what = f"on day {wanted} the stay is in {_where(visit)}"
        if visit.first == wanted:
            what = f"{visit_words(visit.phase, visit.number)} begins on day {wanted}"
        if day.phase == expected.name and (day.visit > 1 or not expected.again):
            self.after = max(self.after, wanted)
            return Verdict(expected, True, what, wanted, reasons.of_entry(self.story, visit.first))
        why_not = reasons.towards(self.story, expected.name, wanted - 1)
        return Verdict(expected, False, what, wanted, why_not, instead.phase_on(expected, day.phase))

    def _enters(self, expected: Expectation) -> Verdict:
        begins = max(self.after, self._from(expected))
        last = self._last(expected)
        for visit in self.story.every_visit(last):
            if visit.first > begins and visit.phase == expected.name and self._fits(expected, visit):
                return self._met(expected, _entered(visit), visit.first, move=True)
        until = self._until(expected)
        when = (" again" if expected.again else "") + (f" after day {begins}" if begins else "")
        what = f"{expected.name} was not entered{when}{until}: {self._ending(last)}"
        other = self._later(expected, begins)
        why_not = reasons.towards(self.story, expected.name, last)
        return Verdict(expected, False, what, None, why_not, other)

    def _later(self, expected: Expectation, begins: int) -> Expectation | None:
        """What happened in the place of an entry: it came too late, or another phase came."""
        after = [visit for visit in self.story.every_visit() if visit.first > begins]
        fits = [visit for visit in after if visit.phase == expected.name and self._fits(expected, visit)]
        return instead.entry(self.story, next(iter((*fits, *after)), None))

    @staticmethod
    def _fits(expected: Expectation, visit: Visit) -> bool:
        return visit.number > 1 or not expected.again

    def _from(self, expected: Expectation) -> int:
        """The plan day after which a phase is to be entered: that on which the visit of `by` was."""
        if expected.by is None or expected.by.phase is None:
            return 0
        visit = self.story.visit(expected.by.phase, expected.by.visit)
        return visit.first if visit is not None else 0

    def _last(self, expected: Expectation) -> int:
        point = expected.by or expected.on
        found = None if point is None else self.story.day_of(point)
        return LONGEST if found is None else found

    def _visit_at(self, plan_day: int) -> Visit:
        return next(v for v in reversed(self.story.visits) if v.first <= plan_day)

    # ---- outcomes, medication, sessions, ways out -----------------------------------------------

    def _outcome(self, expected: Expectation) -> Verdict:
        last = self._last(expected)
        self.story.live_to(last)
        days, outcome = len(self.story.days), self.story.outcome
        ended = outcome is not None and days <= last
        in_time = ended and (expected.on is None or days == last)
        if in_time and outcome == expected.name:
            self.after = max(self.after, days)
            what = f"the stay ends on day {days} as {outcome}"
            return Verdict(expected, True, what, days, reasons.of_end(self.story))
        if ended:
            what = f"the stay ends on day {days} as {outcome}"
            decided = reasons.of_end(self.story)
        else:
            what = f"the stay has not ended{self._until(expected)}: {self._ending(last)}"
            decided = reasons.towards(self.story, expected.name, last)
        return Verdict(expected, False, what, days, decided, instead.outcome(self.story, expected))

    def _taking(self, expected: Expectation) -> Verdict:
        wanted = expected.kind == "taking"
        last = self._last(expected)
        name = expected.name or ""
        if expected.by is not None and wanted:
            for day in self.story.every_day(last):
                if day.plan_day > self.after and courses.takes(self.story, day, name):
                    return self._takes(expected, name, day.plan_day, True)
        day_ = self.story.day(last)
        if day_ is None:
            what = f"the stay does not come to day {last}: {self._ending()}"
            return Verdict(
                expected, False, what, None, reasons.of_end(self.story), instead.ending(self.story)
            )
        return self._takes(expected, name, last, courses.takes(self.story, day_, name) == wanted)

    def _takes(self, expected: Expectation, name: str, plan_day: int, met: bool) -> Verdict:
        what = courses.course_words(self.story, name, plan_day)
        decided = courses.of_course(self.story, name, plan_day)
        if met:
            self.after = max(self.after, plan_day)
            return Verdict(expected, True, what, plan_day, decided)
        return Verdict(expected, False, what, plan_day, decided, instead.taking(expected))

    def _sessions(self, expected: Expectation) -> Verdict:
        last = self._last(expected)
        self.story.live_to(last)
        count = sessions_had(self.story, expected, last)
        verb = "due" if expected.due else "attended"
        where = f" in {', '.join(expected.phases)}" if expected.phases else ""
        what = (
            f"{counted(count, 'session')} of {expected.name} {verb}{where} up to day {len(self.story.days)}"
        )
        met = count == (expected.count or 0)
        other = None if met else expected.model_copy(update={"count": count})
        return Verdict(expected, met, what, None, None, other)

    def _because(self, expected: Expectation) -> Verdict:
        last = self._last(expected)
        assert expected.exit is not None
        for day in self.story.every_day(last):
            if day.plan_day + 1 < self.after or day.plan_day <= self.exit_after or day.taken is None:
                continue
            if not fits(expected, day.taken, took_at_end(day)):
                continue
            self.after = max(self.after, day.plan_day)
            self.exit_after = day.plan_day
            decided = reasons.of_exit(self.story, day)
            others = also_quoted(self.story, expected, day)
            if others:
                what = (
                    f"{counted(others + 1, 'way')} out of {day.phase} fit this line; quote the condition too"
                )
                other = instead.because_of(self.story, day)
                return Verdict(expected, False, what, day.plan_day, decided, other)
            what = f"on day {day.plan_day} ({visit_words(day.phase, day.visit)} day {day.day})"
            return Verdict(expected, True, what, day.plan_day, decided)
        what = f"it was not taken{self._until(expected)}: {self._ending(last)}"
        decided = reasons.of_quoted(self.story, expected, last)
        taken = instead.because(self.story, self.after, self.exit_after, last)
        return Verdict(expected, False, what, None, decided, taken)

    def _too_late(self, expected: Expectation, plan_day: int) -> Verdict:
        what = f"the stay does not come to day {plan_day}: {self._ending()}"
        decided = reasons.of_end(self.story)
        return Verdict(expected, False, what, None, decided, instead.ending(self.story))

    # ---- words --------------------------------------------------------------------------------

    def _until(self, expected: Expectation) -> str:
        point = expected.by or expected.on
        if point is None:
            return ""
        day = self.story.day_of(point)
        return f" by day {day}" + (f" ({point_words(point)})" if point.phase else "")

    def _ending(self, last: int = LONGEST) -> str:
        """Where the stay was in the end, or on that day."""
        if last < len(self.story.days):
            visit = self._visit_at(last)
            return f"the stay is then in {_where(visit)}"
        if self.story.outcome is not None:
            return f"the stay ends on day {len(self.story.days)} as {self.story.outcome}"
        visit = self.story.visits[-1]
        where = f"in {_where(visit)}"
        if len(self.story.days) >= LONGEST:
            return f"after ten years (day {LONGEST}) the stay has not ended; it is {where}"
        return f"the stay is {where}"


def _where(visit: Visit) -> str:
    return f"{visit_words(visit.phase, visit.number)}, which began on day {visit.first}"


def _entered(visit: Visit) -> str:
    if visit.first == 1:
        return f"the stay starts in {visit.phase}"
    return f"{visit_words(visit.phase, visit.number)} begins on day {visit.first}"
