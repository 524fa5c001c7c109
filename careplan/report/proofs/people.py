"""Claims and standing questions for people: what is proved, and for whom what is refuted does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from careplan.files import printable
from careplan.plan.words.scenarios import scenario_words
from careplan.report.plain import sentence
from careplan.report.proofs import ProofReport, Proved, Totals, is_worth_a_look
from careplan.report.words import several
from careplan.stay.proof.answer import Answer

_RED, _GREEN, _YELLOW, _BOLD, _DIM = "1;31", "32", "33", "1", "2"
_MARKS = {
    "proved": ("proved   ", _GREEN),
    "refuted": ("REFUTED  ", _RED),
    "undecided": ("undecided", _YELLOW),
}


class Line(NamedTuple):
    """One line: how far in it stands, its words, their style, and how it is said aloud ("": not at all)."""

    depth: int
    words: str
    style: str = ""
    aloud: str | None = None
    as_it_is: bool = False


class Full(ProofReport):
    """For a terminal; colour only repeats what the words say."""

    def __init__(self, colour: bool = False, width: int = 100) -> None:
        self.colour, self.width = colour, width
        self.between = ""

    def file(self, proved: Proved) -> str:
        """The file's name, its claims, and what the standing questions found."""
        lines = [Line(0, printable(proved.file), _BOLD)]
        if proved.problem:
            lines.append(Line(1, printable(proved.problem), _RED))
        for answer in proved.claims:
            lines += _claim(answer)
        lines += _questions(proved)
        text, self.between = self.between + "".join(map(self.line, lines)), "\n"
        return text

    def end(self, totals: Totals) -> str:
        """The summary."""
        return "\n" + self._paint(summary(totals), _RED if totals.refuted else _BOLD) + "\n"

    def line(self, line: Line) -> str:
        """The text of a line, wrapped."""
        indent = "  " * line.depth
        if line.as_it_is:
            return f"{indent}{line.words}\n"
        lines = wrap(
            indent + line.words, max(self.width, 40), subsequent_indent=indent + "  ",
            break_on_hyphens=False, break_long_words=False,
        )  # fmt: skip
        return "".join(self._paint(part, line.style) + "\n" for part in lines or [""])

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text and style else text


class Plain(Full):
    """Sentences that read well aloud; the scenario stands as it can be pasted."""

    def line(self, line: Line) -> str:
        """A sentence on a line of its own."""
        if line.as_it_is:
            return super().line(line)
        return sentence(line.words if line.aloud is None else line.aloud) + "\n"


def summary(totals: Totals) -> str:
    """`4 claims in 1 file: 3 proved, 1 refuted; 2 things to look at`."""
    proved = totals.claims - totals.refuted - totals.undecided
    counts = ((proved, "proved"), (totals.refuted, "refuted"), (totals.undecided, "undecided"))
    parts = [f"{count} {word}" for count, word in counts if count]
    words = f"{several(totals.claims, 'line')} of claims in {several(totals.files, 'file')}"
    words += ": " + ", ".join(parts) if parts else ""
    words += f"; asked of every plan: {several(totals.to_look_at, 'thing')} to look at"
    if totals.open_questions:
        words += f", {several(totals.open_questions, 'question')} undecided"
    return words + (f"; {several(totals.problems, 'file')} could not be read" if totals.problems else "")


def answer_text(answer: Answer) -> str:
    """One answer as plain sentences."""
    report = Plain()
    return "".join(report.line(line) for line in _claim(answer))


def _claim(answer: Answer) -> Iterator[Line]:
    mark, style = _MARKS[answer.verdict]
    where = f" (line {answer.span.line})" if answer.span.line else ""
    words = f"{printable(answer.name)}: {printable(answer.asks)}{where}"
    yield Line(1, f"{mark} {words}", style, f"{mark.strip().capitalize()}: {words}")
    trivial = ", so the claim says nothing" if answer.trivial else ""
    if answer.story:
        yield from _story(answer)
    else:
        yield Line(2, printable(answer.why) + trivial)


def _story(answer: Answer) -> Iterator[Line]:
    for said in answer.story:
        yield Line(2, printable(said))
    if answer.scenario is not None:
        yield Line(2, "to live it again with `careplan test`, put this into the plan:", _DIM)
        for text in scenario_words(answer.scenario).rstrip().split("\n"):
            yield Line(3, printable(text), "", None, True)


def _questions(proved: Proved) -> Iterator[Line]:
    shown = [answer for answer in proved.questions if is_worth_a_look(answer)]
    unsure = [answer for answer in proved.questions if answer.verdict == "undecided"]
    sure = len(proved.questions) - len(shown) - len(unsure)
    if not proved.questions:
        return
    yield Line(1, f"asked of every plan: {several(len(proved.questions), 'question')}", _BOLD)
    for answer in shown:
        where = f" (line {answer.span.line})" if answer.span.line else ""
        yield Line(2, f"look at {answer.name}: {printable(answer.asks)}{where}", _YELLOW)
        if answer.story:
            yield from (Line(3, line.words, line.style, line.aloud, line.as_it_is) for line in _story(answer))
        else:
            yield Line(3, printable(answer.why))
    for answer in unsure:
        yield Line(2, f"undecided {answer.name}: {printable(answer.asks)} {printable(answer.why)}", _DIM)
    if sure:
        yield Line(2, f"nothing to look at in {'the others' if shown or unsure else 'any of them'} ({sure})")
