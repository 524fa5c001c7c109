"""Scenarios in GitHub Actions: an annotation at each expectation that is not met, in a log that holds all."""

from __future__ import annotations

from careplan.files import printable
from careplan.plan.words import expectation_words
from careplan.report.github import LIMIT, command
from careplan.report.root import AS_GIVEN, Root
from careplan.report.stories import Tested, Totals
from careplan.report.stories.people import Line, Plain
from careplan.source import Span


class GitHub(Plain):
    """The plain report, with the annotations before each file's part; GitHub shows ten of a kind."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        super().__init__()
        self.root = root
        self.written = 0
        self.others = 0

    def file(self, tested: Tested) -> str:
        """The annotations, then the words."""
        notes = []
        if tested.problem:
            notes.append((Span(tested.file, 0, 0, 0, 0), "careplan", tested.problem))
        for result in tested.results:
            notes += [(t.span, result.title, f"{t.what}\n{t.help}".strip()) for t in result.troubles]
            for verdict in result.verdicts:
                if not verdict.met:
                    words = f"{expectation_words(verdict.expected)}: {verdict.what}"
                    notes.append((verdict.expected.span, result.title, words))
        shown = notes[: max(LIMIT - self.written, 0)]
        self.written += len(shown)
        self.others += len(notes) - len(shown)
        return "".join(self._annotation(tested.file, *note) for note in shown) + super().file(tested)

    def end(self, totals: Totals) -> str:
        """The summary."""
        more = f"{self.others} more in this log only, as GitHub shows {LIMIT}\n" if self.others else ""
        return more + super().end(totals)

    def line(self, line: Line) -> str:
        """Nothing in the log may look like a command."""
        return super().line(line).replace("##[", "## [").replace("::", ": :")

    def _annotation(self, file: str, span: Span, title: str, message: str) -> str:
        properties = {"file": self.root.path(span.file or file)}
        if span.line:
            properties["line"] = str(span.line)
        properties["title"] = printable(title)
        words = "\n".join(printable(line) for line in message.splitlines())
        return command("error", properties, words) + "\n"
