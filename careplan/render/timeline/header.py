"""The top of the timeline: the plan's title, then each phase's name, ribbon and axis."""

from __future__ import annotations

from collections.abc import Sequence

from careplan.plan.facts import Facts
from careplan.plan.model import Phase, Plan
from careplan.plan.words import duration_words, lasts_words, level_words, listed, range_words
from careplan.render.text import ASCENT, LINE_HEIGHT, text_width, wrap
from careplan.render.timeline.columns import Column, planned_days, read_in_days
from careplan.render.timeline.picture import Picture, num
from careplan.render.timeline.style import (
    BODY,
    GAP,
    HEADING,
    INK,
    MARGIN,
    PAPER,
    QUIET,
    SMALL,
    TITLE,
    ribbon_colours,
)

RIBBON = 20.0
AXIS = 17.0
BESIDE = "beside the typical path"
STEPS_IN_DAYS = (1, 7, 14, 28)
STEPS_IN_WEEKS = (1, 2, 4, 8, 13, 26, 52, 104, 208)


def title_block(picture: Picture, plan: Plan, facts: Facts | None, right: float, top: float) -> float:
    """The plan's title, its version and status, and for whom it is; where they end."""
    room = right - MARGIN
    status = (plan.status or "").upper()
    badge = text_width(status, SMALL, True) + 14 if status else 0.0
    lines = wrap(plan.label, TITLE, room - badge - 16, True)
    end = picture.lines(MARGIN, top, lines, TITLE, True)
    if status:
        look = f'rx="3" fill="{INK if plan.status == "active" else PAPER}" stroke="{INK}"'
        look += "" if plan.status == "active" else ' stroke-dasharray="3 2"'
        picture.rect(right - badge, top + 3, badge, 18, look)
        words = PAPER if plan.status == "active" else INK
        picture.text(right - badge + 7, top + 16, status, SMALL, True, fill=words)
    return picture.paragraph(MARGIN, end + 2, " · ".join(_about(plan, facts)), room, BODY, fill=QUIET)


def _about(plan: Plan, facts: Facts | None) -> list[str]:
    about = [f"Version {plan.version}"] if plan.version else []
    if plan.effective_from:
        until = f" to {plan.effective_to}" if plan.effective_to else ""
        about.append(f"in force from {plan.effective_from}{until}")
    about += [", ".join(group) for group in (plan.population, plan.substances, plan.approaches) if group]
    about += [f"approved by {listed(each.by)} on {each.on}" for each in plan.approvals]
    titles = {fact.name: fact.label for fact in plan.facts}
    about += [f"{titles.get(name, name)}: {value}" for name, value in (facts or {}).items()]
    return about


def phase_heads(picture: Picture, columns: Sequence[Column], top: float) -> float:
    """Every phase's name and length over its ribbon and axis; where they end."""
    heads = [_head_lines(column) for column in columns]
    height = max((_height(*head) for head in heads), default=0.0)
    for column, (names, facts) in zip(columns, heads, strict=True):
        phase = column.phase
        with picture.group(f"Phase {phase.label}, {', '.join(_about_phase(phase))}"):
            start = top + height - _height(names, facts)
            start = picture.lines(column.text_left, start, names, HEADING, True)
            picture.lines(column.text_left, start + 1, facts, BODY, fill=QUIET)
            _ribbon(picture, column, top + height + 4)
            axis(picture, column, top + height + 4 + RIBBON)
    return top + height + 4 + RIBBON + AXIS


def _head_lines(column: Column) -> tuple[list[str], list[str]]:
    names = wrap(column.phase.label, HEADING, column.text_width, True)
    about = [*_about_phase(column.phase), *([] if column.on_route else [BESIDE])]
    facts = wrap(" · ".join(about), BODY, column.text_width)
    return names, facts


def _height(names: Sequence[str], facts: Sequence[str]) -> float:
    return (len(names) * HEADING + len(facts) * BODY) * LINE_HEIGHT + 1


def _about_phase(phase: Phase) -> list[str]:
    about = [f"level {level_words(phase.level)}"] if phase.level else []
    return [*about, length_words(phase)]


def length_words(phase: Phase) -> str:
    """How long the phase lasts, in days where it is short."""
    lasts = phase.lasts
    if lasts is None:
        return "no length given"
    if lasts.high is not None and lasts.until is None and lasts.low and read_in_days(phase, lasts.high):
        days = range_words(lasts.low, lasts.high)
        words = f"{days} day" if days == "1" else f"{days} days"
    else:
        words = lasts_words(lasts)
    if phase.longest is not None and phase.longest > (lasts.high or 0):
        return f"{words}, {duration_words(phase.longest)} with extensions"
    return words


def _ribbon(picture: Picture, column: Column, top: float) -> None:
    """The phase as a ribbon: solid as far as everybody stays, hatched from there to the maximum."""
    phase = column.phase
    fill, ink = ribbon_colours(phase.level.code if phase.level else None)
    least, most = column.x(column.least_days), column.x(planned_days(column))
    tip = min(GAP, 6.0) if column.on_route else 0.0
    ribbon_piece(picture, column.left, column.right, top, tip, f'fill="{PAPER}" stroke="{fill}"', "")
    hatch = f'fill="url(#cp-hatch)" stroke="{fill}"'
    ribbon_piece(picture, column.left, most, top, tip if most >= column.right else 0, hatch, _tooltip(phase))
    solid_tip = tip if least >= column.right else 0
    ribbon_piece(
        picture, column.left, least, top, solid_tip, f'fill="{fill}" stroke="{fill}"', _tooltip(phase)
    )
    _ribbon_words(picture, column, (least, most), top, ink)


def ribbon_piece(
    picture: Picture, left: float, right: float, top: float, tip: float, look: str, title: str
) -> None:
    """A stretch of a ribbon, pointed by `tip` pixels at its right; nothing where it has no width."""
    if right - left > 0.5:
        middle, bottom = top + RIBBON / 2, top + RIBBON
        picture.path(
            f"M{num(left)} {num(top)}H{num(right)}L{num(right + tip)} {num(middle)}"
            f"L{num(right)} {num(bottom)}H{num(left)}Z",
            look,
            title,
        )


def _tooltip(phase: Phase) -> str:
    return f"{phase.label}: {length_words(phase)}"


def _ribbon_words(picture: Picture, column: Column, ends: tuple[float, float], top: float, ink: str) -> None:
    """The ends of the solid, the hatched and the open part in words, where they fit."""
    least, most = ends
    lasts, unit = column.phase.lasts, "d" if column.in_days else "wk"
    if lasts is None:
        return
    same = lasts.high is not None and lasts.low >= lasts.high
    parts = [(column.left, least, _short(lasts.low, unit, "" if same else "min"), ink)]
    if lasts.high is None:
        parts.append((least, column.right, "no maximum", INK))
    elif not same:
        parts.append((least, most, _short(lasts.high, unit, "max"), INK))
    if most < column.right - 1:
        parts.append((most, column.right, _short(column.days, unit, "extended"), INK))
    for left, right, words, fill in parts:
        width = text_width(words, SMALL, True)
        if width + 8 <= right - left:
            middle = (left + right) / 2
            if (fill == INK and ink != INK) or left > column.left:
                plate = f'rx="2" fill="{PAPER}"'
                picture.rect(middle - width / 2 - 3, top + 3, width + 6, RIBBON - 6, plate)
            picture.text(middle, top + RIBBON / 2 + 3.6, words, SMALL, True, "middle", fill)


def _short(days: int, unit: str, before: str) -> str:
    if unit == "wk" and days % 7 == 0:
        return f"{before} {days // 7} wk".strip()
    return f"{before} {days} d".strip()


def axis(picture: Picture, column: Column, top: float) -> None:
    """Numbers of the phase's days or weeks, each in the middle of its day or week."""
    unit, count = ("day", column.days) if column.in_days else ("wk", column.weeks)
    length = 1 if column.in_days else 7
    step = column.width * length / column.days
    widest = text_width(str(count), SMALL) + 7
    steps = STEPS_IN_DAYS if column.in_days else STEPS_IN_WEEKS
    every = next((s for s in steps if s * step >= widest), steps[-1])
    baseline = top + ASCENT * SMALL + 3
    first = max(column.left + 2, column.left + step / 2 - text_width(f"{unit} 1", SMALL) / 2)
    end = first + picture.text(first, baseline, f"{unit} 1", SMALL, fill=QUIET)
    for number in range(every, count + 1, every):
        half = text_width(str(number), SMALL) / 2
        middle = (column.x((number - 1) * length) + column.x(number * length)) / 2
        middle = min(middle, column.right - half - 1)
        if number > 1 and middle - half > end + 4:
            picture.text(middle, baseline, str(number), SMALL, anchor="middle", fill=QUIET)
            end = middle + half


def phase_summary(phase: Phase) -> str:
    """One phase in words, for the picture's description."""
    return f"{phase.label} ({', '.join(_about_phase(phase))})"
