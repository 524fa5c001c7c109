"""The report as one JSON document, for programs. `careplan schema report` prints its JSON Schema.

Lines and columns count from 1, columns in characters (Unicode code points); `end_column` is the first
column after the marked text. What `format_version` 1 says stays as it is: later versions of careplan may
add members to it, and change `format_version` if they take one away or change what one means.
"""

from __future__ import annotations

import json
from typing import Any

import careplan
from careplan.diagnostics import Diagnostic
from careplan.report import Findings, Report, Totals
from careplan.report.root import region
from careplan.source import Span

FORMAT_VERSION = 1
OPTIONAL = ("held", "failed")
"""Totals that are there only where they are not 0."""


class Json(Report):
    """One JSON document."""

    separator = ",\n"

    def begin(self) -> str:
        """The head of the document, up to the list of files."""
        return f'{{"format_version": {FORMAT_VERSION}, "careplan": "{careplan.__version__}", "files": [\n'

    def file(self, findings: Findings) -> str:
        """An object; also for a file without findings."""
        entry: dict[str, Any] = {"file": findings.file}
        if findings.problem:
            entry["problem"] = findings.problem
        if findings.failures:
            entry["failures"] = list(findings.failures)
        entry["diagnostics"] = [_diagnostic(d, findings) for d in findings.diagnostics]
        return json.dumps(entry, ensure_ascii=False)

    def end(self, totals: Totals) -> str:
        """The totals, and the end of the document."""
        counts = {name: n for name, n in totals._asdict().items() if n or name not in OPTIONAL}
        return f'\n], "totals": {json.dumps(counts)}}}\n'


def _diagnostic(d: Diagnostic, findings: Findings) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": d.name,
        "severity": d.severity.word,
        "message": d.message,
        **_place(d.span, findings),
        "here": d.here,
        "help": d.help,
        "related": [{**_place(label.span, findings), "text": label.text} for label in d.related],
    }
    if d.fix:
        edits = [{**_place(edit.span, findings), "text": edit.text} for edit in d.fix.edits]
        entry["fix"] = {"title": d.fix.title, "edits": edits}
    return entry


def _place(span: Span, findings: Findings) -> dict[str, Any]:
    return {"file": span.file or findings.file, **region(span, findings.sources.get(span.file))._asdict()}
