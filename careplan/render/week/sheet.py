"""What stands on a weekly sheet, before it is drawn: cards by weekday, and notes for the whole week."""

from __future__ import annotations

from typing import NamedTuple

from careplan.render.errors import RenderError


class WeekProblem(RenderError, ValueError):
    """There is no such week to show; the message is for the person who asked."""


class Card(NamedTuple):
    """One session or test on one day. `time` is local wall time, `18:00–21:30`; texts may be empty."""

    title: str
    time: str = ""
    length: str = ""
    detail: str = ""
    movable: bool = False
    notes: tuple[str, ...] = ()


class Day(NamedTuple):
    """One weekday's cards: treatment, supports and tests, each in the order of the day."""

    treatment: tuple[Card, ...]
    support: tuple[Card, ...]
    tests: tuple[Card, ...]


class Dose(NamedTuple):
    """What is taken of one medication in the week; `daily` asks for a box to tick on each day."""

    title: str
    words: str
    daily: bool


class Strip(NamedTuple):
    """Lines that belong to the whole week, under a heading such as `Also this week`."""

    heading: str
    lines: tuple[str, ...]


class Sheet(NamedTuple):
    """A week of a phase: headings, seven days (Monday first), medication, and strips below them."""

    plan: str
    phase: str
    week: int
    week_of: str  # "Week 3. This phase lasts 8 to 16 weeks."
    hours: str  # "10.8 to 12.5 hours of treatment"
    for_whom: tuple[str, ...]  # the facts given, "Schedule track: evening"
    days: tuple[Day, ...]
    doses: tuple[Dose, ...]
    strips: tuple[Strip, ...]
