"""Diagnostics as text: one small module for each format.

A report is written file by file, so that findings appear while others are still being checked: `begin()`,
then `file(findings)` for every file with `separator` between those that are not empty, then `end(totals)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from careplan.diagnostics import Diagnostic, Severity
from careplan.source import Source

FORMATS = ("full", "concise", "plain", "json")


class Findings(NamedTuple):
    """What was found in one file; `sources` has the text of every file that a diagnostic points to."""

    file: str
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, Source] = {}
    problem: str = ""  # why the file could not be checked, on one line


class Totals(NamedTuple):
    """How much was found, over all files."""

    files: int = 0
    with_findings: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    problems: int = 0

    def __add__(self, other: object) -> Totals:
        """Both together."""
        if not isinstance(other, Totals):
            return NotImplemented
        return Totals(*(a + b for a, b in zip(self, other, strict=True)))


class Report(Protocol):
    """A format: each method gives text to be written as it is."""

    separator: str

    def begin(self) -> str:
        """What comes before the first file."""
        ...

    def file(self, findings: Findings) -> str:
        """One file's part; empty if there is nothing to say about it."""
        ...

    def end(self, totals: Totals) -> str:
        """What comes after the last file."""
        ...


def report_for(format_: str, colour: bool = False, width: int = 100) -> Report:
    """The report in that format, one of FORMATS; colour and width (columns) matter to `full` alone."""
    if format_ == "json":
        from careplan.report.json import Json

        return Json()
    if format_ == "concise":
        from careplan.report.concise import Concise

        return Concise()
    if format_ == "plain":
        from careplan.report.plain import Plain

        return Plain()
    from careplan.report.full import Full

    return Full(colour, width)


def count(findings: Findings) -> Totals:
    """How much was found in one file."""
    by = [d.severity for d in findings.diagnostics]
    errors, warnings, notes = (by.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
    return Totals(
        files=0 if findings.problem else 1,
        with_findings=1 if by else 0,
        errors=errors,
        warnings=warnings,
        notes=notes,
        problems=1 if findings.problem else 0,
    )


def write(report: Report, every: Iterable[Findings]) -> str:
    """The whole report on `every` file at once."""
    every = list(every)
    totals = sum((count(findings) for findings in every), Totals())
    parts = [text for text in map(report.file, every) if text]
    return report.begin() + report.separator.join(parts) + report.end(totals)
