"""Medications that never start, and their fallbacks."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.model import Medication, Start
from careplan.plan.words import listed


def check(context: Context) -> Iterator[Diagnostic]:
    """A course starts in a phase, or when another course fails to start."""
    if not context.is_whole(*context.plan.medications):
        return
    courses = context.medications
    fallbacks: dict[str, Medication] = {}
    for course in courses.values():
        if course.fallback is not None:
            fallbacks.setdefault(course.fallback, course)
    for course in courses.values():
        first = fallbacks.get(course.name)
        if course.start is None and first is None:
            yield _never_starts(context, course)
        elif first is not None and (course.start is None or course.start.when is None):
            yield from _unconditional(course, first)
        if course.fallback is not None and course.start is not None and course.start.when is None:
            yield warning(
                "fallback-never-used",
                f"the start of `{course.name}` has no condition, so it never fails and "
                f"`{course.fallback}` never takes its place",
                course.start.span,
                help=f"say what the start needs: `{_start_words(course.start)} when …`",
            )
    yield from _circles(courses)


def _start_words(start: Start) -> str:
    return f"start in {listed(start.phases)}" if start.phases else "start"


def _never_starts(context: Context, course: Medication) -> Diagnostic:
    phase = context.plan.phases[0].name if context.plan.phases else "residential"
    return error(
        "medication-never-starts",
        f"nothing says when `{course.name}` starts",
        course.span,
        help=f"add a line such as `start in {phase}`, or use it if another start fails",
    )


def _unconditional(course: Medication, first: Medication) -> Iterator[Diagnostic]:
    if course.start is not None and course.start.phases:
        return  # it starts by itself too
    yield warning(
        "fallback-without-condition",
        f"`{course.name}` takes the place of `{first.name}` without any condition of its own",
        course.span,
        help="say what its start needs: `start when …`",
        related=(Label(first.span, f"uses `{course.name}` if its start fails"),),
    )


def _circles(courses: dict[str, Medication]) -> Iterator[Diagnostic]:
    told: set[str] = set()
    for course in courses.values():
        path: list[str] = []
        at: str | None = course.name
        while at is not None and at in courses and at not in path and at not in told:
            path.append(at)
            at = courses[at].fallback
        if at is not None and at in path:
            circle = path[path.index(at) :]
            ways = " → ".join(f"`{name}`" for name in (*circle, at))
            yield error(
                "fallback-cycle",
                f"the fallbacks of `{at}` lead back to it: {ways}",
                courses[at].span,
                help="let the last fallback have none of its own",
            )
        told.update(path)
