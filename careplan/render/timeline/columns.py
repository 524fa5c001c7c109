"""The phases side by side: the typical path from the left, then the phases beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careplan.plan.model import Phase, Plan
from careplan.plan.recurrence import weeks_of
from careplan.plan.starts import start_phases
from careplan.plan.weeks import horizon_weeks
from careplan.render.timeline.style import CHART, COLUMN, GAP, LABELS, MARGIN, OFF_ROUTE_GAP, PAD

# A phase up to this long is read in days.
LONGEST_IN_DAYS = 28
LEAST_OPEN_WEEKS = 12
ROOM = 1.25  # the width all phases get together, in least widths
FLATTEN = 0.45  # a phase twice as long gets 2 ** 0.45 times the width


@dataclass(frozen=True)
class Column:
    """One phase on the page: `days` of it are shown between `left` and `left + width` pixels."""

    phase: Phase
    left: float
    width: float
    days: int
    on_route: bool

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def text_left(self) -> float:
        """Where texts in the column begin."""
        return self.left + PAD

    @property
    def text_width(self) -> float:
        """How wide texts in the column may be."""
        return self.width - 2 * PAD

    @property
    def in_days(self) -> bool:
        """Whether the phase is read in days rather than weeks."""
        return read_in_days(self.phase, self.days)

    @property
    def weeks(self) -> int:
        """The phase weeks shown; the last may be cut off."""
        return weeks_of(self.days)

    @property
    def least_days(self) -> int:
        """How many of the days shown everybody stays for."""
        return min(self.phase.lasts.low, self.days) if self.phase.lasts else self.days

    def x(self, day: float) -> float:
        """Where so many days after the phase's beginning are."""
        return self.left + self.width * min(max(day, 0), self.days) / self.days

    def week(self, number: int) -> tuple[float, float]:
        """The left and right edges of a phase week."""
        return self.x(7 * number - 7), self.x(7 * number)


def planned_days(column: Column) -> int:
    """How many of the days shown lie within the phase's maximum, extensions left out."""
    lasts = column.phase.lasts
    return column.days if lasts is None or lasts.high is None else min(lasts.high, column.days)


def read_in_days(phase: Phase, days: int) -> bool:
    """Whether a phase of so many days is short, and not exactly some weeks long."""
    exact = phase.lasts is not None and phase.lasts.low == phase.lasts.high == days
    return days <= LONGEST_IN_DAYS and not (exact and days > 7 and days % 7 == 0)


def route(plan: Plan) -> list[str]:
    """The phases of the typical path: from the first front door down by step down, at end or move."""
    phases = {phase.name: phase for phase in plan.phases}
    names: list[str] = []
    following = next((name for name in start_phases(plan) if name in phases), None)
    while following is not None:
        names.append(following)
        following = _onward(phases[following], [n for n in phases if n not in names])
    return names


def _onward(phase: Phase, unseen: Sequence[str]) -> str | None:
    ways = (*phase.exits, *phase.at_end)
    wanted = [e for e in ways if e.direction == "step down"]
    wanted += [e for e in phase.at_end if e.direction in ("move", "step up")]
    wanted += [e for e in phase.exits if e.direction == "move"]
    return next((e.target for e in wanted if e.target in unseen), None)


def days_shown(plan: Plan, phase: Phase) -> int:
    """How many days of the phase are drawn: the longest visit, or a while if nothing ends it."""
    if phase.longest is not None:
        return max(phase.longest, 1)
    least = weeks_of(phase.lasts.low) if phase.lasts else 0
    return 7 * min(horizon_weeks(plan, phase), max(LEAST_OPEN_WEEKS, 2 * least))


def columns(plan: Plan) -> list[Column]:
    """Every phase in its place; each has its own scale, so that short phases stay readable."""
    path = route(plan)
    by_name = {phase.name: phase for phase in plan.phases}
    ordered = [by_name[name] for name in path] + [p for p in plan.phases if p.name not in path]
    days = [days_shown(plan, phase) for phase in ordered]
    widths = shares(days)
    found: list[Column] = []
    left = MARGIN + LABELS
    for phase, shown, width in zip(ordered, days, widths, strict=True):
        on_route = phase.name in path
        if not on_route and found and found[-1].on_route:
            left += OFF_ROUTE_GAP - GAP
        found.append(Column(phase, left, width, shown, on_route))
        left += width + GAP
    return found


def shares(days: Sequence[int]) -> list[float]:
    """Widths that grow slower than the length, none below the least."""
    free = max(CHART, COLUMN * len(days) * ROOM) - GAP * (len(days) - 1)
    roots = [each**FLATTEN for each in days]
    narrow: set[int] = set()
    while True:
        left_over = free - COLUMN * len(narrow)
        total = sum(root for i, root in enumerate(roots) if i not in narrow)
        widths = [COLUMN if i in narrow else left_over * root / total for i, root in enumerate(roots)]
        more = {i for i, width in enumerate(widths) if width < COLUMN} - narrow
        if not more:
            return widths
        narrow |= more
