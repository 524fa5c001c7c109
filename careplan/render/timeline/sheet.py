"""The whole timeline, put together from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.render.text import FONT_FAMILY
from careplan.render.timeline.care import assessment_lanes, service_lanes
from careplan.render.timeline.columns import Column, columns
from careplan.render.timeline.exits import draw_anytime, draw_exits
from careplan.render.timeline.header import phase_heads, phase_summary, title_block
from careplan.render.timeline.hours import draw_hours
from careplan.render.timeline.lanes import Lane, draw_lanes, section
from careplan.render.timeline.legend import draw_legend
from careplan.render.timeline.medication import draw_medications
from careplan.render.timeline.picture import Label, Picture, num
from careplan.render.timeline.style import CHART, DRUG, INK, LABELS, LATER, MARGIN, PAPER, QUIET, RULE

HATCHES = (("cp-hatch", INK, 6), ("cp-fine", INK, 3), ("cp-dose", DRUG, 4))


class Timeline(NamedTuple):
    """A finished timeline: its size in pixels, its labels with their boxes, and the SVG text."""

    width: float
    height: float
    labels: tuple[Label, ...]
    svg: str


def timeline(plan: Plan, facts: Facts | None = None) -> Timeline:
    """Lay out and draw the timeline of a plan, for everybody or for the facts given."""
    picture = Picture()
    placed = columns(plan)
    right = placed[-1].right if placed else MARGIN + LABELS + CHART
    y = title_block(picture, plan, facts, right, MARGIN)
    heads = y + 12
    y = phase_heads(picture, placed, heads)
    body = y
    if not placed:
        y = picture.paragraph(MARGIN, y, "This plan has no phases yet.", right - MARGIN, 13, fill=QUIET)
    y, lanes = _care(picture, plan, placed, facts, right, y)
    ground = _ground(placed, body, y)
    if any(c.phase.exits or c.phase.at_end for c in placed) or plan.anytime:
        y = section(picture, "Leaving a phase", right, y)
        y = draw_exits(picture, plan, placed, y)
        ground = _ground(placed, body, y)
        y = draw_anytime(picture, plan, right, y)
    y = draw_legend(picture, plan, placed, lanes, right, y + 4)
    width, height = right + MARGIN, y + MARGIN
    svg = _svg(plan, placed, (width, height), [*ground, *picture.parts])
    return Timeline(width, height, tuple(picture.labels), svg)


def _care(
    picture: Picture, plan: Plan, placed: Sequence[Column], facts: Facts | None, right: float, y: float
) -> tuple[float, list[Lane]]:
    """Services, hours, medication, supports and assessments; where they end, and the lanes."""
    therapies = service_lanes(plan, placed, "therapy", facts)
    supports = service_lanes(plan, placed, "support", facts)
    tests = assessment_lanes(plan, placed, facts)
    if therapies:
        y = section(picture, "Clinical services", right, y)
        y = draw_lanes(picture, placed, therapies, y)
        y = draw_hours(picture, plan, placed, facts, y)
    if plan.medications:
        y = section(picture, "Medication", right, y)
        y = draw_medications(picture, plan, placed, y)
    if supports:
        y = section(picture, "Support", right, y)
        y = draw_lanes(picture, placed, supports, y)
    if tests:
        y = section(picture, "Assessments and reviews", right, y)
        y = draw_lanes(picture, placed, tests, y)
    return y, [*therapies, *supports, *tests]


def _ground(placed: Sequence[Column], top: float, bottom: float) -> list[str]:
    """Behind everything: each phase's edges, and a grey ground where only some patients still are."""
    parts = []
    for column in placed:
        least = column.x(column.least_days)
        if column.left < least < column.right:
            parts.append(
                f'<rect x="{num(least)}" y="{num(top)}" width="{num(column.right - least)}" '
                f'height="{num(bottom - top)}" fill="{LATER}"/>'
            )
        for x in (column.left, column.right):
            parts.append(f'<path d="M{num(x)} {num(top)}V{num(bottom)}" stroke="{RULE}" stroke-width="0.7"/>')
    return parts


def _svg(plan: Plan, placed: Sequence[Column], size: tuple[float, float], parts: Sequence[str]) -> str:
    phases = "; then ".join(phase_summary(c.phase) for c in placed if c.on_route)
    beside = "; ".join(phase_summary(c.phase) for c in placed if not c.on_route)
    told = f"Timeline of {plan.label}. Typical path: {phases or 'no phases yet'}."
    told += f" Other phases: {beside}." if beside else ""
    return svg_document(f"{plan.label}: timeline", told, size, parts)


def svg_document(title: str, told: str, size: tuple[float, float], parts: Sequence[str]) -> str:
    """A picture of that size in pixels as SVG text, with its title, and what it shows told in words."""
    width, height = num(size[0]), num(size[1])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="graphics-document" aria-roledescription="timeline" '
        f'aria-labelledby="cp-title cp-desc" font-family="{escape(FONT_FAMILY)}">'
        f'<title id="cp-title">{escape(title)}</title>'
        f'<desc id="cp-desc">{escape(told)}</desc>'
    )
    ground = f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
    return "\n".join((head, _patterns(), ground, *parts, "</svg>\n"))


def _patterns() -> str:
    """Hatches, so that grey print and colour-blind eyes see what colour would say."""
    made = [
        f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="{step}" height="{step}" fill="{PAPER}"/>'
        f'<path d="M0 0V{step}" stroke="{colour}" stroke-width="1" stroke-opacity="0.7"/></pattern>'
        for name, colour, step in HATCHES
    ]
    return f"<defs>{''.join(made)}</defs>"
