"""The summary of a job on GitHub: a table of every finding, in Markdown."""

from __future__ import annotations

import re

from careplan.files import printable
from careplan.report import Findings, Report, Totals
from careplan.report.root import AS_GIVEN, Root
from careplan.report.words import several, summary

LARGEST = 1_000_000
"""Bytes that are written; GitHub takes up to 1 MiB from a step, and drops a longer summary altogether."""

_HEAD = "| | where | what | finding |\n|---|---|---|---|\n"
_SIGNS = re.compile(r"[&<>\\`*_\[\]#!|~@$:]")


class Summary(Report):
    """A heading, the table, and how much was found."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root
        self.size = 0
        self.left_out = 0

    def begin(self) -> str:
        """The heading."""
        return "### careplan\n\n"

    def file(self, findings: Findings) -> str:
        """A row for each finding."""
        troubles = [self._row("error", findings.file, 0, words, name) for name, words in findings.troubles]
        rows = (
            self._row(d.severity.word, d.span.file or findings.file, d.span.line, d.message, d.name)
            for d in findings.diagnostics
        )
        return "".join((*troubles, *rows))

    def shown(self, part: str) -> str:
        """The rows, as long as GitHub takes more."""
        if not part:
            return ""
        text = part if self.size else _HEAD + part
        size = len(text.encode())
        if self.left_out or self.size + size > LARGEST:
            self.left_out += part.count("\n")
            return ""
        self.size += size
        return text

    def end(self, totals: Totals) -> str:
        """How much was found."""
        words = summary(totals) or f"{several(totals.problems, 'file')} could not be checked"
        more = f"; {several(self.left_out, 'finding')} left out of this table" if self.left_out else ""
        return f"\n{markdown(words + more)}.\n"

    def _row(self, kind: str, file: str, line: int, message: str, name: str) -> str:
        where = self.root.path(file) + (f":{line}" if line else "")
        return f"| {kind} | {markdown(where)} | {markdown(message)} | {markdown(name)} |\n"


def markdown(text: str) -> str:
    """The text for a cell of a table: `names` stand in code, everything else stands for itself."""
    parts = re.split(r"`([^`]*)`", printable(text))
    parts[1::2] = [f"<code>{_literal(part)}</code>" for part in parts[1::2]]
    parts[::2] = map(_literal, parts[::2])
    return "".join(parts)


def _literal(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)
