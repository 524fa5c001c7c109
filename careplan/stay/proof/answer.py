"""What came of a question: proved, refuted with a story, or undecided with the bound that was hit."""

from __future__ import annotations

from typing import Literal, NamedTuple

from careplan.plan.model import Expectation, Scenario
from careplan.source import Span
from careplan.stay.proof.shrink import Still
from careplan.stay.proof.story import Story


class Verdict(NamedTuple):
    """Proved, or undecided, and why. `trivial`: nothing could ever refute it."""

    verdict: Literal["proved", "undecided"]
    why: str
    trivial: bool = False


class Counter(NamedTuple):
    """A path that refutes: its story, what a scenario that lives it again expects, and why.

    `still`: whether a stay lived again refutes as well; None: if it goes through the same visits.
    """

    told: Story
    expects: tuple[Expectation, ...]
    why: str
    still: Still | None = None


Outcome = Verdict | Counter


class Answer(NamedTuple):
    """The answer to one claim's line, or to one standing question.

    `name`: of the claim, or of the question. `asks`: the question in words. `why`: the reason, a sentence.
    `story` tells a counter-example in sentences, `scenario` relives it, up to plan day `day`. `trivial`:
    nothing could ever refute it.
    """

    name: str
    asks: str
    verdict: Literal["proved", "refuted", "undecided"]
    why: str
    span: Span
    story: tuple[str, ...] = ()
    scenario: Scenario | None = None
    day: int | None = None
    trivial: bool = False
