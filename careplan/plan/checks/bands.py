"""Bands that do not fit their measure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.model import Band, Measure
from careplan.plan.words import range_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A score belongs to one band at most, and bands follow one another without a hole."""
    for measure in context.plan.measures:
        if measure.bands and measure.domain.low is not None and measure.domain.high is not None:
            yield from _bands(context, measure)


def _bands(context: Context, measure: Measure) -> Iterator[Diagnostic]:
    domain = measure.domain
    assert domain.low is not None
    assert domain.high is not None
    bands = sorted(measure.bands, key=lambda band: band.low)
    step = 1.0 if all(end.is_integer() for band in bands for end in (band.low, band.high)) else None
    for band in bands:
        if band.low < domain.low or band.high > domain.high:
            yield error(
                "band-outside-range",
                f"the band `{band.name}` goes from {range_words(band.low, band.high)}, "
                f"and `{measure.name}` from {range_words(domain.low, domain.high)}",
                band.span,
                help="keep the band inside the measure's range",
                related=(Label(domain.span, "the range"),),
            )
    for before, band in pairwise(bands):
        if band.low <= before.high:
            yield error(
                "bands-overlap",
                f"a `{measure.name}` of {range_words(band.low, min(band.high, before.high))} "
                f"is both `{before.name}` and `{band.name}`",
                band.span,
                help="let each band end before the next begins",
                related=(Label(before.span, f"`{before.name}`"),),
            )
        elif step is not None and band.low > before.high + step and context.is_whole(measure):
            yield _gap(measure, before, band)


def _gap(measure: Measure, before: Band, band: Band) -> Diagnostic:
    return warning(
        "bands-gap",
        f"a `{measure.name}` of {range_words(before.high + 1, band.low - 1)} lies between "
        f"`{before.name}` and `{band.name}`, in no band",
        band.span,
        help="let each band begin where the one before it ends",
        related=(Label(before.span, f"`{before.name}`"),),
    )
