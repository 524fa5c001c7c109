"""Medication lanes: dose steps across phases, with their beginning and their end marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careplan.plan.model import DoseStep, Medication, Plan
from careplan.plan.words import counted, dose_words, frequency_words, listed, short_condition
from careplan.render.timeline.columns import Column
from careplan.render.timeline.courses import (
    SLOWEST_DAILY,
    Course,
    Piece,
    course,
    dose_at,
    interval_days,
    is_single,
)
from careplan.render.timeline.lanes import ABOVE, BELOW, cell_words, label
from careplan.render.timeline.marks import outline
from careplan.render.timeline.names import called, names_in_conditions
from careplan.render.timeline.picture import Picture, num
from careplan.render.timeline.style import DRUG, FAINT, MARGIN, PAPER

HEIGHT = 26.0
LOWEST = 5.0
STEM = 17.0
HEAD = 7.0


def draw_medications(picture: Picture, plan: Plan, columns: Sequence[Column], top: float) -> float:
    """One lane for each medication; where they end."""
    for number, medication in enumerate(plan.medications):
        if number:
            right = columns[-1].right if columns else MARGIN
            picture.line(MARGIN, top, right, top, f'stroke="{FAINT}"')
        run = course(plan, columns, medication)
        details = _details(plan, medication)
        with picture.group(", ".join((medication.label, *details, *map(dose_words, medication.steps)))):
            top = _lane(picture, columns, medication, run, details, top)
    return top


def _details(plan: Plan, medication: Medication) -> list[str]:
    drugs = {drug.name: drug.label for drug in plan.drugs}
    name = drugs.get(medication.drug, medication.drug.replace("-", " "))
    details = [] if name.lower() in medication.label.lower() else [name]
    details += called(medication, names_in_conditions(plan))
    titles = {each.name: each.label for each in plan.medications}
    if medication.fallback:
        details.append(f"if the start fails: {titles.get(medication.fallback, medication.fallback)}")
    for monitor in medication.monitors:
        moments = listed(frequency_words(moment) for moment in monitor.moments)
        details.append(f"monitor {listed(monitor.what)} {moments}")
    for band in medication.take_home:
        days = f"from day {band.first}" + (f" to {band.last}" if band.last else " on")
        details.append(f"take-home up to {counted(band.supply_days, 'day')} {days}")
    return details


def _lane(
    picture: Picture,
    columns: Sequence[Column],
    medication: Medication,
    run: Course,
    details: Sequence[str],
    top: float,
) -> float:
    ends = [label(picture, medication.label, details, top + ABOVE)]
    floor = top + ABOVE + HEIGHT
    highest = max((dose_at(s, d)[1] for s in medication.steps for d in (0, 10**6)), default=0.0)
    for piece in run.pieces:
        _draw_piece(
            picture, columns[piece.column], piece, (floor, highest), medication, run.stands_in_for is not None
        )
    _draw_ends(picture, columns, medication, run, floor)
    for number in run.everywhere:
        words = list(_words(medication, run, number))
        ends.append(cell_words(picture, columns[number], words, floor + 4))
    return max(ends) + BELOW


def _draw_piece(
    picture: Picture,
    column: Column,
    piece: Piece,
    scale: tuple[float, float],
    medication: Medication,
    fallback: bool,
) -> None:
    tip = f"{medication.label}, {column.phase.label}: {dose_words(piece.step)}"
    every = interval_days(piece.step)
    if piece.step.frequency is not None and piece.step.frequency.kind == "as-needed":
        left, right = column.x(piece.first), column.x(piece.last)
        look = f'fill="{PAPER}" stroke="{DRUG}" stroke-dasharray="2 3"'
        picture.rect(left, scale[0] - LOWEST, right - left, LOWEST, look, tip)
    elif every > SLOWEST_DAILY:
        _draw_doses(picture, column, piece, scale, every, tip)
    elif piece.step.ramp is not None:
        for part in _ramp_parts(piece):
            _draw_level(picture, column, part, scale, tip, fallback)
    else:
        _draw_level(picture, column, piece, scale, tip, fallback)


def _ramp_parts(piece: Piece) -> Iterator[Piece]:
    """A ramp's piece, one part for each dose."""
    every = max(piece.step.ramp.every_days if piece.step.ramp else 1, 1)
    day = piece.first
    while day < piece.last:
        into = piece.offset + day - piece.first
        following = min(piece.last, day + every - into % every)
        yield piece._replace(first=day, last=following, offset=into)
        day = following


def _draw_level(
    picture: Picture, column: Column, piece: Piece, scale: tuple[float, float], tip: str, fallback: bool
) -> None:
    """A dose as a block as high as the dose; from the low to the high end of a range it is hatched."""
    low, high = (_height(dose, scale[1]) for dose in dose_at(piece.step, piece.offset))
    left, right = column.x(piece.first), column.x(piece.last)
    look = f'stroke="{DRUG}" stroke-width="0.8"' + (' stroke-dasharray="3 2"' if fallback else "")
    fill = PAPER if fallback else "#bfe0d3"
    picture.rect(left, scale[0] - low, right - left, low, f'fill="{fill}" {look}', tip)
    picture.rect(left, scale[0] - high, right - left, high - low, f'fill="url(#cp-dose)" {look}', tip)


def _draw_doses(
    picture: Picture, column: Column, piece: Piece, scale: tuple[float, float], every: int, tip: str
) -> None:
    """Doses far apart, each as a stem with a head on a thin line; a ring above it ends a range."""
    picture.line(
        column.x(piece.first), scale[0], column.x(piece.last), scale[0], f'stroke="{DRUG}" stroke-width="1"'
    )
    first = (-piece.offset) % every
    stems, heads, rings = [], [], []
    for day in range(first, piece.last - piece.first, every):
        low, high = (_stem(dose, scale[1]) for dose in dose_at(piece.step, piece.offset + day))
        x = min(column.x(piece.first + day) + 4, column.right - 3)
        stems.append(f"M{num(x)} {num(scale[0])}v{num(-high)}")
        heads.append(outline("dot", x, scale[0] - low, HEAD))
        if high > low:
            rings.append(outline("dot", x, scale[0] - high, HEAD - 1))
    picture.path("".join(stems), f'stroke="{DRUG}" stroke-width="1.5" fill="none"', tip)
    picture.path("".join(heads), f'fill="{DRUG}"', tip)
    picture.path("".join(rings), f'fill="{PAPER}" stroke="{DRUG}" stroke-width="1.3"', tip)


def _stem(dose: float, highest: float) -> float:
    return STEM * (0.4 + 0.6 * dose / (highest or 1))


def _height(dose: float, highest: float) -> float:
    return LOWEST + (HEIGHT - LOWEST) * (dose / highest if highest else 0)


def _draw_ends(
    picture: Picture, columns: Sequence[Column], medication: Medication, run: Course, floor: float
) -> None:
    """A triangle where the course starts, a square where it stops."""
    top = floor - HEIGHT
    look = f'fill="{DRUG}" stroke="{DRUG}" stroke-width="1.5"'
    for number in run.starts:
        x = columns[number].left
        start = f"M{num(x)} {num(top - 3)}v{num(HEIGHT + 3)}M{num(x)} {num(top - 3)}l6 3l-6 3z"
        picture.path(start, look, f"{medication.label} starts")
    along = [piece for piece in run.pieces if piece.column in run.columns]
    if along and stops(medication):
        x = columns[along[-1].column].x(along[-1].last)
        picture.path(outline("square", x - 3, floor - 3, 8), look, f"{medication.label} stops")


def stops(medication: Medication) -> bool:
    """Whether the course ends of itself or with a phase."""
    steps = [s for s in medication.steps if s.step != "also"]
    closed = bool(steps) and (steps[-1].run_days is not None or steps[-1].run_times is not None)
    if steps and all(is_single(s) for s in steps):
        return False
    return bool(medication.stop_at_end_of) or closed or (bool(steps) and steps[-1].ramp is not None)


def _words(medication: Medication, run: Course, number: int) -> Iterator[str]:
    """What is said of the course in one phase: how it starts, the doses, how it ends."""
    start = medication.start
    if number in run.starts:
        if run.stands_in_for is not None:
            yield f"only if {run.stands_in_for.label} cannot start"
        if start is not None and start.when is not None:
            yield f"start when {short_condition(start.when)}"
    seen: list[DoseStep] = []
    for piece in run.pieces:
        if piece.column == number and piece.step not in seen:
            seen.append(piece.step)
            yield dose_words(piece.step) if piece.begins else f"{dose_words(piece.step)} (goes on)"
    if number in run.starts:
        yield from (f"{dose_words(step)}" for step in medication.steps if step.step == "also")
    if run.columns and number == run.columns[-1]:
        yield from _ending(medication)


def medication_words(plan: Plan, columns: Sequence[Column], medication: Medication) -> list[tuple[str, ...]]:
    """What is said of the medication in each phase; nothing where it does not run."""
    run = course(plan, columns, medication)
    return [
        tuple(_words(medication, run, number)) if number in run.everywhere else ()
        for number in range(len(columns))
    ]


def _ending(medication: Medication) -> Iterator[str]:
    if medication.stop_at_end_of and stops(medication):
        yield "stops at the end of the phase"
    elif medication.continue_through and not stops(medication):
        yield "runs to the end of the phase"
    if medication.stop_when is not None:
        yield f"stop when {short_condition(medication.stop_when)}"
    yield from (f"hold when {short_condition(hold)}" for hold in medication.holds)
    for act in ("hand over", "stop"):
        outcomes = [d.outcome.replace("-", " ") for d in medication.discharges if d.action == act]
        if outcomes:
            yield f"{act} on discharge as {listed(outcomes, 'or')}"
