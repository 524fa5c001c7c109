"""The checks on a whole plan: real plans stay clean, one fault gives one report, and traps are not faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from growth import seconds
from pages import Page, read_pages

import careplan
from careplan.diagnostics import Diagnostic, Fix
from careplan.plan.checks import all_checks, run_checks
from careplan.reading import read_file, read_text

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.careplan"))
TRAPS = sorted((Path(__file__).parent / "corpus" / "clean").glob("*.careplan"))
PAGES: list[Page] = read_pages()
LIBRARY = sorted((Path(careplan.__file__).parent / "library").glob("*.careplan"))


def found_in(text: str) -> list[Diagnostic]:
    return list(read_text(text).diagnostics)


def mended(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize("path", [*EXAMPLES, *LIBRARY], ids=lambda path: path.stem)
def test_real_plans_are_clean(path: Path) -> None:
    assert [(d.name, d.span.line, d.message) for d in read_file(path).diagnostics] == []


@pytest.mark.parametrize("path", TRAPS, ids=lambda path: path.stem)
def test_what_looks_like_a_fault_and_is_none(path: Path) -> None:
    """Each of these is a false report that a check could make; that some lack a way up is no fault."""
    found = [d for d in read_file(path).diagnostics if d.name != "no-way-up"]
    assert [(d.name, d.span.line, d.message) for d in found] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_missing_last_line_is_told_once(path: Path) -> None:
    """Take away each `at end` line without a condition: one report, on the phase that it ended."""
    lines = path.read_text(encoding="utf-8").splitlines()
    ends = [n for n, line in enumerate(lines) if re.match(r"\s*at end (?!extend)(?!.* when )", line)]
    assert ends
    for number in ends:
        text = "\n".join(lines[:number] + lines[number + 1 :])
        names = [d.name for d in read_text(text, root=path.parent).diagnostics]
        assert len([n for n in names if n in ("phase-without-exit", "at-end-needs-otherwise")]) == 1, names
        assert len(names) <= 3, names


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_lost_line_never_breaks_the_checks(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number in range(len(lines)):
        read_text("\n".join(lines[:number] + lines[number + 1 :]), root=path.parent)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_turned_step_is_told(path: Path) -> None:
    """Turn every step round: each is reported, where it stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"\s*(at end )?step (up|down)", line):
            turned = (
                line.replace("step up", "step DOWN").replace("step down", "step up").replace("DOWN", "down")
            )
            text = "\n".join([*lines[:number], turned, *lines[number + 1 :]])
            found = read_text(text, root=path.parent).diagnostics
            assert any(
                d.span.line == number + 1 and d.name in ("step-direction", "anytime-step-down") for d in found
            ), (turned, found)


def test_the_fix_moves_the_step_down_with_its_comment() -> None:
    bad = next(page for page in PAGES if page.name == "step-down-before-step-up").bad[0]
    bad = bad.replace("for 4 weeks\n", "for 4 weeks  # a whole month\n")
    (found,) = found_in(bad)
    assert found.fix is not None
    better = mended(bad, found.fix)
    assert found_in(better) == []
    assert sorted(better.splitlines()) == sorted(bad.splitlines())
    assert "for 4 weeks  # a whole month" in better


def test_nothing_is_concluded_from_what_could_not_be_read() -> None:
    """A line that cannot be read may hold the exit, the assessment or the length that seems to be missing."""
    for page in PAGES:
        for plan in page.bad:
            broken = plan.rstrip() + "\n\nphase other\n  lasts 1 wek\n"
            assert not {"no-way-in", "unused-name", "phase-without-exit"} & {d.name for d in found_in(broken)}


def test_checks_are_quick() -> None:
    """All checks on the largest example take a small part of the time that reading it takes."""
    path = max(EXAMPLES, key=lambda path: path.stat().st_size)
    reading = read_file(path)
    assert reading.plan is not None
    run_checks(reading.plan)
    best_checks = seconds(lambda: run_checks(reading.plan), times=5)
    assert best_checks < 0.5 * seconds(lambda: read_file(path), times=5)
    assert len(all_checks()) > 20


PLANTED = [
    # A line like this, made into this, is told by this name.
    (r"(\s*on return .*)", "", {"missing-on-return"}),
    (r"(\s*continue through .*)", "", {"medication-never-stops"}),
    (r"(\s*assess .* )(every 2 weeks)$", r"\1in weeks 1 to 999", {"cannot-read", "weeks-beyond-phase"}),
    (r"(\s*review )(weekly|every .*)", r"\1every 50 weeks", {"no-review-day-between"}),
    (r"(\s*length )(\S+ \S+)( plus .*)?$", "", {"service-without-length"}),
    (r"(\s*)(unplanned|planned)$", "", {"outcome-unclassified"}),
    (r"(\s*maintenance .*)", "", {"medication-without-dose", "open-step-not-last"}),
]


@pytest.mark.parametrize(("line", "new", "names"), PLANTED, ids=[min(p[2]) for p in PLANTED])
def test_planted_faults_are_told_by_their_name(line: str, new: str, names: set[str]) -> None:
    """A change says nothing where the plan still makes sense, and else just what it did."""
    told = 0
    for path in EXAMPLES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, text in enumerate(lines):
            if not re.fullmatch(line, text):
                continue
            changed = [*lines[:number], re.sub(line, new, text), *lines[number + 1 :]]
            found = {d.name for d in read_text("\n".join(changed), root=path.parent).diagnostics}
            told += bool(found & names)
            assert len(found) <= 2, (path.name, text, found)
    assert told, f"no example could show {names}"
