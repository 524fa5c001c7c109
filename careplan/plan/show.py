"""What `careplan show` tells about a plan, as values: hours, sessions, ways through it, and medication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from careplan.plan.courses import Course, courses
from careplan.plan.facts import Facts, assignments
from careplan.plan.levels import HoursRange, level_title, phase_range
from careplan.plan.model import Phase, Plan
from careplan.plan.paths import Path, Paths, paths
from careplan.plan.stretches import Stretch, hours_stretches
from careplan.plan.totals import LineTotal, added_up, clinical_minutes, line_totals
from careplan.plan.tracks import by_track
from careplan.plan.weeks import counted_lines, is_clinical, session_minutes

USUAL = ""  # the key of the usual way, beside the names of phases

Verdict = Literal["within", "below", "partly below", "above", "partly above"]


class Range(NamedTuple):
    """Range or minutes from `low` to `high` (None: no upper end)."""

    low: int
    high: int | None


@dataclass(frozen=True)
class TrackHours:
    """Clinical minutes per week for one track; no words where facts make no difference."""

    track: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class PhaseView:
    """A phase: its level and what that asks for, how long it lasts (days), and the hours it holds."""

    name: str
    title: str
    level: str | None
    asks: HoursRange | None
    shortest_days: int | None
    longest_days: int | None
    hours: tuple[TrackHours, ...]


@dataclass(frozen=True)
class ServiceView:
    """Range of a service on one track, in each phase that has it (low, high or None for no end).

    `minutes` are the lengths of its sessions; none if nothing says them.
    """

    service: str
    title: str
    clinical: bool
    minutes: tuple[int, ...]
    track: str
    by_phase: dict[str, Range]
    usual: Range | None


@dataclass(frozen=True)
class PlanView:
    """Everything that `careplan show` tells about a plan.

    `clinical` is the clinical minutes of a whole visit to each phase, and under "" those of the usual way;
    None is no upper end.
    """

    plan: Plan
    phases: tuple[PhaseView, ...]
    services: tuple[ServiceView, ...]
    clinical: dict[str, Range]
    paths: Paths
    courses: tuple[Course, ...]

    @property
    def usual(self) -> Path | None:
        """The typical path from the first front door."""
        return next(iter(self.paths.typical), None)


def show(plan: Plan) -> PlanView:
    """Work out everything that `careplan show` tells about a plan."""
    ways = paths(plan)
    visits = {step.phase: (step.low, step.high) for path in ways.typical[:1] for step in path.steps}
    parts = {phase.name: line_totals(plan, [phase.name]) for phase in plan.phases}
    parts[USUAL] = line_totals(plan, visits, visits)
    return PlanView(
        plan,
        tuple(_phase_view(plan, phase) for phase in plan.phases),
        _service_views(plan, parts),
        {name: _clinical_range(plan, group) for name, group in parts.items()},
        ways,
        courses(plan),
    )


def verdict(asks: HoursRange, low: int, high: int) -> Verdict:
    """How `low` to `high` minutes a week stand to what a level asks for."""
    least, most = asks.holds(low / 60), asks.holds(high / 60)
    if least and most:
        return "within"
    if low / 60 < asks.low:
        return "below" if high / 60 < asks.low else "partly below"
    return "partly above" if least else "above"


def _phase_view(plan: Plan, phase: Phase) -> PhaseView:
    conditions = [line.if_facts for line in counted_lines(plan, phase)]
    tracks = by_track(plan, conditions, lambda facts: hours_stretches(plan, phase, facts))
    return PhaseView(
        phase.name,
        phase.label,
        level_title(plan, phase.level) if phase.level else None,
        phase_range(plan, phase),
        phase.lasts.low if phase.lasts else None,
        phase.longest,
        tuple(TrackHours(track.words, stretches) for track, stretches in tracks),
    )


def _service_views(plan: Plan, parts: dict[str, list[LineTotal]]) -> tuple[ServiceView, ...]:
    found: list[ServiceView] = []
    for service in sorted(plan.services, key=lambda s: not is_clinical(s)):
        groups = {n: [p for p in group if p.line.service == service.name] for n, group in parts.items()}
        mine = [part for group in groups.values() for part in group]
        if not mine:
            continue
        clinical = mine[0].total.clinical
        lengths = {session_minutes(plan, part.line) for part in mine}
        minutes = tuple(sorted(length for length in lengths if length is not None))
        tracks = by_track(plan, [p.line.if_facts for p in mine], partial(_sessions, plan, groups))
        there = [(track, counts) for track, counts in tracks if any(count.high != 0 for _, count in counts)]
        for track, counts in there or tracks:
            by_phase = dict(counts)
            on_usual = by_phase.pop(USUAL, None)
            found.append(
                ServiceView(service.name, service.label, clinical, minutes, track.words, by_phase, on_usual)
            )
    return tuple(found)


def _sessions(plan: Plan, groups: dict[str, list[LineTotal]], facts: Facts) -> tuple[tuple[str, Range], ...]:
    """One service's sessions in each phase that has it, and on the usual way."""
    added = {name: added_up(plan, group, facts) for name, group in groups.items()}
    return tuple((name, Range(total[0].low, total[0].high)) for name, total in added.items() if total)


def _clinical_range(plan: Plan, parts: list[LineTotal]) -> Range:
    """The least and the most clinical minutes of any one track."""
    conditions = [part.line.if_facts for part in parts]
    ranges = [clinical_minutes(added_up(plan, parts, facts)) for facts in assignments(plan, conditions)]
    highs = [high for _, high, _ in ranges]
    highest = None if None in highs else max(high for high in highs if high is not None)
    return Range(min(low for low, _, _ in ranges), highest)
