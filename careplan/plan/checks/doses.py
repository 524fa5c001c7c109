"""Dose lines that do not follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import isclose

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.model import DoseStep, Medication
from careplan.plan.words import duration_range_words, duration_words, number_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A course has doses; each line but the last says how long it goes on; intervals are kept."""
    for course in context.plan.medications:
        if not course.steps:
            if context.is_whole(course):
                yield error(
                    "medication-without-dose",
                    f"`{course.name}` has no dose",
                    course.span,
                    help="add dose lines: a step, the dose and how often, such as `maintenance … mg daily`",
                )
            continue
        yield from _open_steps(course)
        for step in course.steps:
            yield from _ramp(step)
            yield from _spacing(course, step)


def _open_steps(course: Medication) -> Iterator[Diagnostic]:
    last = max(place for place, step in enumerate(course.steps) if step.step != "also" or place == 0)
    for place, step in enumerate(course.steps[:last]):
        once = step.frequency is not None and step.frequency.kind == "once"
        if step.run_days is None and step.run_times is None and step.ramp is None and not once:
            following = course.steps[place + 1]
            yield error(
                "open-step-not-last",
                f"nothing says when this step of `{course.name}` is over, so the next one never comes",
                step.span,
                help="say how long it goes on, such as `for 3 days` or `2 times`",
                related=(Label(following.span, "never comes"),),
            )


def _ramp(step: DoseStep) -> Iterator[Diagnostic]:
    ramp = step.ramp
    if ramp is None:
        return
    rises = ramp.end > ramp.start
    if (step.step == "taper" and rises) or (step.step == "titration" and not rises):
        word = "rises" if rises else "falls"
        yield warning(
            "ramp-direction",
            f"this {step.step} {word}: {number_words(ramp.start)} to {number_words(ramp.end)} {step.unit}",
            step.span,
            help="a taper falls and a titration rises; check the two doses",
        )
    changes = abs(ramp.end - ramp.start) / ramp.by
    if not isclose(changes, round(changes), abs_tol=1e-6) or changes < 1:
        sign = 1 if rises else -1
        before = ramp.start + sign * int(changes) * ramp.by
        yield error(
            "ramp-misses-its-end",
            f"{number_words(ramp.by)} {step.unit} at a time, this never comes to {number_words(ramp.end)}: "
            f"it goes from {number_words(before)} to {number_words(before + sign * ramp.by)} {step.unit}",
            step.span,
            help="choose a change that divides the way evenly, or write the doses as lines of their own",
        )


def _spacing(course: Medication, step: DoseStep) -> Iterator[Diagnostic]:
    keep = course.spacing
    gaps = _gaps(step)
    if keep is None or not gaps:
        return
    wrong = next((gap for gap in gaps if gap < keep.low or (keep.high is not None and gap > keep.high)), None)
    if wrong is None or (step.run_times == 1):
        return
    if keep.high is None:
        kept = f"at least {duration_words(keep.low)}"
    else:
        kept = duration_range_words(keep.low, keep.high)
    yield error(
        "dose-outside-spacing",
        f"doses {duration_words(wrong)} apart do not keep the {kept} that `{course.name}` asks for",
        step.span,
        help="check the interval of the doses and the days to keep between them",
        related=(Label(keep.span, "to be kept"),),
    )


def _gaps(step: DoseStep) -> list[int]:
    """The days from one dose to the next, where the step fixes them."""
    if step.weekdays:
        days = [*step.weekdays, step.weekdays[0] + 7]
        return [b - a for a, b in pairwise(days)]
    often = step.frequency
    if often is None or often.kind not in ("per", "every") or often.high != 1:
        return []
    return [often.period_days or 1]
