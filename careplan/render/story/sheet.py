"""One stay as a picture, put together from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.plan.words import exit_words, visit_words
from careplan.render.story.happened import course_lanes, result_lanes, session_lanes
from careplan.render.story.visits import Shown, heads, visits
from careplan.render.text import wrap
from careplan.render.timeline.lanes import Lane, draw_lanes, label, section
from careplan.render.timeline.picture import Label, Picture, num
from careplan.render.timeline.sheet import svg_document
from careplan.render.timeline.style import (
    BODY,
    CHART,
    INK,
    LABELS,
    MARGIN,
    QUIET,
    RULE,
    SMALL,
    TITLE,
)  # fmt: skip
from careplan.stay.scenario.quoting import took_at_end
from careplan.stay.scenario.story import LONGEST, Story
from careplan.stay.why import why

NOTE = (
    "Each visit has its own scale, and its days are numbered from its first; ways out are told in days of "
    "the stay. A hollow mark is a session or a test that was missed. A medication's bar runs while it is "
    "taken."
)


class StoryPicture(NamedTuple):
    """A finished picture: its size in pixels, its labels with their boxes, and the SVG text."""

    width: float
    height: float
    labels: tuple[Label, ...]
    svg: str


def story_picture(story: Story) -> StoryPicture:
    """Lay out and draw a stay, as far as it was lived."""
    picture = Picture()
    shown = visits(story)
    right = max(shown[-1].column.right if shown else 0.0, MARGIN + LABELS + CHART)
    y = picture.paragraph(MARGIN, MARGIN, story.scenario.title, right - MARGIN, TITLE, True)
    y = picture.paragraph(MARGIN, y + 2, " · ".join(_about(story)), right - MARGIN, BODY, fill=QUIET)
    y = heads(picture, story, shown, y + 12)
    body = y
    columns = [each.column for each in shown]
    for words, lanes in _sections(story, shown):
        if lanes:
            y = section(picture, words, right, y)
            y = draw_lanes(picture, columns, lanes, y)
    y = section(picture, "What was decided", right, y)
    y = _decisions(picture, story, shown, y)
    ground = _edges(shown, body, y)
    picture.line(MARGIN, y + 4, right, y + 4, f'stroke="{RULE}"')
    y = picture.paragraph(MARGIN, y + 12, NOTE, right - MARGIN, SMALL, fill=QUIET)
    size = (right + MARGIN, y + MARGIN)
    svg = svg_document(f"{story.plan.label}: {story.scenario.title}", _told(story, shown), size,
                       [*ground, *picture.parts])  # fmt: skip
    return StoryPicture(*size, tuple(picture.labels), svg)


def _about(story: Story) -> Iterator[str]:
    yield story.plan.label + (f", version {story.plan.version}" if story.plan.version else "")
    titles = {fact.name: fact.label for fact in story.plan.facts}
    for given in story.scenario.given:
        value = given.value if isinstance(given.value, str) else f"{given.value:g}"
        yield f"{titles.get(given.fact, given.fact)}: {value}"
    yield _end(story)


def _end(story: Story) -> str:
    titles = {outcome.name: outcome.label for outcome in story.plan.outcomes}
    if story.outcome is not None:
        return f"ends on day {len(story.days)}: {titles.get(story.outcome, story.outcome)}"
    far = "ten years, " if len(story.days) >= LONGEST else ""
    return f"told up to {far}day {len(story.days)}; the stay goes on"


def _sections(story: Story, shown: Sequence[Shown]) -> Iterator[tuple[str, list[Lane]]]:
    yield "Clinical sessions", session_lanes(story, shown, "therapy")
    yield "Medication", course_lanes(story, shown)
    yield "Support", session_lanes(story, shown, "support")
    yield "Results and events", result_lanes(story, shown)


def _decisions(picture: Picture, story: Story, shown: Sequence[Shown], top: float) -> float:
    """Under each visit the ways out that were taken, with the tests that decided; where they end."""
    top += 6
    ends = [label(picture, "Ways out taken", ("with what decided, in days of the stay",), top)]
    for each in shown:
        y = top
        for bold, words in _decided(story, each):
            lines = wrap(words, SMALL, each.column.text_width, bold)
            y = picture.lines(each.column.text_left, y, lines, SMALL, bold, INK if bold else QUIET)
            y += 1
        ends.append(y)
    return max(ends) + 6


def _decided(story: Story, shown: Shown) -> Iterator[tuple[bool, str]]:
    for day in shown.days:
        if day.taken is None:
            continue
        bare = day.taken.model_copy(update={"when": None, "otherwise": False})
        yield True, f"Day {day.plan_day}: {exit_words(bare, took_at_end(day))}"
        tests = why(story.program, day.evening, day.taken.when)
        holding = [test for test in tests if test.truth]
        for test in holding or tests:
            yield False, f"{test.words}: {test.value}"
    if shown.visit.last == len(story.days) and story.outcome is None:
        yield False, "the story is told up to here"


def _edges(shown: Sequence[Shown], top: float, bottom: float) -> list[str]:
    return [
        f'<path d="M{num(x)} {num(top)}V{num(bottom)}" stroke="{RULE}" stroke-width="0.7"/>'
        for each in shown
        for x in (each.column.left, each.column.right)
    ]


def _told(story: Story, shown: Sequence[Shown]) -> str:
    """The stay in words, for those who do not see it."""
    parts = [
        f"{visit_words(each.visit.phase, each.visit.number)}, days {each.visit.first} to {each.visit.last}"
        for each in shown
    ]
    return f"One stay: {story.scenario.title}. {'; then '.join(parts)}; {_end(story)}."
