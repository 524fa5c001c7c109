"""What a stay remembers in order to answer one test of its plan.

A tally is fixed by the test; its state is a plain value that travels with the stay. States hold plan days.
What belongs to the visit begins anew with each visit to a phase; `for`, `falls by` and `since admission`
belong to the stay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from careplan.stay.records import MISSING, Value

Truth = bool | None
"""Three truth values after Kleene: None is not known."""

State = Any
Holds = Callable[[Value], bool]
"""Whether one result makes the comparison of the test true."""


class Tally:
    """One test's memory; a kind says what it listens to, and what it makes of it."""

    any_make_up: bool = False  # it is told of make-ups also of what was missed before the visit
    listens: ClassVar[frozenset[str]] = frozenset()  # of: results, events, sessions, weeks

    def __init__(self, name: str | None, whole_stay: bool):
        self.name = name  # the measure, event or service; None: every therapy
        self.whole_stay = whole_stay

    def start(self) -> State:
        """The state on admission."""
        return None

    def new_visit(self, state: State) -> State:
        """The state on the first day of a visit."""
        return state if self.whole_stay else self.start()

    def result(self, state: State, value: Value, today: int) -> State:
        """After a result of the measure, or the event on `today`."""
        return state

    def session(self, state: State, attended: bool, today: int) -> State:
        """After a session that was planned and attended or missed."""
        return state

    def made_up(self, state: State, missed_on: int, weeks_ago: int, today: int) -> State:
        """After a session attended in place of one missed on a plan day, so many phase weeks ago."""
        return state

    def week_over(self, state: State) -> State:
        """At the end of the last day of a phase week."""
        return state

    def answer(self, state: State, today: int) -> Truth:
        """Whether the test holds at the end of `today`."""
        raise NotImplementedError

    def value(self, state: State, today: int) -> Any:
        """What decided, for people: a result, a count, a share."""
        return state

    def relative(self, state: State, today: int) -> State:
        """The state as far as it can matter from here on, with days counted back from `today`."""
        return state


class Latest(Tally):
    """`phq-9 < 10`: the latest result of the visit."""

    listens = frozenset({"results"})

    def __init__(self, name: str | None, whole_stay: bool, holds: Holds, missing: Value | None):
        super().__init__(name, whole_stay)
        self.holds, self.missing = holds, missing

    def result(self, state: State, value: Value, today: int) -> State:
        """The new latest result; a missed test without a value of its own is none."""
        if value == MISSING:
            return state if self.missing is None else self.missing
        return value

    def answer(self, state: State, today: int) -> Truth:
        """Unknown as long as there is no result."""
        return None if state is None else self.holds(state)

    def relative(self, state: State, today: int) -> State:
        """Only the answer can matter."""
        return None if state is None else self.holds(state)


class WasMissed(Tally):
    """`uds is missing`: the latest planned test was missed; or, `uds is not missing`, it was not."""

    listens = frozenset({"results"})

    def __init__(self, name: str | None, whole_stay: bool, wanted: bool):
        super().__init__(name, whole_stay)
        self.wanted = wanted

    def result(self, state: State, value: Value, today: int) -> State:
        """Whether this one was."""
        return value == MISSING

    def answer(self, state: State, today: int) -> Truth:
        """Unknown before the first."""
        return None if state is None else bool(state) is self.wanted


class Unbroken(Tally):
    """`uds is negative for 4 weeks`: so on each of the days, with two results at least, one of them within.

    State: the last day on which it was not so (0: none), the first day of the unbroken run (0: none), the
    day of its latest result, and whether it has results on two days.
    """

    listens = frozenset({"results"})

    def __init__(self, name: str | None, holds: Holds, missing: Value | None, days: int):
        super().__init__(name, whole_stay=True)
        self.holds, self.missing, self.days = holds, missing, days

    def start(self) -> State:
        """Nothing known."""
        return (0, 0, 0, False)

    def result(self, state: State, value: Value, today: int) -> State:
        """A result speaks from its day to the next one's."""
        if value == MISSING:
            if self.missing is None:
                return state
            value = self.missing
        contrary, first, latest, several = state
        if not self.holds(value):
            return (today, 0, 0, False)
        if not first:  # it was not so up to yesterday, if it was ever known
            return (today - 1 if contrary else 0, today, today, False)
        return (contrary, first, today, several or today > latest)

    def answer(self, state: State, today: int) -> Truth:
        """False once a contrary day lies in the window; unknown until the whole window has been seen."""
        contrary, first, latest, several = state
        begins = today - self.days + 1
        if contrary and (not first or contrary >= begins):
            return False
        if not first or first > begins or not several or latest < begins:
            return None
        return True

    def value(self, state: State, today: int) -> Any:
        """Days of the unbroken run."""
        return today - state[1] + 1 if state[1] else 0

    def relative(self, state: State, today: int) -> State:
        """Ages, no older than the window."""
        contrary, first, latest, several = state
        cap = self.days
        return (
            min(today - contrary, cap) if contrary and first else int(bool(contrary)),
            min(today - first, cap) if first else -1,
            min(today - latest, cap) if first else -1,
            several,
        )


class Hits(Tally):
    """`uds is positive 3 times within 2 weeks`: days on which it was so; also of events.

    State: the latest days, as many as are asked for. Never unknown: not tested is not positive.
    """

    listens = frozenset({"results", "events"})

    def __init__(
        self, name: str | None, whole_stay: bool, holds: Holds, missing: Value | None,
        times: int, within: int | None, in_a_row: bool,
    ):  # fmt: skip
        super().__init__(name, whole_stay)
        self.holds, self.missing = holds, missing
        self.times, self.within, self.in_a_row = times, within, in_a_row

    def start(self) -> State:
        """No day."""
        return ()

    def result(self, state: State, value: Value, today: int) -> State:
        """One more day, or the end of a row."""
        if value == MISSING:
            if self.missing is None:
                return state
            value = self.missing
        if not self.holds(value):
            return () if self.in_a_row else state
        return (*state, today)[-self.times :]

    def answer(self, state: State, today: int) -> Truth:
        """Whether there are so many, in the window."""
        return len(state) >= self.times and (self.within is None or state[0] > today - self.within)

    def value(self, state: State, today: int) -> Any:
        """How many, as far as it matters."""
        return sum(1 for day in state if self.within is None or day > today - self.within)

    def relative(self, state: State, today: int) -> State:
        """Ages of those that the window still holds."""
        if self.within is None:
            return len(state)
        return tuple(today - day for day in state if day > today - self.within)


class Change(Tally):
    """`phq-9 falls by 5`: the first result of the stay against the latest of this visit.

    A missed test that counts as a value is a latest result, and never the first: nothing was measured.
    """

    listens = frozenset({"results"})

    def __init__(
        self, name: str | None, whole_stay: bool, rises: bool, by: float, percent: bool, missing: Value | None
    ):  # fmt: skip
        super().__init__(name, whole_stay)
        self.missing = missing
        self.sign, self.by, self.percent = (1 if rises else -1), by, percent

    def new_visit(self, state: State) -> State:
        """The first result stays."""
        return state if self.whole_stay or state is None else (state[0], state[1], None)

    def result(self, state: State, value: Value, today: int) -> State:
        """Words have no size."""
        if value == MISSING and self.missing is not None and state is not None:
            value = self.missing
        if isinstance(value, str):
            return state
        return (value, today, None) if state is None else (state[0], state[1], value)

    def answer(self, state: State, today: int) -> Truth:
        """Unknown with fewer than two results."""
        if state is None or state[2] is None:
            return None
        first, _day, latest = state
        needed = abs(first) * self.by / 100 if self.percent else self.by
        return bool((latest - first) * self.sign >= needed)

    def value(self, state: State, today: int) -> Any:
        """From and to."""
        return None if state is None else (state[0], state[2])

    def relative(self, state: State, today: int) -> State:
        """The day of the first result does not matter."""
        return None if state is None else (state[0], state[2])
