"""What a stay remembers of sessions: attended, missed, and the share of those planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from careplan.stay.tallies import State, Tally, Truth

Compare = Callable[[float], bool]
"""The comparison of a test, such as `>= 80`."""


class Share(Tally):
    """`attendance >= 80%`: attended of the sessions planned in this visit so far, in percent."""

    listens = frozenset({"sessions"})

    def __init__(self, name: str | None, whole_stay: bool, compare: Compare):
        super().__init__(name, whole_stay)
        self.compare = compare

    def start(self) -> State:
        """Planned, attended."""
        return (0, 0)

    def session(self, state: State, attended: bool, today: int) -> State:
        """One more."""
        return (state[0] + 1, state[1] + attended)

    def made_up(self, state: State, missed_on: int, weeks_ago: int, today: int) -> State:
        """What was planned once is now attended."""
        return (state[0], min(state[0], state[1] + 1))

    def answer(self, state: State, today: int) -> Truth:
        """Unknown where nothing was planned."""
        share = self.value(state, today)
        return None if share is None else self.compare(share)

    def value(self, state: State, today: int) -> Any:
        """Percent, None where nothing was planned."""
        return 100 * state[1] / state[0] if state[0] else None


class ShareOver(Share):
    """`attendance >= 80% over 4 weeks`: of the last completed phase weeks of this visit.

    State: planned and attended of the current week, then of each completed one, the latest first.
    """

    listens = frozenset({"sessions", "weeks"})

    def __init__(self, name: str | None, whole_stay: bool, compare: Compare, weeks: int):
        super().__init__(name, whole_stay, compare)
        self.weeks = weeks

    def start(self) -> State:
        """A week that has just begun."""
        return ((0, 0),)

    def session(self, state: State, attended: bool, today: int) -> State:
        """One more in the current week."""
        planned, there = state[0]
        return ((planned + 1, there + attended), *state[1:])

    def made_up(self, state: State, missed_on: int, weeks_ago: int, today: int) -> State:
        """It counts in the week in which it was missed."""
        if weeks_ago >= len(state):
            return state
        planned, there = state[weeks_ago]
        return (*state[:weeks_ago], (planned, min(planned, there + 1)), *state[weeks_ago + 1 :])

    def week_over(self, state: State) -> State:
        """The current week is completed."""
        return ((0, 0), *state)[: self.weeks + 1]

    def value(self, state: State, today: int) -> Any:
        """Percent, None before so many weeks are completed."""
        whole = state[1:]
        planned = sum(week[0] for week in whole)
        if len(whole) < self.weeks or not planned:
            return None
        return 100 * sum(week[1] for week in whole) / planned


class Attended(Tally):
    """`sessions of met >= 2`: sessions attended since the phase was entered; a `resume` goes on counting.

    State: how many; within a window, the days of the latest of them.
    """

    listens = frozenset({"sessions"})
    any_make_up = True

    def __init__(
        self, name: str | None, whole_stay: bool, compare: Compare, most: int, within: int | None = None
    ):
        super().__init__(name, whole_stay)
        self.compare, self.most, self.within = compare, most, within

    def start(self) -> State:
        """None yet."""
        return 0 if self.within is None else ()

    def session(self, state: State, attended: bool, today: int) -> State:
        """One more, if it was attended."""
        if self.within is None:
            return state + attended
        return (*state, today)[-(self.most + 1) :] if attended else state

    def made_up(self, state: State, missed_on: int, weeks_ago: int, today: int) -> State:
        """Attended, only later."""
        return self.session(state, True, today)

    def answer(self, state: State, today: int) -> Truth:
        """A count is never unknown."""
        return self.compare(self.value(state, today))

    def value(self, state: State, today: int) -> Any:
        """How many; within a window, as far as it matters."""
        return state if self.within is None else sum(1 for day in state if day > today - self.within)

    def relative(self, state: State, today: int) -> State:
        """No further than what it is compared with; ages within the window."""
        if self.within is None:
            return min(state, self.most + 1)
        return tuple(today - day for day in state if day > today - self.within)


class Missed(Tally):
    """`missed sessions >= 3 in a row`, or of this visit, or within a window.

    State: days of the missed sessions; of a row, of those since one was attended.
    """

    listens = frozenset({"sessions"})

    def __init__(
        self, name: str | None, whole_stay: bool, compare: Compare, most: int,
        in_a_row: bool, within: int | None,
    ):  # fmt: skip
        super().__init__(name, whole_stay)
        self.compare, self.most, self.in_a_row, self.within = compare, most, in_a_row, within
        self.any_make_up = in_a_row  # who came in place of whatever was missed has come

    def start(self) -> State:
        """None yet."""
        return ()

    def session(self, state: State, attended: bool, today: int) -> State:
        """Another one missed, or the end of a row."""
        if attended:
            return () if self.in_a_row else state
        if self.in_a_row:
            return (*state, today)[-(self.most + 1) :]
        kept = state if self.within is None else (d for d in state if d > today - (self.within or 0))
        return (*kept, today)

    def made_up(self, state: State, missed_on: int, weeks_ago: int, today: int) -> State:
        """It ends a row, and is missed no longer."""
        if self.in_a_row:
            return ()
        if missed_on not in state:
            return state
        place = state.index(missed_on)
        return state[:place] + state[place + 1 :]

    def answer(self, state: State, today: int) -> Truth:
        """A count is never unknown."""
        return self.compare(self.value(state, today))

    def value(self, state: State, today: int) -> Any:
        """How many, as far as it matters."""
        if self.within is None:
            return len(state)
        return sum(1 for day in state if self.within is None or day > today - self.within)

    def relative(self, state: State, today: int) -> State:
        """Ages within the window, or a count."""
        if self.within is None:
            return min(len(state), self.most + 1)
        return tuple(today - day for day in state if day > today - self.within)
