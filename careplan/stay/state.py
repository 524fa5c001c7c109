"""Where a stay stands: plain, hashable values."""

from __future__ import annotations

from typing import Any, NamedTuple


class CourseState(NamedTuple):
    """A course of medication.

    Days are plan days; 0 is never. `since`: the first dose of the running course (0: it does not run).
    `group`, `group_since`, `doses`: the dose line it has come to, since when, and the doses given in it.
    `due`: the day of the next dose of a line with an interval. `last`: the latest dose given. `ended`: why
    it does not run any more. `failed`: the evening on which its start failed. `started_here`: it was
    running, or has started, on this visit. `held`: its doses are held today.
    """

    since: int = 0
    first: int = 0  # day 1 of the course's clock
    group: int = 0
    group_since: int = 0
    doses: tuple[int, ...] = ()  # given, of each line of the group
    due: tuple[int, ...] = ()
    last: int = 0
    ended: str = ""
    failed: int = 0
    started_here: bool = False
    held: bool = False


class Trigger(NamedTuple):
    """Of a line that something in the stay brings, as of last evening.

    `held`: its `while` holds; `called`: its `when` or `after` does, and `came` is the day of the clock on
    whose evening that came about (-1: never; the evening before the visit counts). `week`: the phase week in
    which the sessions that it waits for were had (-1: not yet). `brought`: the latest phase week in which the
    rhythm of a line that also tests `at end` brought a test.
    """

    held: bool = False
    called: bool = False
    came: int = -1
    week: int = -1
    brought: int = 0


class Left(NamedTuple):
    """What is kept of a phase that was left: visits so far, its clock, extensions used, sessions counted, and
    the weeks in which the sessions that lines waited for were had."""

    phase: str
    visits: int
    day: int
    maximum: int | None
    extended: tuple[int, ...]
    sessions: tuple[tuple[int, Any], ...]
    waited: tuple[int, ...]


class State(NamedTuple):
    """A stay at the beginning of a day.

    `day` is the day of the visit's clock and `plan_day` that of the stay, both the day about to be lived;
    `weekday` is its weekday (0 Monday). `visit` counts the visits to the phase; `entered` is the clock's day
    on which this one began (1 but for a `resume`), `maximum` its last day with the extensions used so far.
    """

    phase: str
    visit: int
    day: int
    plan_day: int
    weekday: int
    entered: int
    maximum: int | None
    extended: tuple[int, ...]
    tallies: tuple[Any, ...]
    courses: tuple[CourseState, ...]
    triggers: tuple[Trigger, ...]
    left: tuple[Left, ...]
    goals: tuple[int, ...]  # the plan day on which each goal was reached, 0: not yet
    topics: tuple[tuple[str, int], ...]  # topic sessions had, of each service with a curriculum in order
    came_from: str | None = None
    outcome: str | None = None  # set when the stay has ended
