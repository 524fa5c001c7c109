"""What came of a question: proved, refuted with a story, or undecided with the bound that was hit."""

from __future__ import annotations

from typing import Literal, NamedTuple

from careplan.plan.model import Expectation, Scenario
from careplan.source import Span
from careplan.stay.proof.story import Story


class Verdict(NamedTuple):
    """Proved, or undecided, and why. `trivial`: nothing could ever refute it."""

    verdict: Literal["proved", "undecided"]
    why: str
    trivial: bool = False


class Counter(NamedTuple):
    """A path that refutes: its story, what a scenario that lives it again expects, and why."""

    told: Story
    expects: tuple[Expectation, ...]
    why: str


class Refuted(NamedTuple):
    """Refuted by arithmetic alone: there is no one story to tell."""

    why: str


Outcome = Verdict | Counter | Refuted


class Answer(NamedTuple):
    """The answer to one claim's line, or to one standing question.

    `name`: of the claim, or of the question. `asks`: the question in words. `why`: the reason, a sentence.
    `story` and `scenario` tell and relive a counter-example. `trivial`: nothing could ever refute it.
    """

    name: str
    asks: str
    verdict: Literal["proved", "refuted", "undecided"]
    why: str
    span: Span
    story: Story | None = None
    scenario: Scenario | None = None
    trivial: bool = False
