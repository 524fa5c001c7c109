"""Ways out as `expect because` quotes them: the line up to `when`, the whole line, or what it is called."""

from __future__ import annotations

from careplan.plan.model import Exit, Expectation
from careplan.plan.words import condition_words
from careplan.stay.day import Day
from careplan.stay.scenario.story import Story


def fits(expected: Expectation, way: Exit, at_end: bool) -> bool:
    """Whether the line quotes this way out; where it quotes a condition, that has to be the same."""
    quote = expected.exit
    if quote is None:
        return False
    if quote.called is not None:
        return way.called == quote.called
    if at_end != expected.at_end or (way.direction, way.target) != (quote.direction, quote.target):
        return False
    if quote.otherwise and way.when is not None:
        return False
    if quote.extend_days is not None and quote.extend_days != way.extend_days:
        return False
    if quote.when is None:
        return True
    return way.when is not None and condition_words(way.when) == condition_words(quote.when)


def took_at_end(day: Day) -> bool:
    """Whether the way out of that day was an `at end` line."""
    return bool(day.tried) and day.taken is not None and day.tried[-1].kind == "at end"


def also_quoted(story: Story, expected: Expectation, day: Day) -> int:
    """How many other ways out of the day's phase the line quotes as well as the one that was taken."""
    return sum(way is not day.taken and fits(expected, way, at_end) for way, at_end in ways(story, day.phase))


def ways(story: Story, phase: str) -> list[tuple[Exit, bool]]:
    """The ways out of a phase in the order in which they are tried, and whether each is an `at end` line."""
    ready = story.program.phases[phase]
    return [*((way.exit, False) for way in ready.exits), *((way.exit, True) for way in ready.at_end)]
