"""What `careplan show` tells about a plan, as values: hours, sessions, ways through it, and medication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from careplan.plan.courses import Course, courses
from careplan.plan.facts import Facts, assignments, holds
from careplan.plan.levels import HoursRange, level_title, phase_range
from careplan.plan.model import Phase, Plan
from careplan.plan.paths import Path, Paths, paths
from careplan.plan.stretches import Stretch, hours_stretches
from careplan.plan.totals import LineTotal, added_up, clinical_minutes, line_totals
from careplan.plan.tracks import by_track
from careplan.plan.weeks import counted_lines, is_clinical, session_minutes

UNCOUNTED = {"throughout": "throughout", "as-needed": "as needed"}
USUAL = ""  # the key of the usual way, beside the names of phases

Verdict = Literal["within", "below", "partly below", "above", "partly above"]


class Range(NamedTuple):
    """Minutes from `low` to `high` (None: no upper end)."""

    low: int
    high: int | None


class Sessions(NamedTuple):
    """`low` to `high` sessions (None: no upper end); `also`: what has none to count, such as `as needed`."""

    low: int
    high: int | None
    also: tuple[str, ...] = ()

    @property
    def occurs(self) -> bool:
        """Whether there is anything to tell."""
        return self.high != 0 or bool(self.also)


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
    """The sessions of a service on one track, in each phase that has it.

    `minutes` are the lengths of its sessions on that track; none if nothing says them.
    """

    service: str
    title: str
    clinical: bool
    minutes: tuple[int, ...]
    track: str
    by_phase: dict[str, Sessions]
    usual: Sessions | None


@dataclass(frozen=True)
class PlanView:
    """Everything that `careplan show` tells about a plan.

    `services` tells every track apart that differs in any phase, `by_phase` those that differ in that one.
    Under "" stands the usual way; `clinical` is the clinical minutes of a whole visit.
    """

    plan: Plan
    phases: tuple[PhaseView, ...]
    services: tuple[ServiceView, ...]
    by_phase: dict[str, tuple[ServiceView, ...]]
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
        {name: _service_views(plan, {name: group}) for name, group in parts.items()},
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
        tracks = (
            by_track(plan, [p.line.if_facts for p in mine], partial(_on_track, plan, groups)) if mine else []
        )
        there = [(track, told) for track, told in tracks if any(count.occurs for _, count in told[1])]
        for track, (minutes, counts) in there or tracks:
            by_phase = dict(counts)
            usual = by_phase.pop(USUAL, None)
            clinical = mine[0].total.clinical
            found.append(
                ServiceView(service.name, service.label, clinical, minutes, track.words, by_phase, usual)
            )
    return tuple(found)


_Told = tuple[tuple[int, ...], tuple[tuple[str, Sessions], ...]]


def _on_track(plan: Plan, groups: dict[str, list[LineTotal]], facts: Facts) -> _Told:
    """One service's lengths on a track, and its sessions in each phase that has it and on the usual way."""
    lengths: set[int | None] = set()
    counts: list[tuple[str, Sessions]] = []
    for name, group in groups.items():
        held = [part.line for part in group if holds(part.line.if_facts, facts) is not False]
        lengths |= {session_minutes(plan, line) for line in held}
        kinds = dict.fromkeys(line.frequency.kind for line in held)
        also = tuple(UNCOUNTED[kind] for kind in kinds if kind in UNCOUNTED)
        counts += [(name, Sessions(t.low, t.high, also)) for t in added_up(plan, group, facts)]
    return tuple(sorted(length for length in lengths if length is not None)), tuple(counts)


def _clinical_range(plan: Plan, parts: list[LineTotal]) -> Range:
    """The least and the most clinical minutes of any one track."""
    conditions = [part.line.if_facts for part in parts]
    ranges = [clinical_minutes(added_up(plan, parts, facts)) for facts in assignments(plan, conditions)]
    highs = [high for _, high, _ in ranges]
    highest = None if None in highs else max(high for high in highs if high is not None)
    return Range(min(low for low, _, _ in ranges), highest)
