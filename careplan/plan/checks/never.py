"""Conditions that never or always hold."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.plan.context import Context
from careplan.plan.logic import Literal, can_hold_together, fits
from careplan.plan.model import Test
from careplan.plan.places import Place
from careplan.plan.words import condition_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A condition must be able to come true, and to be false."""
    for place in context.places:
        # Who is admitted may be said again, though the fact has no other values.
        found = [] if place.role == "admit" else list(_single(context, place))
        if found:
            yield from found
        elif len(place.tests) > 1 and not can_hold_together(context, place.condition):
            yield warning(
                "condition-never-holds",
                f"`{condition_words(place.condition)}` can never hold: its parts contradict one another",
                place.condition.span,
                help="check the numbers and words that are compared",
            )


def _single(context: Context, place: Place) -> Iterator[Diagnostic]:
    for test in place.tests:
        if not _is_comparison(test):
            continue
        words = condition_words(test)
        if not fits(context, [Literal(test, True)]):
            yield warning(
                "condition-never-holds",
                f"`{words}` can never hold: {_range(context, test)}",
                test.span,
                help="check the number and the sign",
            )
        elif not fits(context, [Literal(test, False)]):
            yield warning(
                "condition-always-holds",
                f"`{words}` always holds: {_range(context, test)}",
                test.span,
                help="check the number and the sign, or leave the test out",
            )


def _is_comparison(test: Test) -> bool:
    if test.subject in ("measure", "fact"):
        return test.operator in ("<", "<=", ">", ">=") and not isinstance(test.value, str)
    return test.subject in ("attendance", "sessions", "missed", "days", "weeks")


def _range(context: Context, test: Test) -> str:
    domain = context.domain(test.name or "") if test.subject in ("measure", "fact") else None
    if domain is not None and domain.low is not None and domain.high is not None:
        return f"`{test.name}` runs from {domain.low:g} to {domain.high:g}"
    return "attendance runs from 0% to 100%" if test.subject == "attendance" else "a count is never below 0"
