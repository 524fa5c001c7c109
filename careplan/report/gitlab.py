"""GitLab's Code Quality report: one JSON array, kept as the job's artifact `codequality`."""

from __future__ import annotations

import json
from typing import Any

from careplan.diagnostics import Severity
from careplan.report import Findings, Report, Totals
from careplan.report.fingerprint import Key, keys
from careplan.report.plain import in_a_paragraph, opening
from careplan.report.root import AS_GIVEN, Root, region

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


class GitLab(Report):
    """A JSON array of findings."""

    separator = ",\n"

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root

    def begin(self) -> str:
        """The bracket before the findings."""
        return "[\n"

    def file(self, findings: Findings) -> str:
        """An object for each finding."""
        entries = [
            _entry(Key(self.root.path(findings.file), name, words, 1), opening(words), "blocker", 1, 1)
            for name, words in findings.troubles
        ]
        for d, key in zip(findings.diagnostics, keys(findings, self.root.path), strict=True):
            where = region(d.span, findings.sources.get(d.span.file))
            said = in_a_paragraph(d.message, d.here, d.help)
            lines = max(1, where.line), max(1, where.end_line)
            entries.append(_entry(key, said, _SEVERITIES[d.severity], *lines))
        return self.separator.join(entries)

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - an array of findings has no room for totals
        """The bracket after the findings."""
        return "\n]\n"


def _entry(key: Key, said: str, severity: str, first: int, last: int) -> str:
    entry: dict[str, Any] = {
        "description": said,
        "check_name": key.name,
        "fingerprint": key.digest,
        "severity": severity,
        "location": {"path": key.file, "lines": {"begin": first, "end": last}},
    }
    return json.dumps(entry, ensure_ascii=False)
