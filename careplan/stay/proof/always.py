"""Claims about every day: `always`, `never`, and a medication without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.plan.facts import holds
from careplan.plan.logic import MOST_CASES, Literal, cases, fits
from careplan.plan.model import Condition, Expectation, NotSo, Point, Promise, tests_of
from careplan.plan.possible import Open, by_subject, last_day
from careplan.plan.words import condition_words, listed
from careplan.stay.day import Day
from careplan.stay.moment import Now
from careplan.stay.program import Program
from careplan.stay.proof.answer import Counter, Outcome, Verdict
from careplan.stay.proof.explore import Visit
from careplan.stay.proof.shrink import Still
from careplan.stay.proof.story import in_phase, story

if TYPE_CHECKING:
    from careplan.stay.proof.proofs import Proofs


def always(proofs: Proofs, promise: Promise) -> Outcome:
    """Broken only where the condition is false; unknown breaks nothing."""
    assert promise.condition is not None
    return _every_evening(proofs, promise, NotSo(part=promise.condition), broken=False)


def never(proofs: Proofs, promise: Promise) -> Outcome:
    """Broken only where the condition is true."""
    assert promise.condition is not None
    return _every_evening(proofs, promise, promise.condition, broken=True)


def _every_evening(proofs: Proofs, promise: Promise, breaks: Condition, *, broken: bool) -> Outcome:
    condition = promise.condition
    assert condition is not None
    found = [(visit, day) for visit, day, truth in _evenings(proofs, promise, condition) if truth is broken]
    if found:
        visit, day = min(found, key=lambda each: each[1].plan_day)
        so = "is so" if broken else "is not so"
        why = f"`{condition_words(condition)}` {so} on day {day.plan_day}, in `{day.phase}`"
        expects = (in_phase(day.phase, day), *_courses(condition, visit.program, day))
        return Counter(story(visit, day), expects, why, _breaks_on(proofs, condition, day, broken))
    return _ruled_out(proofs, promise, breaks) or proofs.undecided()


def _evenings(
    proofs: Proofs, promise: Promise, condition: Condition
) -> Iterator[tuple[Visit, Day, bool | None]]:
    """What the condition says on each evening, as it is looked at before the exits."""
    place = next(i for i, each in enumerate(proofs.exploration.also) if each is condition)
    for visit in proofs.visits(promise):
        asked = visit.program.also[place]
        for day in visit.days if asked is not None else ():
            yield visit, day, asked(Now(visit.program, day.evening)) if asked is not None else None


def _breaks_on(proofs: Proofs, condition: Condition, day: Day, broken: bool) -> Still:
    """Whether a stay lived again breaks it too, on that day in that phase."""
    place = next(i for i, each in enumerate(proofs.exploration.also) if each is condition)

    def still(program: Program, days: list[Day]) -> bool:
        asked = program.also[place]
        if len(days) < day.plan_day or asked is None:
            return False
        there = days[day.plan_day - 1]
        return there.phase == day.phase and asked(Now(program, there.evening)) is broken

    return still


def running(program: Program, day: Day) -> set[str]:
    """The courses that run on the evening of a day."""
    courses = zip(program.courses, day.evening.courses, strict=True)
    return {ready.medication.name for ready, course in courses if course.since}


def _courses(condition: Condition, program: Program, day: Day) -> Iterator[Expectation]:
    """What a scenario can expect of the courses that the condition speaks of."""
    on = running(program, day)
    for name in dict.fromkeys(t.name for t in tests_of(condition) if t.subject == "medication"):
        at = Point(day=day.plan_day)
        yield Expectation(kind="taking" if name in on else "not taking", name=name, on=at)


def _ruled_out(proofs: Proofs, promise: Promise, breaks: Condition) -> Verdict | None:
    """That what breaks the promise can be so on no evening of its phases; None if it may be."""
    options = cases(breaks)
    if len(options) > MOST_CASES:
        return None  # some were left out
    if not any(all(fits(proofs.possible.context, group) for group in by_subject(c)) for c in options):
        return Verdict("proved", "no value could ever break it", trivial=True)
    reasons: dict[str, None] = {}
    for program in proofs.programs:
        if holds(promise.if_facts, program.facts) is False:
            continue
        for name in promise.phases or tuple(proofs.phases):
            if not proofs.comes_to(program, name) or holds(breaks, program.facts) is False:
                continue
            for case in options:
                why = _case_ruled_out(proofs, program, name, case)
                if why is None:
                    return None
                reasons.setdefault(why)
    if not reasons:
        return Verdict("proved", "nobody comes into these phases, or has these facts", trivial=True)
    return Verdict("proved", listed(list(reasons)[:3]))


def _case_ruled_out(proofs: Proofs, program: Program, name: str, case: list[Literal]) -> str | None:
    for test, so in case:
        if test.subject == "fact" and holds(test, program.facts) is not so:
            return f"`{condition_words(test)}` is {'not ' * so}so of these people"
        if test.subject == "medication" and test.name is not None:
            on = so if test.for_days is None else (True if so else None)
            if on is not None and not proofs.courses(program, test.name).can_be(name, on):
                return f"`{test.name}` {'never runs' if on else 'always runs'} in `{name}`"
    phase = proofs.phases[name]
    measured = [x for x in case if x.test.subject != "fact"]
    return proofs.possible.why_never_case(phase, measured, Open(1, last_day(phase)))


# ------------------------------------------------------------------------------------- without a gap


def continuous(proofs: Proofs, promise: Promise) -> Outcome:
    """No day without the course, from its first day in the one phase to the end of the other."""
    name, source, target = promise.name or "", promise.source or "", promise.target or ""
    best: tuple[int, Visit, Day] | None = None
    for visit in proofs.exploration.visits:
        if holds(promise.if_facts, visit.program.facts) is False:
            continue
        gap = _gap(visit, name, source, target)
        if gap is not None and (best is None or gap.plan_day < best[0]):
            best = gap.plan_day, visit, gap
    if best is not None:
        day, visit, gap = best
        expects = (in_phase(gap.phase, gap), Expectation(kind="not taking", name=name, on=Point(day=day)))
        why = f"`{name}` does not run on day {day}, in `{gap.phase}`"
        return Counter(story(visit, gap), expects, why)
    comes = False
    for program in proofs.programs:
        if holds(promise.if_facts, program.facts) is False or not proofs.comes_to(program, source):
            continue
        comes = True
        between = proofs.between(program, source, target)
        course = proofs.courses(program, name)
        if any(course.can_be(phase, False) for phase in between - {source}):
            return proofs.undecided()
        if course.can_be(source, False) and (course.can_stop(source) or not course.leaves_on(source)):
            return proofs.undecided()
    if not comes:
        return Verdict("proved", f"nobody comes into `{source}`", trivial=True)
    return Verdict("proved", f"`{name}` runs on every day of every phase between them")


def _gap(visit: Visit, name: str, source: str, target: str) -> Day | None:
    """The first day without the course of a visit between the two phases; None if there is none."""
    path = visit.path
    begins = max((i for i, v in enumerate(path) if v.phase == source), default=None)
    if begins is None or any(v.phase == target for v in path[begins:-1]):
        return None
    started = any(name in running(v.program, day) for v in path[begins:-1] for day in v.days)
    for day in visit.days:
        on = name in running(visit.program, day)
        left_without = visit.phase == source and day is visit.days[-1] and visit.exit is not None
        goes_on = visit.exit is not None and visit.exit.direction != "discharge"
        if not on and (started or visit.phase != source or (left_without and goes_on)):
            return day
        started = started or on
    return None
