"""Which lines of a phase stand on days of the week, and which only beside it."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.facts import Facts, holds
from careplan.plan.model import Assessment, Phase, Placement


def is_settled(place: Placement) -> bool:
    """Whether the sessions have their days beforehand: they hang on nothing that happens on the way."""
    hangs_on = (place.while_, place.when, place.after, place.within_days)
    return all(each is None for each in hangs_on) and not place.days and not place.at_random


def applies(place: Placement, facts: Facts) -> bool:
    """Whether the facts leave the line in the week: they say nothing against it."""
    return holds(place.if_facts, facts) is not False


def single_moments(phase: Phase, week: int) -> Iterator[Assessment]:
    """The assessments with one moment each; a test at the start is the one that the line brings in week 1."""
    for assessment in phase.assessments:
        started = week == 1 and any(moment.kind == "at-start" for moment in assessment.moments)
        for moment in assessment.moments:
            if started and moment.period_days and moment.high == 1 and moment.period_days >= 7:
                continue
            yield assessment.model_copy(update={"moments": (moment,)})
