"""Thresholds that point against what is better."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.logic import cases
from careplan.plan.model import Exit, Measure, Phase, Test
from careplan.plan.words import condition_words

TOWARDS_MORE = {">": 1, ">=": 1, "rises by": 1, "<": -1, "<=": -1, "falls by": -1}


def check(context: Context) -> Iterator[Diagnostic]:
    """One steps down when a score is better and up when it is worse, unless exits sort people by it."""
    for phase in context.plan.phases:
        for exit_ in phase.exits:
            wanted = _wanted(context, exit_)
            if wanted and exit_.when is not None:
                for test in _against(context, exit_, wanted):
                    if not _sorts(context, phase, exit_, test):
                        yield _tell(context, exit_, test)


def _wanted(context: Context, exit_: Exit) -> int:
    """1 where the exit should follow a better score, -1 a worse one, 0 either."""
    if exit_.direction == "step up":
        return -1
    return int(exit_.direction == "step down" or context.is_planned(exit_))


def _sign(context: Context, test: Test, so: bool) -> int:
    """1 where the test holds on better scores, -1 where it holds on worse ones, 0 where neither."""
    measure = context.measures.get(test.name or "")
    if test.subject != "measure" or measure is None:
        return 0
    if _is_of_two(measure) and test.operator in ("is", "is not"):
        worse = (test.value == measure.missing_as) == (test.operator == "is")
        return -1 if worse == so else 1
    if measure.better is None:
        return 0
    sign = TOWARDS_MORE.get(test.operator, 0) if not isinstance(test.value, str) else 0
    return sign * (1 if so else -1) * (1 if measure.better == "higher" else -1)


def _is_of_two(measure: Measure) -> bool:
    """Whether it has two values, of which a missed test counts as the worse."""
    return len(measure.domain.values) == 2 and measure.missing_as in measure.domain.values


def _against(context: Context, exit_: Exit, wanted: int) -> Iterator[Test]:
    told: set[int] = set()
    for case in cases(exit_.when) if exit_.when is not None else ():
        for test, so in case:
            if _sign(context, test, so) == -wanted and id(test) not in told:
                told.add(id(test))
                yield test


def _sorts(context: Context, phase: Phase, exit_: Exit, test: Test) -> bool:
    """Whether exits sort people by the measure: one of the same direction asks it the other way."""
    return any(
        other.test.name == test.name and other.test.subject == test.subject and other.test is not test
        for like in phase.exits
        if like.direction == exit_.direction and like.when is not None
        for case in cases(like.when)
        for other in case
        if _sign(context, *other) == _wanted(context, exit_)
    )


def _tell(context: Context, exit_: Exit, test: Test) -> Diagnostic:
    measure = context.measures[test.name or ""]
    up = exit_.direction == "step up"
    step = f"{exit_.direction} to" if exit_.direction.startswith("step") else "planned discharge as"
    why = f"{measure.better} is better" if measure.better else f"a missed test counts as {measure.missing_as}"
    return warning(
        "threshold-direction",
        f"this {step} `{exit_.target}` follows a {'better' if up else 'worse'} `{measure.name}`: "
        f"`{condition_words(test)}`, and {why}",
        test.span,
        help="check the comparison and the direction of the step",
        related=(Label(measure.span, why),),
    )
