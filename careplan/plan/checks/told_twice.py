"""Lines of a scenario or a claim that another line makes pointless or contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.model import Claim, Element, Expectation, Said, Scenario
from careplan.plan.words.claims import promise_words
from careplan.plan.words.scenarios import expectation_words, said_words, stage_words

_ATTENDANCE = ("attend", "miss", "cancel")


def check(context: Context) -> Iterator[Diagnostic]:
    """The later line wins for its time; two expectations of one day must agree."""
    for scenario in context.plan.scenarios:
        yield from _told(scenario)
        yield from _expected(scenario)
    for claim in context.plan.claims:
        yield from _promised(claim)


def _told(scenario: Scenario) -> Iterator[Diagnostic]:
    for number, said in enumerate(scenario.says):
        later = next((s for s in scenario.says[number + 1 :] if _replaces(s, said)), None)
        if later is not None:
            words, other = said_words(said), said_words(later)
            unheard = f"`{words}` is not heard: a later line says otherwise for the same time"
            both = ", or list both results in one line" if said.kind == "result" else ""
            yield warning(
                "told-twice",
                unheard if words != other else f"`{words}` is told twice",
                said.span,
                related=(Label(later.span, "the later line, which wins"),),
                help=f"keep one of the two{both}",
            )


def _replaces(later: Said, said: Said) -> bool:
    if later.kind == "event" or stage_words(later.stage) != stage_words(said.stage):
        return later.kind == said.kind == "event" and said_words(later) == said_words(said)
    if later.kind in _ATTENDANCE and said.kind in _ATTENDANCE:
        return not later.names or (bool(said.names) and set(said.names) <= set(later.names))
    return later.kind == said.kind and later.names == said.names


def _expected(scenario: Scenario) -> Iterator[Diagnostic]:
    for number, expected in enumerate(scenario.expects):
        for before in scenario.expects[:number]:
            if _same_question(before, expected):
                words, other = expectation_words(expected), expectation_words(before)
                if words == other:
                    yield _twice(words, expected, before)
                else:
                    yield warning(
                        "contradictory-expectations",
                        f"`{words}` and `{other}` cannot both be so",
                        expected.span,
                        related=(Label(before.span, "the other line"),),
                        help="keep the one that is meant, or name another day",
                    )
                break


def _same_question(one: Expectation, other: Expectation) -> bool:
    """Whether two expectations ask the same, so that their answers must agree."""
    kinds = {one.kind, other.kind}
    if kinds == {"outcome"}:
        return True
    if kinds == {"sessions"}:
        return (one.name, one.due, set(one.phases)) == (other.name, other.due, set(other.phases))
    if one.on is None or other.on is None or _day(one) != _day(other):
        return False
    return kinds == {"phase"} or (kinds <= {"taking", "not taking"} and one.name == other.name)


def _day(expected: Expectation) -> tuple[int, str | None, int] | None:
    on = expected.on
    return None if on is None else (on.day, on.phase, on.visit)


def _promised(claim: Claim) -> Iterator[Diagnostic]:
    first: dict[str, Element] = {}
    for promise in claim.claims:
        words = promise_words(promise)
        if words in first:
            yield _twice(words, promise, first[words])
        first.setdefault(words, promise)


def _twice(words: str, line: Element, first: Element) -> Diagnostic:
    return warning(
        "told-twice",
        f"`{words}` is said twice",
        line.span,
        related=(Label(first.span, "said here first"),),
        help="keep one of the two",
    )
