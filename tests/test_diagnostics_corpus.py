"""The pages of tests/corpus/diagnostics: a plan, what is wrong on which line, and the whole report.

A page is prose with fenced plans. In a plan, `# error: NAME` (or `# warning:`, `# note:`) stands at the end
of each faulty line; the report that follows the plan is written by `pytest --update-corpus`. A line that
begins with `--- NAME` inside of a plan begins another file, which the plan can `use`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from careplan.diagnostics import Severity
from careplan.reading import Reading, read_file
from careplan.report import Findings, report_for

CORPUS = sorted((Path(__file__).parent / "corpus" / "diagnostics").glob("*.md"))
PLAN = re.compile(
    r"^```careplan\n(?P<plan>.*?)^```\n(?:\n```text\n(?P<report>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)
MARK = re.compile(r"  # (error|warning|note): ([a-z-]+(?:, [a-z-]+)*)$")
FILE = re.compile(r"^--- (\S+)\n", re.MULTILINE)


def read(plan: str, folder: Path) -> Reading:
    """The reading of the first file of `plan`, without its marks."""
    parts = FILE.split("\n".join(MARK.sub("", line) for line in plan.split("\n")))
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "plan.careplan").write_text(parts[0], "utf-8")
    return read_file(folder / "plan.careplan")


def marked(plan: str) -> list[tuple[int, str, str]]:
    """The line, severity and name of every mark in the first file of `plan`."""
    lines = FILE.split(plan)[0].split("\n")
    found = [(number, match) for number, line in enumerate(lines, 1) if (match := MARK.search(line))]
    return [(number, match[1], name) for number, match in found for name in match[2].split(", ")]


def rendered(reading: Reading, folder: Path) -> str:
    """The report in full, without colour, with places that are the same on every machine."""
    sources = {_short(name, folder): source for name, source in reading.sources.items()}
    diagnostics = tuple(d._replace(span=d.span._replace(file=_short(d.span.file, folder)),
                                   related=tuple(label._replace(span=label.span._replace(
                                       file=_short(label.span.file, folder))) for label in d.related))
                        for d in reading.diagnostics)  # fmt: skip
    report = report_for("full").file(Findings("plan.careplan", diagnostics, sources))
    return report.replace(f"{folder}/", "").replace(str(folder), ".")


def _short(name: str, folder: Path) -> str:
    return name.removeprefix(f"{folder}/")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_page(path: Path, expected: Callable[[Path, str], None], tmp_path: Path) -> None:
    page = path.read_text("utf-8")
    assert PLAN.search(page)
    number = 0

    def anew(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        folder = tmp_path / str(number)
        folder.mkdir()
        reading = read(match["plan"], folder)
        own = [d for d in reading.diagnostics if d.span.file.endswith("plan.careplan")]
        assert sorted((d.span.line, d.severity.word, d.name) for d in own) == sorted(marked(match["plan"]))
        return f"```careplan\n{match['plan']}```\n\n```text\n{rendered(reading, folder)}```\n"

    expected(path, PLAN.sub(anew, page))


def test_every_page_shows_a_fault() -> None:
    assert len(CORPUS) >= 20
    for path in CORPUS:
        for match in PLAN.finditer(path.read_text("utf-8")):
            assert marked(match["plan"])


def test_every_severity_that_is_marked_is_one() -> None:
    words = {severity.word for severity in Severity}
    for path in CORPUS:
        for match in PLAN.finditer(path.read_text("utf-8")):
            assert {severity for _, severity, _ in marked(match["plan"])} <= words
