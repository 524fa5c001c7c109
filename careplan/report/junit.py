"""JUnit XML, for Jenkins and all that shows test results: a suite for each file, a case for each finding."""

from __future__ import annotations

import os
from collections import Counter
from html import escape

from careplan.diagnostics import Diagnostic
from careplan.files import printable
from careplan.report import Findings, Report, Totals
from careplan.report.root import AS_GIVEN, Root
from careplan.report.words import place


class JUnit(Report):
    """Findings that fail the check are failures; a lighter one is a case that passed."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root

    def begin(self) -> str:
        """The head of the document."""
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="careplan">\n'

    def file(self, findings: Findings) -> str:
        """The suite of this file; one that is clean has one case, which passed."""
        path = self.root.path(findings.file)
        name = "careplan." + os.path.splitext(path)[0].replace(".", "_")
        seen: Counter[str] = Counter()
        cases = [self._case(d, findings, name, seen) for d in findings.diagnostics]
        errors = len(findings.troubles)
        for number, (kind, words) in enumerate(findings.troubles, 1):
            case = kind if number == 1 else f"{kind} {number}"
            cases.append(_testcase(name, case, f'<error type="{kind}" message="{_attribute(words)}"/>'))
        if not cases:
            cases.append(_testcase(name, "nothing to report", ""))
        failures = sum(d.severity >= findings.fail_on for d in findings.diagnostics)
        counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
        return f'<testsuite name="{_attribute(path)}" {counts}>\n{"".join(cases)}</testsuite>\n'

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - each suite has its own counts
        """The end of the document."""
        return "</testsuites>\n"

    def _case(self, d: Diagnostic, findings: Findings, name: str, seen: Counter[str]) -> str:
        # The name holds no line number: a test service follows a case by its name from run to run.
        seen[d.name] += 1
        case = d.name if seen[d.name] == 1 else f"{d.name} {seen[d.name]}"
        lines = [f"{place(d.span, findings.file)}: {d.message}", d.here, d.help]
        lines += [f"{place(label.span, findings.file)}: {label.text}" for label in d.related]
        text = "\n".join(escape(printable(line)) for line in lines if line)
        if d.severity < findings.fail_on:
            return _testcase(name, case, f"<system-out>{d.severity.word}: {text}</system-out>")
        head = f'type="{d.severity.word}" message="{_attribute(d.message)}"'
        return _testcase(name, case, f"<failure {head}>{text}</failure>")


def _testcase(name: str, case: str, inner: str) -> str:
    head = f'<testcase classname="{_attribute(name)}" name="{_attribute(case)}"'
    return f"  {head}>{inner}</testcase>\n" if inner else f"  {head}/>\n"


def _attribute(text: str) -> str:
    return escape(printable(text))
