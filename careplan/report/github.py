"""Workflow commands of GitHub Actions: each finding is an annotation at its line of a pull request.

GitHub shows ten annotations of a kind for each step and drops the others silently: those are written into
the log as they are, and counted at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from careplan.diagnostics import Diagnostic, Severity
from careplan.files import printable
from careplan.report import Findings, Report, Totals
from careplan.report.root import AS_GIVEN, Root, region
from careplan.report.words import listed, place, several, summary

LIMIT = 10
"""Annotations of one kind that GitHub shows for a step."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_NOUNS = {"error": "error", "warning": "warning", "notice": "note"}


class GitHub(Report):
    """Annotations, in a log that holds every finding."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root
        self.written: dict[str, str] = {}  # the annotations, each with its kind
        self.others: Counter[str] = Counter()

    def file(self, findings: Findings) -> str:
        """A line for each finding: the command, a tab, and the words for the log."""
        properties = {"file": self.root.path(findings.file), "title": "careplan"}
        lines = [
            _line("error", properties, words, f"{findings.file}: {words}") for _, words in findings.troubles
        ]
        return "".join((*lines, *(self._finding(d, findings) for d in findings.diagnostics)))

    def shown(self, part: str) -> str:
        """The commands up to the limit, each once; in the place of others, the words for the log."""
        lines = []
        for line in part.splitlines():
            annotation, _, words = line.partition("\t")
            kind = annotation[2:].partition(" ")[0]
            if annotation in self.written:
                continue  # a finding in a file that several plans use
            if sum(k == kind for k in self.written.values()) < LIMIT:
                self.written[annotation] = kind
                lines.append(annotation)
            else:
                self.others[kind] += 1
                lines.append(words)
        return "".join(line + "\n" for line in lines)

    def end(self, totals: Totals) -> str:
        """What is no annotation, and the summary."""
        words = summary(totals)
        text = _harmless(words) + "\n" if words else ""
        if self.others:
            more = listed([several(n, _NOUNS[kind]) for kind, n in self.others.items()])
            text = f"{more} more: in this log only, as GitHub shows {LIMIT} annotations of a kind\n{text}"
        return text

    def _finding(self, d: Diagnostic, findings: Findings) -> str:
        properties = {"file": self.root.path(d.span.file or findings.file)}
        if d.span.line:
            where = region(d.span, findings.sources.get(d.span.file))
            properties |= {"line": str(where.line), "endLine": str(where.end_line)}
            if where.end_line == where.line:  # GitHub takes columns on one line only
                last = max(where.column, where.end_column - 1)
                properties |= {"col": str(where.column), "endColumn": str(last)}
        properties["title"] = d.name
        message = "\n".join(printable(text) for text in (d.message, d.here, d.help) if text)
        words = f"{place(d.span, findings.file)}: {d.message} [{d.name}]"
        return _line(_KINDS[d.severity], properties, message, words)


def command(kind: str, properties: Mapping[str, str], message: str) -> str:
    """The workflow command, with everything escaped that has a meaning in it."""
    pairs = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    return f"::{kind} {pairs}::{escape(message)}"


def escape(text: str) -> str:
    """The text as the message of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """The text as a property of a command."""
    return escape(text).replace(":", "%3A").replace(",", "%2C")


def _line(kind: str, properties: Mapping[str, str], message: str, words: str) -> str:
    return f"{command(kind, properties, message)}\t{_NOUNS[kind]} in {_harmless(printable(words))}\n"


def _harmless(words: str) -> str:
    """The words without `##[`, by which GitHub would know a command anywhere in a line."""
    return words.replace("##[", "## [")
