"""How far a medication runs."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.graph import Way, reached
from careplan.plan.model import DoseStep, Medication
from careplan.plan.words import listed


def check(context: Context) -> Iterator[Diagnostic]:
    """A course that does not end by itself says how far it runs, on every way that a stay can take."""
    for course in context.plan.medications:
        if course.stop_when is not None or not any(_is_open(step) for step in course.steps):
            continue
        named = [n for n in (*course.continue_through, *course.stop_at_end_of) if n in context.phases]
        if named and context.complete and not context.unanswered:
            yield from _named_phases(context, course, named)
        elif not named and context.is_whole(course):
            yield _never_stops(context, course)


def _is_open(step: DoseStep) -> bool:
    """Whether the step goes on until something stops it."""
    once = step.frequency is not None and step.frequency.kind == "once"
    return step.run_days is None and step.run_times is None and step.ramp is None and not once


def _never_stops(context: Context, course: Medication) -> Diagnostic:
    open_step = next(step for step in reversed(course.steps) if _is_open(step))
    phase = context.plan.phases[-1].name if context.plan.phases else "aftercare"
    return error(
        "medication-never-stops",
        f"nothing says how far `{course.name}` runs",
        course.span,
        help=f"add a line such as `continue through {phase}`, `stop at end of {phase}` or `stop when …`",
        related=(Label(open_step.span, "goes on until something stops it"),),
    )


def _named_phases(context: Context, course: Medication, named: list[str]) -> Iterator[Diagnostic]:
    first = [name for name in _first_phases(context, course) if name in context.reached]
    if not first:
        return  # nothing is known of where it runs, or `no-way-in` tells it
    answered = _before(context, named)
    astray = [name for name in first if name not in answered]
    if astray:
        yield _never_there(course, named, astray)
        return
    running = _running(context, first, set(named))
    ways = [way for phase in context.plan.phases if phase.name in running for way in context.ways[phase.name]]
    lost = [way for way in ways if _leads_astray(context, way, set(named), answered)]
    if lost:
        yield _no_answer(course, named, lost)


def _never_there(course: Medication, named: list[str], astray: list[str]) -> Diagnostic:
    start, end = listed((f"`{n}`" for n in astray), "or"), listed((f"`{n}`" for n in named), "or")
    return error(
        "course-without-answer",
        f"`{course.name}` can start in {start}, from where {end} is never reached",
        course.start.span if course.start is not None else course.span,
        help=f"say how far it runs from there, such as `continue through {astray[0]}`",
    )


def _first_phases(context: Context, course: Medication) -> tuple[str, ...]:
    if course.start is not None and course.start.phases:
        return course.start.phases
    firsts = [c for c in context.plan.medications if c.fallback == course.name and c.start is not None]
    return tuple(name for c in firsts if c.start is not None for name in c.start.phases)


def _running(context: Context, first: list[str], named: set[str]) -> set[str]:
    """The phases in which the course can be running."""
    steps = {
        name: [w.target for w in ways if w.target in context.phases and not (name in named and _stops(w))]
        for name, ways in context.ways.items()
    }
    return reached(steps, first)


def _stops(way: Way) -> bool:
    """Whether leaving a phase named as the last one by this way ends the course: a step up never does."""
    return way.exit.direction != "step up"


def _before(context: Context, named: list[str]) -> set[str]:
    """The phases from which one of the named phases can still be reached in the same stay, these included."""
    back: dict[str, list[str]] = {}
    for source, ways in context.ways.items():
        for way in ways:
            back.setdefault(way.target, []).append(source)
    return reached(back, named)


def _leads_astray(context: Context, way: Way, named: set[str], answered: set[str]) -> bool:
    """Whether the way leaves the phases from which a named one comes; a step up never ends a course."""
    stays = way.target in answered or way.target not in context.phases
    return not (stays or way.source in named or way.source not in answered or not _stops(way))


def _no_answer(course: Medication, named: list[str], lost: list[Way]) -> Diagnostic:
    way = lost[0]
    return error(
        "course-without-answer",
        f"nothing says what happens to `{course.name}` on the way from `{way.source}` to `{way.target}`, "
        f"from where {listed((f'`{n}`' for n in named), 'or')} is never reached",
        course.span,
        help=f"add `continue through {way.target}` or `stop at end of {way.source}`",
        related=tuple(Label(w.exit.span, f"from `{w.source}` to `{w.target}`") for w in lost[:3]),
    )
