"""What came of claims as JSON, for programs; `format_version` changes when a field changes its meaning."""

from __future__ import annotations

import json
from typing import Any

import careplan
from careplan.plan.words.scenarios import scenario_words
from careplan.report.proofs import ProofReport, Proved, Totals
from careplan.stay.proof.answer import Answer


class Json(ProofReport):
    """One object with every file."""

    def __init__(self) -> None:
        self.between = ""

    def begin(self) -> str:
        """The head."""
        return f'{{"format_version": 1, "careplan": "{careplan.__version__}", "files": ['

    def file(self, proved: Proved) -> str:
        """The object of this file."""
        found = {
            "file": proved.file,
            "problem": proved.problem or None,
            "visits_followed": proved.followed,
            "claims": [_answer(answer) for answer in proved.claims],
            "questions": [_answer(answer) for answer in proved.questions],
        }
        text = self.between + "\n" + json.dumps(found, ensure_ascii=False)
        self.between = ","
        return text

    def end(self, totals: Totals) -> str:
        """The summary."""
        return f'\n], "summary": {json.dumps(totals._asdict())}}}\n'


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "name": answer.name,
        "asks": answer.asks,
        "verdict": answer.verdict,
        "why": answer.why,
        "trivial": answer.trivial,
        "line": answer.span.line or None,
        "in_file": answer.span.file or None,
        "day": answer.day,
        "story": list(answer.story),
        "scenario": None if answer.scenario is None else scenario_words(answer.scenario),
    }
