"""Claims as JUnit XML: a suite for each file, a case for each line of a claim."""

from __future__ import annotations

import os
from html import escape

from careplan.files import printable
from careplan.report.proofs import ProofReport, Proved, Totals
from careplan.report.proofs.people import answer_text
from careplan.report.root import AS_GIVEN, Root
from careplan.stay.proof.answer import Answer


class JUnit(ProofReport):
    """What is refuted is a failure, what is undecided is skipped; standing questions are no cases."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root

    def begin(self) -> str:
        """The head of the document."""
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="careplan claims">\n'

    def file(self, proved: Proved) -> str:
        """The suite of this file."""
        path = self.root.path(proved.file)
        name = "careplan." + os.path.splitext(path)[0].replace(".", "_")
        cases = [_case(name, answer) for answer in proved.claims]
        errors = int(bool(proved.problem))
        if proved.problem:
            cases.append(_testcase(name, "readable", f'<error message="{_attribute(proved.problem)}"/>'))
        failures = sum(answer.verdict == "refuted" for answer in proved.claims)
        counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
        return f'<testsuite name="{_attribute(path)}" {counts}>\n{"".join(cases)}</testsuite>\n'

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - each suite has its own counts
        """The end of the document."""
        return "</testsuites>\n"


def _case(name: str, answer: Answer) -> str:
    text, title = escape(answer_text(answer)), f"{answer.name}: {answer.asks}"
    if answer.verdict == "refuted":
        inner = f'<failure type="refuted" message="{_attribute(answer.why)}">{text}</failure>'
    elif answer.verdict == "undecided":
        inner = f'<skipped message="{_attribute(answer.why)}"/>'
    else:
        inner = f"<system-out>{text}</system-out>"
    return _testcase(name, title, inner)


def _testcase(name: str, case: str, inner: str) -> str:
    return f'  <testcase classname="{_attribute(name)}" name="{_attribute(case)}">{inner}</testcase>\n'


def _attribute(text: str) -> str:
    return escape(printable(text))
