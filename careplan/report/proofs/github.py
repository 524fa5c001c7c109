"""Claims in GitHub Actions: an annotation at each line that is refuted, in a log that holds all."""

from __future__ import annotations

from careplan.files import printable
from careplan.report.github import LIMIT, command
from careplan.report.proofs import Proved
from careplan.report.proofs.people import Line, Plain
from careplan.report.root import AS_GIVEN, Root
from careplan.stay.proof.answer import Answer


class GitHub(Plain):
    """The plain report, with the annotations before each file's part; GitHub shows ten of a kind."""

    def __init__(self, root: Root = AS_GIVEN) -> None:
        super().__init__()
        self.root = root
        self.written = 0

    def file(self, proved: Proved) -> str:
        """The annotations, then the words."""
        notes = [self._problem(proved)] if proved.problem else []
        notes += [self._annotation(proved.file, a) for a in proved.claims if a.verdict == "refuted"]
        shown = notes[: max(LIMIT - self.written, 0)]
        self.written += len(shown)
        return "".join(shown) + super().file(proved)

    def line(self, line: Line) -> str:
        """Nothing in the log may look like a command."""
        return super().line(line).replace("##[", "## [").replace("::", ": :")

    def _problem(self, proved: Proved) -> str:
        properties = {"file": self.root.path(proved.file), "title": "careplan"}
        return command("error", properties, printable(proved.problem)) + "\n"

    def _annotation(self, file: str, answer: Answer) -> str:
        properties = {"file": self.root.path(answer.span.file or file)}
        if answer.span.line:
            properties["line"] = str(answer.span.line)
        properties["title"] = printable(answer.name)
        words = [f"refuted: {answer.asks}", *(answer.story or (answer.why,))]
        return command("error", properties, "\n".join(map(printable, words))) + "\n"
