"""One line for each diagnostic: `file:line:column: error: message [name]`."""

from __future__ import annotations

from careplan.diagnostics import Diagnostic
from careplan.files import printable
from careplan.report import Findings, Report, Totals
from careplan.report.words import place, summary


class Concise(Report):
    """For editors, `grep` and people who know the rules."""

    def file(self, findings: Findings) -> str:
        """A line for each diagnostic."""
        return "".join(_line(d, findings.file) for d in findings.diagnostics)

    def end(self, totals: Totals) -> str:
        """The summary."""
        words = summary(totals)
        return words + "\n" if words else ""


def _line(d: Diagnostic, file: str) -> str:
    return f"{place(d.span, file)}: {d.severity.word}: {printable(d.message)} [{d.name}]\n"
