"""More results in a window than there are tests."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.facts import assignments, holds
from careplan.plan.model import Assessment, Frequency, Phase, Test
from careplan.plan.words import condition_words, counted, duration_words


def check(context: Context) -> Iterator[Diagnostic]:
    """`uds is positive 3 times within 2 weeks` needs three tests in two weeks."""
    for place in context.places:
        if place.role not in ("exit", "at end", "until", "while"):
            continue
        phase = context.phases[place.phases[0]]
        if not context.is_whole(phase):
            continue
        for test in place.tests:
            if test.times is not None and test.subject == "measure" and not test.since_admission:
                yield from _test(context, phase, test)


def _test(context: Context, phase: Phase, test: Test) -> Iterator[Diagnostic]:
    window = test.within_days if test.within_days is not None else phase.longest
    lines = [line for line in phase.assessments if test.name in line.measures]
    if window is None or not lines:
        return
    counts = {id(line): [_most(line, moment, window) for moment in line.moments] for line in lines}
    conditions = [line.if_facts for line in lines]
    most = 0
    for facts in assignments(context.plan, conditions):
        each = [count for line in lines if holds(line.if_facts, facts) for count in counts[id(line)]]
        if None in each:
            return
        most = max(most, sum(count for count in each if count is not None))
    if most < (test.times or 0):
        yield warning(
            "count-out-of-reach",
            f"`{condition_words(test)}` can never hold: `{phase.name}` takes `{test.name}` "
            f"{counted(most, 'time')} in {duration_words(window)} at most",
            test.span,
            help="assess it more often, ask for fewer results, or look further back",
            related=tuple(Label(line.span, "assessed here") for line in lines),
        )


def _most(line: Assessment, often: Frequency, window: int) -> int | None:
    """The most tests of one line that can fall into so many days; None if nothing limits them."""
    if often.kind == "as-needed" or line.when is not None or line.after is not None:
        return None
    if often.kind in ("at-start", "at-end"):
        return 1
    if often.kind == "once":
        return max(len(line.weeks) + len(line.days) + len(line.plan_weeks), 1)
    if often.kind == "total":
        return often.high
    period = often.period_days or 7
    if line.at_random:  # the last days of one period, the first of another
        return min(window, often.high * (-(-(window - 1) // period) + 1))
    return often.high * -(-window // period)
