"""Take-home supplies against a ladder: how many days at a time, from which day of treatment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from careplan.plan.model import Medication, TakeHome

if TYPE_CHECKING:
    from careplan.rules.context import RuleContext

LIMITED = "opioid-full-agonist"


class Rung(NamedTuple):
    """From a day of treatment on, at most so many days' supply."""

    from_day: int
    days: int


class Beyond(NamedTuple):
    """A supply that begins above the ladder; `allowed_from`: the first day for so much, None if never."""

    course: Medication
    band: TakeHome
    limit: int
    allowed_from: int | None


def beyond(context: RuleContext, ladder: Sequence[Rung]) -> Iterator[Beyond]:
    """Every take-home band of methadone that gives more on its first day than the ladder allows then.

    A ladder only rises, so a band that keeps to it on its first day keeps to it on all of them.
    """
    for course in context.of_class(LIMITED):
        for band in course.take_home:
            limit = max((rung for rung in ladder if rung.from_day <= band.first), default=Rung(1, 0)).days
            if band.supply_days > limit:
                later = (rung.from_day for rung in ladder if rung.days >= band.supply_days)
                yield Beyond(course, band, limit, next(later, None))
