"""Curricula that do not fit into the sessions offered."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.facts import Facts, holds
from careplan.plan.model import Phase, Service, ServiceLine
from careplan.plan.slots import most_sessions
from careplan.plan.tracks import by_track
from careplan.plan.words import counted, listed

UNCOUNTED = ("as-needed", "throughout")


def check(context: Context) -> Iterator[Diagnostic]:
    """Even somebody who stays as long as possible must be offered a session for every topic."""
    if not context.complete:
        return
    for service in context.plan.services:
        if service.topic_sessions > 1:
            lines = [(p, x) for p in context.plan.phases for x in p.services if x.service == service.name]
            if lines and all(p.longest is not None and _countable(context, p, x) for p, x in lines):
                yield from _fits(context, service, lines)


def _countable(context: Context, phase: Phase, line: ServiceLine) -> bool:
    """Whether the number of sessions is known; where the sessions waited for are missing, that is told."""
    waits = line.after_sessions is not None and line.after_sessions.service not in context.offered[phase.name]
    return line.frequency.kind not in UNCOUNTED and not waits


def _fits(context: Context, service: Service, lines: list[tuple[Phase, ServiceLine]]) -> Iterator[Diagnostic]:
    counts = [most_sessions(context.plan, phase, line) for phase, line in lines]
    conditions = [line.if_facts for _, line in lines]

    def offered(facts: Facts) -> int:
        held = (count for count, c in zip(counts, conditions, strict=True) if holds(c, facts))
        return sum(held)

    among = by_track(context.plan, conditions, offered)
    whom, most = min(
        ((track.words, count) for track, count in among if count), key=lambda each: each[1], default=("", 0)
    )
    if not among or most >= service.topic_sessions:
        return
    phases = listed(dict.fromkeys(f"`{phase.name}`" for phase, _ in lines))
    yield warning(
        "curriculum-slots",
        f"the topics of `{service.name}` take {counted(service.topic_sessions, 'session')}, "
        f"and {phases} offer{'s' if len({p.name for p, _ in lines}) == 1 else ''} {most} at most"
        + (f" ({whom})" if whom else ""),
        lines[0][1].span,
        help="offer more sessions, or leave out topics (an `elective` needs no session)",
        related=(Label(service.span, counted(len(service.topics), "topic")),),
    )
