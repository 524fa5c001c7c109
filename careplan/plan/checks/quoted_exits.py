"""Ways out that scenarios and claims quote: there is such a line, and it is plain which."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.model import Exit, Expectation, Promise
from careplan.plan.quoted import WayOut, all_ways_out, quoted, same_condition, ways_out_of
from careplan.plan.words import exit_words


def check(context: Context) -> Iterator[Diagnostic]:
    """In each phase, a quote means one line, or lines that say the same."""
    plan = context.plan
    if not context.complete:
        return
    for scenario in plan.scenarios:
        for expected in scenario.expects:
            if expected.exit is not None:
                yield from _expected(context, expected, expected.exit)
    for claim in plan.claims:
        for promise in claim.claims:
            if promise.exit is not None and not quoted(all_ways_out(plan), promise.exit):
                yield _unknown(context, promise, promise.exit, False)


def _expected(context: Context, expected: Expectation, quote: Exit) -> Iterator[Diagnostic]:
    if not quoted(all_ways_out(context.plan), quote, expected.at_end):
        yield _unknown(context, expected, quote, expected.at_end)
        return
    found = [] if quote.called else _of_one_phase(context, expected, quote)
    if found:
        yield warning(
            "ambiguous-exit",
            f"{len(found)} lines of the plan begin with `{exit_words(quote, expected.at_end)}`",
            expected.span,
            related=tuple(Label(way.exit.span, "one of them") for way in found),
            help=_apart(found),
        )


def _of_one_phase(context: Context, expected: Expectation, quote: Exit) -> list[WayOut]:
    """The lines that could be meant in one phase for different reasons; none if it is plain everywhere."""
    for phase in context.plan.phases:
        here = quoted(ways_out_of(context.plan, phase), quote, expected.at_end)
        if not all(_alike(here[0], other) for other in here[1:]):
            return here
    return []


def _alike(one: WayOut, other: WayOut) -> bool:
    """Whether two lines give the same reason."""
    first, second = one.exit, other.exit
    if first.when is None or second.when is None:
        return first.when is second.when and first.otherwise == second.otherwise
    return same_condition(first.when, second.when)


def _apart(found: list[WayOut]) -> str:
    example = next((way for way in found if way.exit.when is not None), found[0])
    words = exit_words(example.exit.model_copy(update={"called": None}), example.at_end)
    return f"quote the condition too, such as `because {words}`, or give the line a name with `called`"


def _unknown(context: Context, line: Expectation | Promise, quote: Exit, at_end: bool) -> Diagnostic:
    words = exit_words(quote.model_copy(update={"called": None}), at_end)
    near = [way for way in all_ways_out(context.plan) if way.exit.target == quote.target]
    shown = [exit_words(w.exit.model_copy(update={"called": None}), w.at_end) for w in near]
    kept = list(dict.fromkeys(shown))[:3]
    help_ = f"the ways to `{quote.target}` are: {', '.join(f'`{w}`' for w in kept)}" if kept else ""
    return warning(
        "quotes-no-exit",
        f"no line of the plan says `{words}`",
        line.span,
        help=help_ or f"no way out of the plan leads to `{quote.target}`",
    )
