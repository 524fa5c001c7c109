"""Goals that come too early."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, warning
from careplan.plan.context import Context
from careplan.plan.model import tests_of
from careplan.plan.words import condition_words, duration_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A goal by week N cannot ask for more than N weeks."""
    for goal in context.plan.goals:
        if goal.by_week is None:
            continue
        for test in tests_of(goal.reach):
            if test.for_days is not None and test.for_days > 7 * goal.by_week:
                yield warning(
                    "goal-too-early",
                    f"`{condition_words(test)}` cannot come true by week {goal.by_week}, "
                    f"when the stay is {duration_words(7 * goal.by_week)} old",
                    test.span,
                    help=f"set the goal later, such as `by week {-(-test.for_days // 7)}`",
                )
