"""The ways out, named under each phase, and those that hold in every phase."""

from __future__ import annotations

from collections.abc import Sequence

from careplan.plan.model import Exit, Plan
from careplan.plan.words import counted, duration_words, listed, short_condition
from careplan.render.text import wrap
from careplan.render.timeline.columns import Column
from careplan.render.timeline.lanes import ABOVE, BELOW, label
from careplan.render.timeline.picture import Picture, num
from careplan.render.timeline.style import BODY, FAINT, INK, LABELS, MARGIN, QUIET, SMALL

SYMBOL = 14.0

# Each way out has its own shape, drawn in a square of 8 pixels.
SHAPES = {
    "step down": "M0 1h8l-4 7z",
    "step up": "M0 8h8l-4 -7z",
    "move": "M1 0v8l7 -4z",
    "discharge": "M0.5 0.5h7v7h-7z",
    "extend": "M4 0l4 4l-4 4l-4 -4z",
}


def draw_exits(picture: Picture, plan: Plan, columns: Sequence[Column], top: float) -> float:
    """Each phase's exits in its column, in the order they are tried; where they end."""
    ends = [label(picture, "Ways out", ("in the order in which they are tried",), top + ABOVE)]
    for column in columns:
        y = top + ABOVE
        with picture.group(f"Ways out of {column.phase.label}"):
            for way in column.phase.exits:
                y = _exit(picture, column, way, action(plan, way), y)
            for way in column.phase.at_end:
                y = _exit(picture, column, way, f"At the end: {_lower(action(plan, way))}", y)
        ends.append(y)
    return max(ends) + BELOW


def draw_anytime(picture: Picture, plan: Plan, right: float, top: float) -> float:
    """The exits that hold in every phase, one to a line; where they end."""
    blocks = [block for block in plan.anytime if block.exits]
    if not blocks:
        return top
    picture.line(MARGIN, top, right, top, f'stroke="{FAINT}"')
    end = label(picture, "In any phase", ("tried before the phase's own ways out",), top + ABOVE)
    left = MARGIN + LABELS + 5
    y = top + ABOVE
    with picture.group("Ways out in any phase"):
        for block in blocks:
            for way in block.exits:
                words = action(plan, way) + _except(plan, block.excepted)
                y = _write(picture, way, (words, _condition(way)), (left, right - left), y)
    return max(end, y) + BELOW


def _exit(picture: Picture, column: Column, way: Exit, words: str, top: float) -> float:
    return _write(picture, way, (words, _condition(way)), (column.text_left, column.text_width), top)


def _write(
    picture: Picture, way: Exit, texts: tuple[str, str], place: tuple[float, float], top: float
) -> float:
    left, width = place
    words, condition = texts
    look = f'fill="{INK}" transform="translate({num(left)} {num(top + 3)})"'
    picture.path(SHAPES[way.direction], look, f"{words} {condition}".strip())
    lines = wrap(words, BODY, width - SYMBOL, True)
    top = picture.lines(left + SYMBOL, top, lines, BODY, True)
    top = picture.lines(left + SYMBOL, top, wrap(condition, SMALL, width - SYMBOL), SMALL, fill=QUIET)
    return top + 4


def action(plan: Plan, way: Exit) -> str:
    """What the exit does: `Step down to Continuing care`, `Discharge as Completed treatment`."""
    if way.direction == "extend":
        most = f", at most {counted(way.extend_times, 'time')}" if way.extend_times else ""
        return f"Extend by {duration_words(way.extend_days or 0)}{most}"
    if way.direction == "discharge":
        return f"Discharge as {_title(plan, way.target)}"
    return f"{way.direction.capitalize()} to {_title(plan, way.target)}"


def way_words(plan: Plan, way: Exit, at_end: bool = False, excepted: Sequence[str] = ()) -> str:
    """The exit and its condition in one line."""
    words = action(plan, way) + _except(plan, excepted)
    words = f"At the end: {_lower(words)}" if at_end else words
    return f"{words} {_condition(way)}".strip()


def _condition(way: Exit) -> str:
    if way.when is not None:
        return f"when {short_condition(way.when)}"
    return "otherwise" if way.otherwise else ""


def _except(plan: Plan, excepted: Sequence[str]) -> str:
    if not excepted:
        return ""
    return f" (not in {listed(_title(plan, name) for name in excepted)})"


def _title(plan: Plan, name: str | None) -> str:
    for element in (*plan.phases, *plan.outcomes):
        if element.name == name:
            return element.label
    return (name or "").replace("-", " ")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
