"""What came of scenarios as JSON, for programs; `format_version` changes when a field changes its meaning."""

from __future__ import annotations

import json
from typing import Any

import careplan
from careplan.plan.words import expectation_words
from careplan.report.stories import Covered, StoryReport, Tested, Totals
from careplan.source import Span
from careplan.stay.scenario.trace import Told
from careplan.stay.scenario.verdict import Decided, Result, Trouble, Verdict
from careplan.stay.why import Because


class Json(StoryReport):
    """One object with every file."""

    def __init__(self) -> None:
        self.between = ""

    def begin(self) -> str:
        """The head."""
        return f'{{"format_version": 1, "careplan": "{careplan.__version__}", "files": ['

    def file(self, tested: Tested) -> str:
        """The object of this file."""
        text = self.between + "\n" + json.dumps(file_json(tested), ensure_ascii=False)
        self.between = ","
        return text

    def end(self, totals: Totals) -> str:
        """The summary."""
        summary = {
            "files": totals.files,
            "scenarios": totals.scenarios,
            "failed": totals.failed,
            "problems": totals.problems,
            "below_threshold": totals.too_little,
            "seed": totals.seed or None,
        }
        return f'\n], "summary": {json.dumps(summary)}}}\n'


def file_json(tested: Tested) -> dict[str, Any]:
    """What came of one file."""
    traces = tested.traces or ((),) * len(tested.results)
    found: dict[str, Any] = {
        "file": tested.file,
        "problem": tested.problem or None,
        "scenarios": [_result(r, t) for r, t in zip(tested.results, traces, strict=True)],
    }
    if tested.covered is not None:
        found["coverage"] = _covered(tested.covered)
    return found


def _result(result: Result, days: tuple[Told, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": result.title,
        **_place(result.span),
        "passed": result.passed,
        "days": result.days,
        "outcome": result.outcome,
        "seed": result.seed,
        "expectations": [_verdict(verdict) for verdict in result.verdicts],
        "errors": [_trouble(trouble) for trouble in result.troubles],
        "notes": [_trouble(remark) for remark in result.remarks],
    }
    if days:
        found["trace"] = [_told(told) for told in days]
    return found


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "text": expectation_words(verdict.expected),
        **_place(verdict.expected.span),
        "met": verdict.met,
        "what": verdict.what,
        "day": verdict.plan_day,
        "because": None if verdict.decided is None else _decided(verdict.decided),
        "instead": None if verdict.instead is None else expectation_words(verdict.instead),
    }


def _decided(decided: Decided) -> dict[str, Any]:
    return {
        "day": decided.plan_day,
        "phase": decided.phase,
        "visit": decided.visit,
        "phase_day": decided.day,
        "text": decided.line,
        **_place(decided.span),
        "held": decided.held,
        "closed": decided.closed or None,
        "tests": [_because(test) for test in decided.tests],
    }


def _because(test: Because) -> dict[str, Any]:
    return {"text": test.words, "truth": test.truth, "value": test.value}


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {"name": trouble.name, "text": trouble.what, **_place(trouble.span), "help": trouble.help or None}


def _told(told: Told) -> dict[str, Any]:
    return {
        "day": told.plan_day,
        "phase": told.phase,
        "visit": told.visit,
        "phase_day": told.day,
        "events": list(told.words),
        "tests": [_because(test) for test in told.because],
    }


def _covered(covered: Covered) -> dict[str, Any]:
    return {
        "reached": covered.reached,
        "total": covered.total,
        "kinds": {kind: {"reached": reached, "total": total} for kind, reached, total in covered.counts},
        "missed": [{"kind": i.kind, "text": i.words, **_place(i.span)} for i in covered.missed],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"line": span.line or None, "in_file": span.file or None}
