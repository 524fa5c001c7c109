"""Scenarios as JUnit XML: a suite for each file, a case for each scenario."""

from __future__ import annotations

import os
from html import escape

from careplan.files import printable
from careplan.report.root import AS_GIVEN, Root
from careplan.report.stories import StoryReport, Tested, Totals
from careplan.report.stories.people import result_text
from careplan.stay.scenario.verdict import Result


class JUnit(StoryReport):
    """A scenario whose expectations are not met is a failure; one that is itself wrong is an error."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root

    def begin(self) -> str:
        """The head of the document."""
        return '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="careplan scenarios">\n'

    def file(self, tested: Tested) -> str:
        """The suite of this file."""
        path = self.root.path(tested.file)
        name = "careplan." + os.path.splitext(path)[0].replace(".", "_")
        cases = [_case(name, result) for result in tested.results]
        errors = sum(bool(result.troubles) for result in tested.results)
        failures = sum(not result.passed and not result.troubles for result in tested.results)
        if tested.problem:
            errors += 1
            inner = f'<error type="not-tested" message="{_attribute(tested.problem)}"/>'
            cases.append(_testcase(name, "readable", inner))
        counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
        return f'<testsuite name="{_attribute(path)}" {counts}>\n{"".join(cases)}</testsuite>\n'

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - each suite has its own counts
        """The end of the document."""
        return "</testsuites>\n"


def _case(name: str, result: Result) -> str:
    text = escape(result_text(result))
    if result.passed:
        return _testcase(name, result.title, f"<system-out>{text}</system-out>")
    if result.troubles:
        head = f'<error type="{result.troubles[0].name}" message="{_attribute(result.troubles[0].what)}">'
        return _testcase(name, result.title, f"{head}{text}</error>")
    first = next(verdict for verdict in result.verdicts if not verdict.met)
    return _testcase(
        name, result.title, f'<failure type="not-met" message="{_attribute(first.what)}">{text}</failure>'
    )


def _testcase(name: str, case: str, inner: str) -> str:
    return f'  <testcase classname="{_attribute(name)}" name="{_attribute(case)}">{inner}</testcase>\n'


def _attribute(text: str) -> str:
    return escape(printable(text))
