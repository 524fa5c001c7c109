"""Take-home bands that leave days out or take them twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from careplan.diagnostics import Diagnostic, Label, error
from careplan.plan.context import Context
from careplan.plan.words import counted


def check(context: Context) -> Iterator[Diagnostic]:
    """The bands of a course tile its days; one without an end runs until the next begins."""
    for course in context.plan.medications:
        bands = sorted(course.take_home, key=lambda band: band.first)
        for before, band in pairwise(bands):
            label = (Label(before.span, "the band before it"),)
            last = band.first - 1 if before.last is None else before.last
            if band.first == before.first or last >= band.first:
                yield error(
                    "take-home-overlap",
                    f"two supplies of `{course.name}` are given for day {band.first}",
                    band.span,
                    help="let each band begin after the one before it has ended",
                    related=label,
                )
            elif last < band.first - 1 and context.is_whole(course):
                days = counted(band.first - 1 - last, "day")
                yield error(
                    "take-home-gap",
                    f"nothing says what `{course.name}` may be taken home for {days} before day {band.first}",
                    band.span,
                    help=f"let this band begin on day {last + 1}, or the one before it end later",
                    related=label,
                )
