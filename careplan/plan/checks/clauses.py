"""Conditions after `if` on what is not a fact, and after `while` on what is."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, error, warning
from careplan.plan.context import Context
from careplan.plan.places import Place
from careplan.plan.words import condition_words


def check(context: Context) -> Iterator[Diagnostic]:
    """`if` takes facts, which admission fixes; what is observed from day to day stands after `while`."""
    for place in context.places:
        if place.role in ("if", "door", "admit", "claim if"):
            yield from _not_a_fact(place)
        elif place.role in ("while", "when", "after") and all(t.subject == "fact" for t in place.tests):
            words = condition_words(place.condition)
            yield warning(
                "while-on-facts",
                f"`{words}` is fixed at admission, and `{place.role}` waits for a change",
                place.condition.span,
                help=f"write `if {words}`",
            )


def _not_a_fact(place: Place) -> Iterator[Diagnostic]:
    test = next((test for test in place.tests if test.subject != "fact"), None)
    if test is None:
        return
    words = condition_words(test)
    if place.role == "admit":
        message = f"`{words}` is not known before admission, when it is decided whom the plan admits"
        help_ = "admit by facts, such as `admit when age >= 18`; what is known by then can be a fact"
    elif place.role == "door":
        message = f"`{words}` is not known at admission, when the first phase is chosen"
        help_ = "choose it by facts, such as `start in iop if referral is hospital`"
    else:
        message = f"`{words}` is not known at admission, and `if` is decided then"
        help_ = f"write `while {words}`"
        if place.role == "claim if":
            help_ = "say in a claim for whom it is made by facts; what is observed belongs into its condition"
    yield error("if-on-measures", message, test.span, help=help_)
