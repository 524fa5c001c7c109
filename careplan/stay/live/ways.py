"""Why a patient was moved, and what would move them now: each way out with the values that decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from careplan.plan.model import Exit
from careplan.plan.words import every_words, exit_words, visit_words
from careplan.stay.day import Day
from careplan.stay.live.closing import Path
from careplan.stay.moment import Now
from careplan.stay.moves import is_last_day
from careplan.stay.program import ReadyExit, ReadyPhase
from careplan.stay.tallies import Truth
from careplan.stay.why import Because, why


class Move(NamedTuple):
    """A way out that was taken on the evening of a day: the line of the plan, and the values that decided."""

    date: date
    plan_day: int
    phase: str
    visit: int
    day: int
    line: str
    to: str | None  # a phase or an outcome; None: the visit was extended
    because: tuple[Because, ...]


class Way(NamedTuple):
    """A way out of the phase: whether it is decided this evening (else `closed` says when), whether its
    condition holds on what is known (None: not known), its tests, and what would have to be known."""

    line: str
    to: str | None
    open: bool
    closed: str
    truth: Truth
    because: tuple[Because, ...]
    unknown: tuple[str, ...]


class Why(NamedTuple):
    """The latest move (None: since admission there was none), and the ways out of where the patient is."""

    moved: Move | None
    ways: tuple[Way, ...]

    def __str__(self) -> str:
        return "\n".join(_told(self))


def moves(path: Path) -> Iterator[Move]:
    """Every way out that was taken, the latest first."""
    for day in reversed(path.days):
        if day.taken is not None:
            yield _move(path, day, day.taken)


def _move(path: Path, day: Day, taken: Exit) -> Move:
    at_end = day.tried[-1].kind == "at end"
    return Move(
        path.date_of(day.plan_day), day.plan_day, day.phase, day.visit, day.day, exit_words(taken, at_end),
        taken.target, tuple(why(path.program, day.evening, taken.when)),
    )  # fmt: skip


def ways(path: Path, day: Day) -> Iterator[Way]:
    """The ways out of the phase, in the order in which they are tried, on what is known of today."""
    phase = path.program.phases[day.phase]
    now = Now(path.program, day.evening)
    for ready in (*phase.exits, *phase.at_end):
        closed = _closed(now, phase, ready)
        tests = tuple(why(path.program, day.evening, ready.exit.when))
        truth = True if ready.when is None else ready.when(now)
        unknown = tuple(dict.fromkeys(b.words for b in tests if b.truth is None)) if truth is None else ()
        line = exit_words(ready.exit, ready.kind == "at end")
        yield Way(line, ready.exit.target, not closed, closed, truth, tests, unknown)


def _closed(now: Now, phase: ReadyPhase, ready: ReadyExit) -> str:
    """Why a way out is not decided this evening, whatever its condition says; empty: it is."""
    last = is_last_day(now)
    if ready.kind == "at end":
        place = next(p for p, each in enumerate(phase.at_end) if each is ready)
        if ready.exit.direction == "extend" and now.extended[place] >= (ready.exit.extend_times or 0):
            return "used up"
        return "" if last else "only on the last day of the phase"
    if ready.urgent:
        return ""
    if now.day < phase.low:
        return f"not before day {phase.low} of the phase"
    review = phase.phase.review_days
    if last or review is None or now.day % review == 0:
        return ""
    return f"only on the review days, {every_words(review)}"


def _told(found: Why) -> Iterator[str]:
    if found.moved is not None:
        moved = found.moved
        where = f"{visit_words(moved.phase, moved.visit)} day {moved.day}"
        yield f"{moved.date.isoformat()} ({where}): {moved.line}"
        yield from (f"  {test.words}: {test.value}" for test in moved.because)
    for way in found.ways:
        said = way.closed or {True: "holds", False: "does not hold", None: "not known"}[way.truth]
        yield f"{way.line}: {said}"
        yield from (f"  {test.words}: {test.value}" for test in way.because)
