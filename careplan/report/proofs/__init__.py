"""What came of claims and standing questions as text: one small module for each format.

A report is written file by file: `begin()`, `file(proved)` for each, `end(totals)`.
"""

from __future__ import annotations

from typing import NamedTuple

from careplan.report.root import AS_GIVEN, Root
from careplan.stay.proof.answer import Answer

FORMATS = ("full", "plain", "json", "junit", "github")


class Proved(NamedTuple):
    """One file: the answers to its claims and to the standing questions.

    `problem`: why they could not be asked, on one line. `followed`: the visits that were lived.
    """

    file: str
    claims: tuple[Answer, ...] = ()
    questions: tuple[Answer, ...] = ()
    problem: str = ""
    followed: int = 0


class Totals(NamedTuple):
    """How many files there were, and how claims (then questions) came out."""

    files: int = 0
    claims: int = 0
    refuted: int = 0
    undecided: int = 0
    to_look_at: int = 0
    open_questions: int = 0
    problems: int = 0

    def plus(self, proved: Proved) -> Totals:
        """With one more file."""
        return Totals(
            self.files + (not proved.problem),
            self.claims + len(proved.claims),
            self.refuted + _count(proved.claims, "refuted"),
            self.undecided + _count(proved.claims, "undecided"),
            self.to_look_at + sum(is_worth_a_look(answer) for answer in proved.questions),
            self.open_questions + _count(proved.questions, "undecided"),
            self.problems + bool(proved.problem),
        )


def _count(answers: tuple[Answer, ...], verdict: str) -> int:
    return sum(answer.verdict == verdict for answer in answers)


def is_worth_a_look(answer: Answer) -> bool:
    """Whether a standing question found something; what is so of an `anytime` line in one phase is not."""
    return answer.verdict == "refuted" and not answer.trivial


class ProofReport:
    """A format: each method gives text to be written as it is."""

    def begin(self) -> str:
        """What comes before the first file."""
        return ""

    def file(self, proved: Proved) -> str:
        """One file's part."""
        raise NotImplementedError

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - for the formats that have an end
        """What comes after the last file."""
        return ""


def proof_report(format_: str, colour: bool = False, width: int = 100, root: Root = AS_GIVEN) -> ProofReport:
    """The report in that format, one of FORMATS; colour and width (columns) matter to `full` alone."""
    if format_ in ("full", "plain"):
        from careplan.report.proofs.people import Full, Plain

        return Full(colour, width) if format_ == "full" else Plain()
    if format_ == "junit":
        from careplan.report.proofs.junit import JUnit

        return JUnit(root)
    if format_ == "github":
        from careplan.report.proofs.github import GitHub

        return GitHub(root)
    from careplan.report.proofs.json import Json

    return Json()
