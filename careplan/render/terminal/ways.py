"""The ways out, phase by phase, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careplan.plan.model import Plan
from careplan.render.terminal.words import Ink, fill
from careplan.render.timeline.columns import Column
from careplan.render.timeline.exits import way_words

SYMBOLS = {"step down": "▼", "step up": "▲", "move": "▶", "discharge": "■", "extend": "◆"}


def leaving(plan: Plan, placed: Sequence[Column], width: int, ink: Ink) -> Iterator[str]:
    """Every phase's ways out, then those of any phase."""
    for column in placed:
        ways = [(way, False) for way in column.phase.exits] + [(way, True) for way in column.phase.at_end]
        lines = [(SYMBOLS[way.direction], way_words(plan, way, at_end)) for way, at_end in ways]
        yield from _block(f"Leaving {column.phase.label}", lines, width, ink)
    anytime = [
        (SYMBOLS[way.direction], way_words(plan, way, excepted=block.excepted))
        for block in plan.anytime
        for way in block.exits
    ]
    yield from _block("Leaving any phase", anytime, width, ink)


def _block(title: str, ways: Sequence[tuple[str, str]], width: int, ink: Ink) -> Iterator[str]:
    if ways:
        yield ""
        yield from (ink.bold(line) for line in fill(title, width))
    for symbol, words in ways:
        first, *rest = fill(words, width - 4)
        yield f"  {symbol} {first}"
        yield from (f"    {line}" for line in rest)
