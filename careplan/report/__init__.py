"""Diagnostics as text: one small module for each format.

A report is written file by file, so that findings appear while others are still being checked: `begin()`,
then `shown(file(findings))` for every file with `separator` between those that are not empty, then
`end(totals)`. No format keeps the files in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Severity
from careplan.report.root import AS_GIVEN, Root
from careplan.source import Source

FORMATS = ("full", "concise", "plain", "json", "github", "gitlab", "sarif", "junit")
_FOR_PEOPLE = ("full", "concise", "plain")


class Findings(NamedTuple):
    """What was found in one file; `sources` has the text of every file that a diagnostic points to."""

    file: str
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, Source] = {}
    problem: str = ""  # why the file could not be checked, on one line
    fail_on: Severity = Severity.WARNING  # what weighs as much fails the check
    failures: tuple[str, ...] = ()  # rules that failed by a fault of careplan's own, a line each

    @property
    def troubles(self) -> list[tuple[str, str]]:
        """What could not be done, for reports that are read without the error stream: a name and words."""
        unread = [("not-checked", f"this file could not be checked: {self.problem}")] if self.problem else []
        return [*unread, *(("rule-failed", words) for words in self.failures)]


class Totals(NamedTuple):
    """How much was found, over all files."""

    files: int = 0
    with_findings: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    problems: int = 0
    held: int = 0  # found, and in the baseline: not reported
    failed: int = 0  # rules that failed, once for each file

    def __add__(self, other: object) -> Totals:
        """Both together."""
        if not isinstance(other, Totals):
            return NotImplemented
        return Totals(*(a + b for a, b in zip(self, other, strict=True)))


class Report:
    """A format: each method gives text to be written as it is."""

    separator = ""

    def begin(self) -> str:
        """What comes before the first file."""
        return ""

    def file(self, findings: Findings) -> str:
        """One file's part; empty if there is nothing to say about it. Another process may call this."""
        raise NotImplementedError

    def shown(self, part: str) -> str:
        """What is written of a file's part; called file by file in one process, so it may count."""
        return part

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - for the formats that have an end
        """What comes after the last file."""
        return ""


def report_for(format_: str, colour: bool = False, width: int = 100, root: Root = AS_GIVEN) -> Report:
    """The report in that format, one of FORMATS, or `summary`: the summary of a job on GitHub.

    Colour and width (columns) matter to `full` alone; `root` is where the paths of a CI service begin.
    """
    if format_ in _FOR_PEOPLE:
        return _for_people(format_, colour, width)
    if format_ == "junit":
        from careplan.report.junit import JUnit

        return JUnit(root)
    if format_ == "github":
        from careplan.report.github import GitHub

        return GitHub(root)
    if format_ == "gitlab":
        from careplan.report.gitlab import GitLab

        return GitLab(root)
    if format_ == "sarif":
        from careplan.report.sarif import Sarif

        return Sarif(root)
    if format_ == "summary":
        from careplan.report.summary import Summary

        return Summary(root)
    from careplan.report.json import Json

    return Json()


def _for_people(format_: str, colour: bool, width: int) -> Report:
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
        failed=len(findings.failures),
    )


def write(report: Report, every: Iterable[Findings]) -> str:
    """The whole report on `every` file at once."""
    every = list(every)
    totals = sum((count(findings) for findings in every), Totals())
    parts = [text for text in map(report.shown, map(report.file, every)) if text]
    return report.begin() + report.separator.join(parts) + report.end(totals)
