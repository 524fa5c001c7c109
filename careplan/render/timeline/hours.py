"""The band of clinical hours per week, held against what the level of care asks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from careplan.plan.facts import Facts
from careplan.plan.levels import HoursRange, phase_range
from careplan.plan.model import Plan
from careplan.plan.weeks import HoursSpan, phase_hours
from careplan.plan.words import range_words
from careplan.render.timeline.columns import Column
from careplan.render.timeline.lanes import ABOVE, BELOW, cell_words, label
from careplan.render.timeline.picture import Picture
from careplan.render.timeline.style import FAINT, FLOOR, HOURS, MARGIN, RULE

HEIGHT = 56.0
MOST_SPANS = 3  # said one by one; more are blurred together
BLUR = 0.15
HIGHEST = 1.6  # an upper end asked for is drawn up to so many times the most hours there are


class Band(NamedTuple):
    """One phase's hours, and the hours its level of care asks for."""

    column: Column
    spans: tuple[HoursSpan, ...]
    asked: HoursRange | None


def draw_hours(
    picture: Picture, plan: Plan, columns: Sequence[Column], facts: Facts | None, top: float
) -> float:
    """The band for every phase; where it ends. Nothing is drawn if no service says its length."""
    bands = [Band(c, phase_hours(plan, c.phase, facts), phase_range(plan, c.phase)) for c in columns]
    highest = max((span.high for band in bands for span in band.spans), default=0) / 60
    if not highest:
        return top
    scale = HEIGHT / (max([highest, *_ends(bands, highest)]) * 1.08)
    picture.line(MARGIN, top, columns[-1].right, top, f'stroke="{FAINT}"')
    with picture.group("Clinical hours per week"):
        details = ("therapy, breaks left out",)
        ends = [label(picture, "Hours per week", details, top + ABOVE)]
        floor = top + ABOVE + HEIGHT
        for band in bands:
            _draw_band(picture, band, floor, scale)
            ends.append(cell_words(picture, band.column, _words(band), floor + 4))
    return max(ends) + BELOW


def _ends(bands: Sequence[Band], highest: float) -> list[float]:
    """The ends of the ranges asked for that the band makes room for."""
    asked = [band.asked for band in bands if band.asked]
    tops = [each.high for each in asked if each.high is not None and each.high <= highest * HIGHEST]
    return [*(each.low for each in asked), *tops]


def hours_words(plan: Plan, columns: Sequence[Column], facts: Facts | None) -> list[list[str]]:
    """The hours of every phase in words; empty for a plan whose services say no lengths."""
    bands = [Band(c, phase_hours(plan, c.phase, facts), phase_range(plan, c.phase)) for c in columns]
    if not any(span.high for band in bands for span in band.spans):
        return [[] for _ in columns]
    return [_words(band) for band in bands]


def _draw_band(picture: Picture, band: Band, floor: float, scale: float) -> None:
    column = band.column
    for span in band.spans:
        left = column.x(7 * span.first_week - 7)
        right = column.right if span.last_week is None else column.x(7 * span.last_week)
        tip = f"{column.phase.label}, {_weeks(span)}: {_hours(span)} a week"
        low, high = span.low / 60 * scale, span.high / 60 * scale
        look = f'stroke="{HOURS}" stroke-width="0.8"'
        picture.rect(left, floor - low, right - left, low, f'fill="#c4d8ea" {look}', tip)
        picture.rect(left, floor - high, right - left, high - low, f'fill="url(#cp-fine)" {look}', tip)
    picture.line(column.left, floor, column.right, floor, f'stroke="{RULE}"')
    if band.asked is not None:
        _draw_asked(picture, column, band.asked, floor, scale)


def _draw_asked(picture: Picture, column: Column, asked: HoursRange, floor: float, scale: float) -> None:
    """The ends of the level's range as dashed lines with ticks that point into the range."""
    ends = [(asked.low, -5.0)] if asked.low else []
    if asked.high is not None and asked.high * scale <= HEIGHT:
        ends.append((asked.high, 5.0))
    for hours, tick in ends:
        y = floor - hours * scale
        dashes = f'stroke="{FLOOR}" stroke-width="1.3" stroke-dasharray="5 3"'
        picture.line(column.left, y, column.right, y, dashes)
        for x in (column.left + 1, column.right - 1):
            picture.line(x, y, x, y + tick, f'stroke="{FLOOR}" stroke-width="1.3"')


def _words(band: Band) -> list[str]:
    level = band.column.phase.level
    words = []
    spans = _few(band.spans, band.column.weeks)
    for span in spans:
        sure = " or more" if span.unknown else ""
        where = "" if len(spans) == 1 else f" in {_weeks(span)}"
        words.append(f"{_hours(span)}{sure}{where}")
    if band.asked is not None and level is not None:
        words.append(f"level {level.code}: {band.asked.words}")
        if not all(band.asked.holds(span.low / 60) for span in band.spans):
            words.append(_off(band.asked, band.spans))
    return words


def _few(spans: Sequence[HoursSpan], weeks: int) -> list[HoursSpan]:
    """The spans made few enough to be read: neighbours become one range where that blurs least."""
    found = list(spans)
    blurs = [_blur(*pair, weeks) for pair in pairwise(found)]
    highest = max((span.high for span in spans), default=0)
    while blurs:
        least = min(blurs)
        if len(found) <= MOST_SPANS and (len(spans) <= MOST_SPANS or least > highest * weeks * BLUR):
            break
        place = blurs.index(least)
        found[place : place + 2] = [_joined(found[place], found[place + 1])]
        around = max(place - 1, 0)
        blurs[around : place + 2] = [_blur(*pair, weeks) for pair in pairwise(found[around : place + 2])]
    return found


def _joined(a: HoursSpan, b: HoursSpan) -> HoursSpan:
    low, high = min(a.low, b.low), max(a.high, b.high)
    return HoursSpan(a.first_week, b.last_week, low, high, a.unknown or b.unknown)


def _blur(a: HoursSpan, b: HoursSpan, weeks: int) -> float:
    """How many minutes of needless range the two spans get over their weeks if they become one."""
    return sum(
        (_range(_joined(a, b)) - _range(span)) * ((span.last_week or weeks) - span.first_week + 1)
        for span in (a, b)
    )


def _range(span: HoursSpan) -> int:
    return span.high - span.low


def _off(asked: HoursRange, spans: Sequence[HoursSpan]) -> str:
    return "! not always within it" if any(asked.holds(s.high / 60) for s in spans) else "! outside it"


def _weeks(span: HoursSpan) -> str:
    if span.last_week is None:
        return f"weeks from {span.first_week}"
    if span.first_week == span.last_week:
        return f"week {span.first_week}"
    return f"weeks {span.first_week} to {span.last_week}"


def _hours(span: HoursSpan) -> str:
    return f"{range_words(round(span.low / 60, 1), round(span.high / 60, 1))} h"
