"""The lines of a scenario while its stay is lived: which days they speak of, and how far they have come."""

from __future__ import annotations

from careplan.plan.model import Said
from careplan.stay.records import Value
from careplan.stay.state import State

FOREVER = 10**9


class Line:
    """One line that tells what happens.

    `seen` counts what it could speak of so far: due tests, sessions or doses. `told` counts its sessions by
    kind, for a share of attendance. `reached`: one of its days has come. `adds`: it may tell of sessions that
    are not due.
    """

    __slots__ = ("adds", "place", "reached", "said", "seen", "stage", "told")

    def __init__(self, place: int, said: Said):
        self.place, self.said, self.stage = place, said, said.stage
        self.adds = said.kind == "attend" and said.stage.exact and said.percent is None and bool(said.names)
        self.seen = 0
        self.reached = False
        self.told: dict[str, int] = {}

    def covers(self, state: State) -> tuple[bool, int]:
        """Whether the line speaks of the day that the stay has come to, and for how many days that stays so
        on the visit."""
        stage = self.stage
        if stage.phase is None:
            day = state.plan_day
        elif stage.onward and self.reached:
            return True, FOREVER
        elif stage.phase == state.phase and stage.visit == state.visit:
            day = state.day
        else:
            return False, FOREVER
        if day < stage.first:
            return False, stage.first - day
        if stage.last is None:
            self.reached = True
            return True, FOREVER
        if day > stage.last:
            return False, FOREVER
        self.reached = True
        return True, stage.last - day + 1

    def place_of(self, state: State) -> int:
        """Which day of the line's stage this is, from 0."""
        return (state.plan_day if self.stage.phase is None else state.day) - self.stage.first

    def result(self, place: int) -> Value | None:
        """The line's result for the due test (or the day) of that place in its stage, from 0; None: none."""
        values, times = self.said.values, self.said.times
        if times is not None:
            return values[0] if place < times else None
        if len(values) == 1:
            return values[0]
        return values[place] if place < len(values) else None

    def attends(self, key: str) -> bool:
        """Whether the next session of that kind is attended, of a line with a share.

        The first ones are: after each session, at least the share of those so far is attended, and never a
        whole session more. Of 80%, every fifth is missed.
        """
        had = self.told.get(key, 0)
        self.told[key] = had + 1
        percent = self.said.percent or 0.0
        return _ceiling((had + 1) * percent) > _ceiling(had * percent)


def _ceiling(percents: float) -> int:
    return -int(-percents // 100)
