"""What became otherwise in a stay because something was recorded late, or corrected."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from careplan.stay.day import Day
from careplan.stay.live.closing import Path, Unused
from careplan.stay.live.ways import Move, moves
from careplan.stay.records import NOTHING_RECORDED


class Standing(NamedTuple):
    """Where a stay stands: days are those of the visit's clock and of the plan."""

    phase: str
    visit: int
    day: int
    plan_day: int
    outcome: str | None

    @classmethod
    def of(cls, path: Path) -> Standing:
        """Where the path has come to."""
        state = path.state
        return cls(state.phase, state.visit, state.day, state.plan_day, state.outcome)


class Amended(NamedTuple):
    """What a late record changed.

    `since`: the first date on which something else happened (None: nothing did). `undone` and `instead`: the
    moves that did not come about, and those that did. `unused`: records that have no place any more.
    """

    since: date | None
    was: Standing
    now: Standing
    undone: tuple[Move, ...]
    instead: tuple[Move, ...]
    unused: tuple[Unused, ...]

    @property
    def changed(self) -> bool:
        """Whether anything that happened is otherwise; what is remembered of the day always is."""
        return self.since is not None or self.was != self.now


def compared(before: Path, after: Path) -> Amended:
    """What is otherwise on the second path."""
    old, new = [list(moves(path))[::-1] for path in (before, after)]
    gone = [unused for unused in after.unused if unused not in before.unused]
    return Amended(
        _since(before, after), Standing.of(before), Standing.of(after),
        tuple(move for move in old if _key(move) not in {_key(other) for other in new}),
        tuple(move for move in new if _key(move) not in {_key(other) for other in old}), tuple(gone),
    )  # fmt: skip


def _key(move: Move) -> tuple[int, str]:
    return move.plan_day, move.line


def _since(before: Path, after: Path) -> date | None:
    for one, two in zip(before.days, after.days, strict=False):
        if one is not two and _happened(one) != _happened(two):
            return after.date_of(one.plan_day)
    lengths = sorted((len(before.days), len(after.days)))
    return None if lengths[0] == lengths[1] else after.date_of(lengths[0] + 1)


def _happened(day: Day) -> Day:
    """The day without what was recorded and remembered."""
    return day._replace(records=NOTHING_RECORDED, tried=(), evening=day.evening._replace(
        tallies=(), courses=(), triggers=(), left=(), topics=()))  # fmt: skip
