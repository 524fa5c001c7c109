"""What came of scenarios as text: one small module for each format.

A report is written file by file: `begin()`, `file(tested)` for each, `end(totals)`.
"""

from __future__ import annotations

from typing import NamedTuple

from careplan.report.root import AS_GIVEN, Root
from careplan.stay.scenario.coverage import Item
from careplan.stay.scenario.trace import Told
from careplan.stay.scenario.verdict import Result

FORMATS = ("full", "plain", "json", "junit", "github")


class Covered(NamedTuple):
    """What a file's scenarios have reached of its plan: by kind, in all, and what is missed."""

    counts: tuple[tuple[str, int, int], ...]
    reached: int
    total: int
    missed: tuple[Item, ...]


class Tested(NamedTuple):
    """One file: what came of its scenarios, told day by day where that is asked, and its coverage.

    `problem`: why they could not be run, on one line. `drawn`: the seed, where tests fell at random.
    """

    file: str
    results: tuple[Result, ...] = ()
    traces: tuple[tuple[Told, ...], ...] = ()
    covered: Covered | None = None
    problem: str = ""


class Totals(NamedTuple):
    """How many files and scenarios there were; `too_little`: files whose coverage is below the threshold."""

    files: int = 0
    scenarios: int = 0
    failed: int = 0
    problems: int = 0
    too_little: int = 0
    seed: str = ""
    days: int = 0

    def plus(self, tested: Tested, too_little: bool = False) -> Totals:
        """With one more file."""
        failed = sum(not result.passed for result in tested.results)
        return self._replace(
            files=self.files + (not tested.problem),
            scenarios=self.scenarios + len(tested.results),
            failed=self.failed + failed,
            problems=self.problems + bool(tested.problem),
            too_little=self.too_little + too_little,
            days=self.days + sum(result.days for result in tested.results),
        )


class StoryReport:
    """A format: each method gives text to be written as it is."""

    def begin(self) -> str:
        """What comes before the first file."""
        return ""

    def file(self, tested: Tested) -> str:
        """One file's part."""
        raise NotImplementedError

    def end(self, totals: Totals) -> str:  # noqa: ARG002 - for the formats that have an end
        """What comes after the last file."""
        return ""


def story_report(format_: str, colour: bool = False, width: int = 100, root: Root = AS_GIVEN) -> StoryReport:
    """The report in that format, one of FORMATS; colour and width (columns) matter to `full` alone."""
    if format_ in ("full", "plain"):
        from careplan.report.stories.people import Full, Plain

        return Full(colour, width) if format_ == "full" else Plain()
    if format_ == "junit":
        from careplan.report.stories.junit import JUnit

        return JUnit(root)
    if format_ == "github":
        from careplan.report.stories.github import GitHub

        return GitHub(root)
    from careplan.report.stories.json import Json

    return Json()
