"""Why a condition holds on an evening of a stay, or does not: each of its tests with the value it saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from careplan.plan.model import Condition, Test, tests_of
from careplan.plan.words import condition_words, counted, duration_words, listed, number_words
from careplan.stay.attendance import Attended, Missed, Share, ShareOver
from careplan.stay.moment import Now
from careplan.stay.program import Program
from careplan.stay.state import State
from careplan.stay.tallies import Change, Hits, Latest, Tally, Truth, Unbroken, WasMissed

MOST_DAYS = 5  # listed one by one


class _Seen(NamedTuple):
    """What a tally remembers at the end of a day, for a test."""

    tally: Tally
    state: Any
    today: int
    test: Test


class Because(NamedTuple):
    """One test of a condition: its words, whether it holds (None: unknown), and what it saw."""

    words: str
    truth: Truth
    value: str


def why(program: Program, state: State, condition: Condition | None) -> list[Because]:
    """The tests of a condition of the program's plan, as they stood on the evening that `state` is.

    Days in the values are days of the plan. Without a condition there is nothing to explain.
    """
    now = Now(program, state)
    return [_because(now, test) for test in tests_of(condition)]


def _because(now: Now, test: Test) -> Because:
    leaf = now.program.conditions.leaf(test)
    if leaf.place is None:
        value = _without_tally(now, test)
    else:
        tally = now.program.tallies[leaf.place]
        value = _told(_Seen(tally, now.tallies[leaf.place], now.plan_day, test))
    return Because(condition_words(test), leaf.asked(now), value)


def _without_tally(now: Now, test: Test) -> str:
    if test.subject == "fact":
        given = now.program.facts.get(test.name or "")
        return "not given" if given is None else _value(given)
    if test.subject == "medication":
        since = now.since.get(test.name or "")
        return "not taken" if since is None else f"since day {since}, {_running(now.plan_day - since + 1)}"
    return counted(now.plan_day if test.since_admission else now.day, "day")


def _told(seen: _Seen) -> str:
    return next((words(seen) for kind, words in _WORDS if isinstance(seen.tally, kind)), "")


def _latest(seen: _Seen) -> str:
    where = "" if seen.test.since_admission else " on this visit"
    return f"no result{where}" if seen.state is None else f"the latest is {_value(seen.state)}"


def _was_missed(seen: _Seen) -> str:
    if seen.state is None:
        return "no test was due"
    return "the latest test was missed" if seen.state else "the latest test was taken"


def _unbroken(seen: _Seen) -> str:
    contrary, first, latest, several = seen.state
    if not first:
        return f"not so on day {contrary}" if contrary else "no result"
    words = f"so since day {first}, {_running(seen.today - first + 1)}"
    if not several:
        return f"{words}, with one result (day {latest})"
    return f"{words}, last result on day {latest}"


def _hits(seen: _Seen) -> str:
    within = seen.test.within_days
    days = [day for day in seen.state if within is None or day > seen.today - within]
    if seen.test.subject == "event":
        return f"on {_days(days)}" if days else "it has not happened"
    return f"{counted(len(days), 'time')} ({_days(days)})" if days else "not once"


def _change(seen: _Seen) -> str:
    if seen.state is None:
        return "no result"
    first, day, latest = seen.state
    if latest is None:
        return f"one result only, {_value(first)} on day {day}"
    return f"from {_value(first)} on day {day} to {_value(latest)}"


def _share_over(seen: _Seen) -> str:
    weeks = seen.state[1:]
    wanted = seen.tally.weeks if isinstance(seen.tally, ShareOver) else len(weeks)
    if len(weeks) < wanted:
        return f"{len(weeks)} of {counted(wanted, 'full week')} so far"
    return _share_words(sum(week[1] for week in weeks), sum(week[0] for week in weeks))


def _share(seen: _Seen) -> str:
    return _share_words(seen.state[1], seen.state[0])


def _share_words(attended: int, planned: int) -> str:
    if not planned:
        return "no session was planned"
    # Never rounded up: 79.6% is not 80%.
    return f"{100 * attended // planned}%, {attended} of {counted(planned, 'session')}"


def _attended(seen: _Seen) -> str:
    return f"{seen.tally.value(seen.state, seen.today)} attended"


def _missed(seen: _Seen) -> str:
    within = seen.tally.within if isinstance(seen.tally, Missed) else None
    days = [day for day in seen.state if within is None or day > seen.today - within]
    row = " in a row" if seen.test.in_a_row else ""
    return f"{len(days)} missed{row} ({_days(days)})" if days else "none missed" + row


_WORDS = (
    (Latest, _latest),
    (WasMissed, _was_missed),
    (Unbroken, _unbroken),
    (Hits, _hits),
    (Change, _change),
    (ShareOver, _share_over),  # before Share, which it is a kind of
    (Share, _share),
    (Attended, _attended),
    (Missed, _missed),
)


def _running(days: int) -> str:
    return f"for {duration_words(days)}"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else number_words(value)


def _days(days: Sequence[int]) -> str:
    """`day 3`, `days 3, 5 and 9`, `days 3 to 19` where there are many."""
    once = list(dict.fromkeys(days))
    if len(once) == 1:
        return f"day {once[0]}"
    if len(once) > MOST_DAYS:
        return f"days {once[0]} to {once[-1]}"
    return f"days {listed(str(day) for day in once)}"
