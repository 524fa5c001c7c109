"""Clinical hours of a phase as short texts."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Phase, Plan
from careplan.plan.weeks import HoursSpan, phase_hours
from careplan.plan.words import number_words, range_words

MOST_SPANS = 4


def hours_texts(plan: Plan, phase: Phase) -> Iterator[str]:
    """`4.5 clinical hours a week in weeks 5 to 16`, a line for every run of equal weeks."""
    spans = phase_hours(plan, phase)
    if len(spans) > MOST_SPANS:
        low = min(span.low for span in spans)
        yield f"{_hours(low, max(span.high for span in spans))} clinical hours a week"
        return
    for span in spans:
        where = "" if len(spans) == 1 else f" {_weeks(span)}"
        more = ", or more" if span.unknown else ""
        yield f"{_hours(span.low, span.high)} clinical hours a week{where}{more}"


def _hours(low: int, high: int) -> str:
    return range_words(*(round(minutes / 60, 1) for minutes in (low, high)))


def _weeks(span: HoursSpan) -> str:
    if span.last_week is None:
        return f"from week {span.first_week}"
    if span.first_week == span.last_week:
        return f"in week {number_words(span.first_week)}"
    return f"in weeks {range_words(span.first_week, span.last_week)}"
