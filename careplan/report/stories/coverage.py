"""What scenarios have reached of a plan, in words."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.files import printable
from careplan.report.stories import Covered
from careplan.report.words import place
from careplan.stay.scenario.coverage import percent

_KINDS = {
    "phase": "phases",
    "exit": "ways out",
    "step": "medication steps",
    "value": "values on the edge of a condition",
}


def coverage_lines(covered: Covered) -> Iterator[tuple[int, str, str, str]]:
    """The lines: how far in each stands, its words, no style, and how it is said aloud.

    First come the shares, then what no scenario reached.
    """
    share = percent(covered.reached, covered.total)
    words = f"he scenarios reach {share:g}% of the plan, {covered.reached} of {covered.total}"
    yield 0, f"t{words}:", "", f"T{words}"
    for kind, reached, total in covered.counts:
        words = f"{_KINDS[kind]}: {reached} of {total}"
        yield 1, words, "", words.capitalize()
    for number, item in enumerate(covered.missed):
        if number == 0:
            yield 0, "not reached by any scenario:", "", f"Not reached by any scenario: {len(covered.missed)}"
        yield 1, f"{place(item.span, '')}: {printable(item.words)}", "", ""
