"""The numbers that a title or a note gives, and those that the lines of a plan say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.plan.model import DoseStep, Element, Named, Phase, Plan, Service, Test
from careplan.plan.totals import line_range

TIME = ("week", "day")
SESSION = ("minute", "min", "hour", "session", "topic")
DOSE = ("mg",)

_SCALE = {"week": 7.0, "hour": 60.0}

_NUMBER = r"\d+(?:\.\d+)?"
_MENTION = re.compile(
    rf"(?<![\d.,/$-])(?:({_NUMBER})\s?(?:-|–|to)\s?)?({_NUMBER})[ -]?"
    r"(week|day|minute|min|hour|mg|session|topic)s?\b(?! ?/| per\b| a (?:day|week)\b)",
    re.IGNORECASE,
)
_WEEKS = re.compile(r"\bweeks?\s(\d+)\s?(?:-|–|to)\s?(\d+)\b", re.IGNORECASE)
_POINT_IN_TIME = re.compile(
    r"\b(?:within|after|before|first|last|past|next|previous|under|over|about|another|by)\s(?:the\s)?$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"^\W*(?:ago|earlier|later|before|after|notice|old|in advance|late|[\w-]*free|clean|sober|abstinent"
    r"|tablets?|films?|strips?|capsules?|strength)\b",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK = (24.0, "hour")


class Mention(NamedTuple):
    """A number and its unit in a text, and the words that say it."""

    number: float
    unit: str
    words: str

    def among(self, said: set[float]) -> bool:
        """Whether the number is one of those said: in days or minutes, or (not hours) as it is."""
        return self.scaled in said or (self.unit != "hour" and self.number in said)

    @property
    def scaled(self) -> float:
        """The number in days or minutes, in which a plan counts."""
        return self.number * _SCALE.get(self.unit, 1.0)


def mentions(text: str, units: Iterable[str]) -> Iterator[Mention]:
    """The numbers with one of the units in a text, both ends of a range; `weeks 5 to 16` is 12 weeks.

    Left out are points in time (`within 2 days`, `the first 4 weeks`, `2 weeks later`), strengths of tablets
    and care round the clock.
    """
    if not any(c.isdigit() for c in text):
        return
    for match in _MENTION.finditer(text):
        ends = [float(number) for number in match.group(1, 2) if number]
        unit = match[3].lower()
        around = _POINT_IN_TIME.search(text[: match.start()]) or _TOWARDS.match(text[match.end() :])
        if unit in units and not around and ends == sorted(ends) and (ends[-1], unit) != _ROUND_THE_CLOCK:
            yield from (Mention(number, unit, match[0]) for number in ends)
    if "week" in units:
        for match in _WEEKS.finditer(text):
            yield Mention(float(match[2]) - float(match[1]) + 1, "week", match[0])


def said_by(plan: Plan, block: Named) -> set[float]:
    """The numbers that a title of the block is held against: those of its own lines."""
    if isinstance(block, Plan):
        return {*numbers_in(plan.phases)}
    if isinstance(block, Service):
        lines = tuple(line for phase in plan.phases for line in phase.services if line.service == block.name)
        return {*numbers_in(block), *numbers_in(lines)}
    return {*numbers_in(block)}


def said_anywhere(plan: Plan) -> set[float]:
    """The numbers that any line of the plan says."""
    parts = (
        plan.phases,
        plan.services,
        plan.medications,
        plan.goals,
        plan.measures,
        plan.facts,
        plan.anytime,
    )
    return {number for part in (*parts, plan.outcomes) for number in numbers_in(part)}


def is_said(plan: Plan, block: Named, mention: Mention, said: set[float]) -> bool:
    """Whether the number is one of those said, or one that lines come to.

    That is the sessions of a service, and for the plan the days of phases that follow one another.
    """
    if mention.among(said):
        return True
    if isinstance(block, Service):
        return mention.unit == "session" and _within(mention.number, sessions_of(plan, block.name))
    return isinstance(block, Plan) and _within(mention.scaled, lengths_of(plan.phases))


def _within(number: float, ranges: Iterable[tuple[int, int | None]]) -> bool:
    return any(low <= number and (high is None or number <= high) for low, high in ranges)


def numbers_in(element: object) -> Iterator[float]:
    """Every number that a part of the plan holds: days, minutes, milligrams, weeks, counts."""
    if isinstance(element, int | float) and not isinstance(element, bool):
        yield float(element)
    elif isinstance(element, Test) and element.subject not in ("days", "weeks", "sessions"):
        yield from numbers_in((element.for_days, element.within_days, element.over_days))  # no score
    elif isinstance(element, Element):
        for name, value in element.__dict__.items():
            if name not in ("span", "title", "notes", "cites", "codes", "name"):
                yield from numbers_in(value)
    elif isinstance(element, tuple):
        for part in element:
            yield from numbers_in(part)
    if isinstance(element, Service):
        yield from (float(len(element.topics)), float(element.topic_sessions))
        yield float((element.minutes or 0) + element.break_minutes)
    elif isinstance(element, Phase) and element.longest:
        yield float(element.longest)
    elif isinstance(element, DoseStep) and element.frequency is not None:
        yield from (element.low * element.frequency.low, element.high * element.frequency.high)


def lengths_of(phases: Iterable[Phase]) -> Iterator[tuple[int, int | None]]:
    """The days that two and more phases which follow one another take together, at least and at most."""
    every = [(p.lasts.low, p.longest) for p in phases if p.lasts is not None]
    for start in range(len(every)):
        for end in range(start + 2, len(every) + 1):
            among = every[start:end]
            yield sum(low for low, _ in among), _sum(high for _, high in among)


def sessions_of(plan: Plan, service: str) -> list[tuple[int, int | None]]:
    """The sessions of the service, at least and at most: those of each line, and last of all of them."""
    lines = [(phase, line) for phase in plan.phases for line in phase.services if line.service == service]
    ranges = [line_range(plan, phase, line) for phase, line in lines if line.frequency.kind != "throughout"]
    return [*ranges, (sum(low for low, _ in ranges), _sum(high for _, high in ranges))]


def _sum(numbers: Iterable[int | None]) -> int | None:
    every = list(numbers)
    known = [number for number in every if number is not None]
    return sum(known) if len(known) == len(every) else None
