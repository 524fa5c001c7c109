"""Scenarios for people: each with pass or fail, and why; as a list on a terminal, or as plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from careplan.files import printable
from careplan.plan.words import expectation_words, visit_words
from careplan.report.plain import sentence
from careplan.report.stories import StoryReport, Tested, Totals
from careplan.report.stories.coverage import coverage_lines
from careplan.report.words import several
from careplan.stay.scenario.trace import Told
from careplan.stay.scenario.verdict import Decided, Result, Trouble, Verdict
from careplan.stay.why import Because

_RED, _GREEN, _YELLOW, _BOLD, _DIM = "1;31", "32", "33", "1", "2"
_TRUTH = {True: "holds", False: "does not hold", None: "not known"}
_ALOUD = {True: "holds", False: "does not hold", None: "is not known"}
_STEP = 2


class Line:
    """One line: how far in it stands, its words, their style, and how it is said aloud."""

    __slots__ = ("aloud", "depth", "style", "words")

    def __init__(self, depth: int, words: str, style: str = "", aloud: str = ""):
        self.depth, self.words, self.style, self.aloud = depth, words, style, aloud or words


class Full(StoryReport):
    """For a terminal; colour only repeats what the words say."""

    def __init__(self, colour: bool = False, width: int = 100) -> None:
        self.colour, self.width = colour, width
        self.between = ""

    def file(self, tested: Tested) -> str:
        """The file's name, its scenarios, and its coverage."""
        name = printable(tested.file)
        count = several(len(tested.results), "scenario")
        lines = [Line(0, name, _BOLD, name if tested.problem else f"{name}: {count}")]
        if tested.problem:
            lines.append(Line(1, printable(tested.problem), _RED))
        for number, result in enumerate(tested.results):
            lines += _result(result, self)
            if tested.traces:
                lines += _trace(tested.traces[number])
        if tested.covered is not None:
            lines += [Line(1 + depth, *words) for depth, *words in coverage_lines(tested.covered)]
        text, self.between = self.between + "".join(map(self.line, lines)), "\n"
        return text

    def end(self, totals: Totals) -> str:
        """The summary."""
        return "\n" + self._paint(summary(totals), _RED if totals.failed else _BOLD) + "\n"

    def head(self, result: Result) -> Line:
        """The line with the title."""
        title = printable(result.title)
        if result.passed:
            return Line(1, f"ok    {title}", _GREEN, f"Passed: {title}")
        where = f" (line {result.span.line})" if result.span.line else ""
        return Line(1, f"FAIL  {title}{where}", _RED, f"Failed{where}: {title}")

    def line(self, line: Line) -> str:
        """The text of a line, wrapped."""
        indent = " " * (_STEP * line.depth)
        lines = wrap(
            indent + line.words, max(self.width, 40), subsequent_indent=indent + "  ", break_on_hyphens=False
        )
        return "".join(self._paint(part, line.style) + "\n" for part in lines or [""])

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text and style else text


class Plain(Full):
    """Sentences that read well aloud."""

    def line(self, line: Line) -> str:
        """A sentence on a line of its own."""
        return sentence(line.aloud) + "\n"


def summary(totals: Totals) -> str:
    """`3 scenarios in 1 file: 2 passed, 1 failed`."""
    words = f"{several(totals.scenarios, 'scenario')} in {several(totals.files, 'file')}"
    passed = totals.scenarios - totals.failed
    parts = [f"{passed:,} passed"] if passed else []
    parts += [f"{totals.failed:,} failed"] if totals.failed else []
    words += ": " + ", ".join(parts) if parts else ""
    if totals.problems:
        words += f"; {several(totals.problems, 'file')} could not be tested"
    if totals.too_little:
        words += f"; the scenarios of {several(totals.too_little, 'file')} reach too little"
    return words + (f" (tests at random: seed {totals.seed})" if totals.seed else "")


def _result(result: Result, report: Full) -> Iterator[Line]:
    yield report.head(result)
    for trouble in result.troubles:
        yield from _trouble(trouble, "error", _RED)
    for verdict in result.verdicts:
        yield from _verdict(verdict)
    for remark in result.remarks:
        yield from _trouble(remark, "note", _YELLOW)


def _trouble(trouble: Trouble, kind: str, style: str) -> Iterator[Line]:
    where = f" on line {trouble.span.line}" if trouble.span.line else ""
    words = f"{where}: {printable(trouble.what)}"
    yield Line(2, kind + words, style, kind.capitalize() + words)
    if trouble.help:
        yield Line(3, f"help: {printable(trouble.help)}", "", f"Help: {printable(trouble.help)}")


def _verdict(verdict: Verdict) -> Iterator[Line]:
    words = printable(expectation_words(verdict.expected))
    if verdict.met:
        yield Line(2, f"{words}: {verdict.what}", "", f"Met: {words}: {verdict.what}")
    else:
        line = verdict.expected.span.line
        where = f" on line {line}" if line else ""
        yield Line(2, f"not met{where}: {words}", _RED, f"Not met{where}: {words}")
        yield Line(3, verdict.what, "", f"What happens: {verdict.what}")
    if verdict.decided is not None:
        yield from _decided(verdict.decided)


def _decided(decided: Decided) -> Iterator[Line]:
    when = f"day {decided.plan_day} ({visit_words(decided.phase, decided.visit)} day {decided.day})"
    if decided.held:
        words = f"on {when}: {printable(decided.line)}"
        yield Line(3, f"because {words}", _DIM, f"Because {words}")
    else:
        closed = f", which is open {decided.closed}" if decided.closed.startswith("only") else ""
        closed = closed or (f", {decided.closed}" if decided.closed else "")
        words = f"on {when}: {printable(decided.line)}{closed}"
        yield Line(3, f"not {words}", _DIM, f"Not {words}")
    yield from _tests(decided.tests, decided.held)


def _tests(tests: tuple[Because, ...], held: bool) -> Iterator[Line]:
    """Each test with what it saw; of what came about, those that hold, if any do."""
    shown = [test for test in tests if test.truth] if held else []
    for test in shown or tests:
        words, value = printable(test.words), printable(test.value)
        aloud = f"The test `{words}` {_ALOUD[test.truth]}: {value}"
        yield Line(4, f"{words}: {_TRUTH[test.truth]}, {value}", _DIM, aloud)


def _trace(days: tuple[Told, ...]) -> Iterator[Line]:
    for told in days:
        when = f"ay {told.plan_day}, {visit_words(told.phase, told.visit)} day {told.day}: "
        words = when + printable("; ".join(told.words))
        yield Line(2, f"d{words}", "", f"D{words}")
        yield from _tests(told.because, True)


def result_text(result: Result) -> str:
    """What came of one scenario as plain sentences."""
    report = Plain()
    return "".join(report.line(line) for line in _result(result, report))
