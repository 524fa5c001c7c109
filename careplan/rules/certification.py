"""How often a plan looks at a phase again: its `review` line, or a line that is about certification."""

from __future__ import annotations

from careplan.plan.model import Assessment, Phase
from careplan.plan.weeks import Line, line_weeks, lines_of
from careplan.plan.words import duration_words, every_words
from careplan.rules.context import RuleContext


def missing_review(context: RuleContext, phase: Phase, first: int, every: int) -> str:
    """What the plan says instead of a review by day `first` and every so many days; "" where all is well.

    A phase that ends before its first review is due needs none.
    """
    if phase.longest is not None and phase.longest < first:
        return ""
    lines = [line for line in lines_of(phase) if _is_about_it(context, line)]
    if any(_often_enough(context, phase, line, first, every) for line in lines):
        return ""
    if phase.review_days is None:
        return "no line says when it is reviewed" if not lines else "its certification comes less often"
    if phase.review_days <= min(first, every):
        return ""
    return f"it is reviewed {every_words(phase.review_days)}"


def lasts_words(phase: Phase) -> str:
    """How long the phase can last: `can last 12 weeks`, `has no longest length`."""
    if phase.longest is None:
        return "has no longest length"
    return f"can last {duration_words(phase.longest)}"


def _is_about_it(context: RuleContext, line: Line) -> bool:
    names = line.measures if isinstance(line, Assessment) else (line.service,)
    known = {**context.services, **context.measures}
    titles = [known[name].title or "" for name in names if name in known]
    return any("certif" in words.lower() for words in (*names, *titles))


def _often_enough(context: RuleContext, phase: Phase, line: Line, first: int, every: int) -> bool:
    """Whether the line comes by that day's week and then in time; a week counts as its last day."""
    weeks = [number for number, week in enumerate(line_weeks(context.plan, phase, line), 1) if week.high]
    last = len(line_weeks(context.plan, phase, line))
    steps = [0, *weeks]
    gaps = [b - a for a, b in zip(steps[1:], [*weeks[1:], last], strict=False)]
    return bool(weeks) and weeks[0] <= -(-first // 7) and all(7 * gap <= every for gap in gaps)
