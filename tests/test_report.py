from __future__ import annotations

import json
import pickle
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import careplan
from careplan.diagnostics import Diagnostic, Edit, Fix, Label, error, note, warning
from careplan.report import FORMATS, Findings, Totals, count, report_for, write
from careplan.report.excerpt import excerpt
from careplan.report.schema import report_schema
from careplan.source import NOWHERE, Source
from tests.conftest import Expected

CORPUS = Path(__file__).parent / "corpus" / "reports"

PLAN = Source(
    "plans/oud.careplan",
    'plan oud "Opioid use disorder"\n'
    "phase iop\n"
    "\tlasts\t8 to 16 weeks\n"
    '  note "住院治疗 and more" # 住院\n'
    "  step up to residential when cows >= 13\n"
    f'  note "{"a very long remark, " * 20}" lasst 8 weeks {"and on it goes " * 20}\n'
    "phase residential\n",
)
LIBRARY = Source("plans/shared.careplan", "measure cows 0 to 48, lower is better\n")


def at(source: Source, words: str) -> object:
    start = source.text.index(words)
    return source.span(start, start + len(words))


def findings() -> list[Findings]:
    iop, lasts = at(PLAN, "phase iop"), at(PLAN, "8 to 16 weeks")
    bar = at(PLAN, "住院治疗")
    fix = Fix("write it plainly", (Edit(bar, "plain"),))
    found = (
        note("line-ends", "this file has Windows line ends (CRLF)", PLAN.span(31, 31)),
        error(
            "phase-without-exit",
            "`iop` can last 16 weeks, and nothing says what happens then",
            lasts,
            here="week 16 is the last",
            help="add a line such as `at end step down to aftercare`",
            related=(Label(iop, "the phase begins here"),),
        ),
        warning("long-dash", "a wide character stands here", bar, fix=fix),
        error("misspelt", "`lasst` is no line of a phase", at(PLAN, "lasst"), here="did you mean `lasts`?"),
        error(
            "threshold-outside",
            "a related place in another file",
            at(PLAN, "cows >= 13"),
            related=(Label(at(LIBRARY, "cows"), "declared here"),),
        ),
        error(
            "phase-without-exit",
            "`residential` has no end\x1b[31m",
            at(PLAN, "phase residential\n"),
            here="open",
        ),
        warning("no-plan", "this says nothing about a place", NOWHERE),
    )
    sources = {PLAN.name: PLAN, LIBRARY.name: LIBRARY}
    return [
        Findings("plans/clean.careplan", (), {}),
        Findings(PLAN.name, found, sources),
        Findings("plans/gone.careplan", problem="there is no such file"),
        Findings(
            LIBRARY.name,
            (note("unused", "`cows` is not used", at(LIBRARY, "cows")),),
            {LIBRARY.name: LIBRARY},
        ),
    ]


@pytest.mark.parametrize("format_", [*FORMATS, "summary"])
def test_golden(format_: str, expected: Expected, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "# {0}\n\nseverity: error\n\nWhat `{0}` finds. And why.\n"
    monkeypatch.setattr("careplan.report.pages.page_of", page.format)  # the pages themselves change
    text = write(report_for(format_), findings())
    expected(CORPUS / f"{format_}.txt", text.replace(careplan.__version__, "VERSION"))


def test_golden_of_colour(expected: Expected) -> None:
    text = write(report_for("full", colour=True), findings())
    expected(CORPUS / "full-colour.txt", text.replace("\x1b", "␛"))
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == write(report_for("full"), findings())


@pytest.mark.parametrize("format_", ["full", "concise", "plain"])
def test_nothing_controls_the_terminal_without_colour(format_: str) -> None:
    text = write(report_for(format_), findings())
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]


def test_plain_has_no_art() -> None:
    text = write(report_for("plain"), findings())
    assert not re.search(r"[~^|│─╭]{2}|^\s*\d+ \|", text, re.MULTILINE)


def test_json_is_what_its_schema_says() -> None:
    Draft202012Validator.check_schema(report_schema())
    check = Draft202012Validator(report_schema()).validate
    check(json.loads(write(report_for("json"), findings())))
    check(json.loads(write(report_for("json"), [])))


def test_json_places_are_the_marked_text() -> None:
    report = json.loads(write(report_for("json"), findings()))
    (found,) = [d for d in report["files"][1]["diagnostics"] if d["name"] == "long-dash"]
    line = PLAN.line_text(found["line"])
    assert found["line"] == found["end_line"]
    assert line[found["column"] - 1 : found["end_column"] - 1] == "住院治疗"


def test_totals() -> None:
    totals = sum(map(count, findings()), Totals())
    assert totals == Totals(files=3, with_findings=2, errors=4, warnings=2, notes=2, problems=1)


@pytest.mark.parametrize(
    ("every", "said"),
    [
        ([Findings("a")] * 14, "14 plans checked, nothing to report"),
        ([Findings("a")], "1 plan checked, nothing to report"),
        ([Findings("a", problem="gone")], ""),
        ([Findings("a"), Findings("b", problem="gone")], "nothing to report; 1 file could not be checked"),
        ([Findings("a", (warning("x", "y", NOWHERE),))], "1 warning in 1 file"),
        ([Findings("a"), Findings("b", (error("x", "y", NOWHERE),) * 2)], "2 errors in 1 of 2 files"),
    ],
)
@pytest.mark.parametrize("format_", ["full", "concise", "plain"])
def test_summary(format_: str, every: list[Findings], said: str) -> None:
    text = write(report_for(format_), every)
    assert said in text
    assert bool(text) == bool(said)


def test_every_report_can_go_to_another_process() -> None:
    for format_ in FORMATS:
        again = pickle.loads(pickle.dumps(report_for(format_)))
        assert again.file(findings()[1]) == report_for(format_).file(findings()[1])


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


LINE_TEXT = st.text(st.sampled_from('aé"\t住ｗ \u0301\u200b\u202e\x1b\u00a0…'), max_size=150)


@given(LINE_TEXT, LINE_TEXT, LINE_TEXT, st.integers(20, 120))
def test_marks_stand_under_what_they_mark(before: str, marked: str, after: str, width: int) -> None:
    source = Source("x", f"# first\n{before}{marked}{after}\n")
    start = 8 + len(before)
    part = excerpt(source, source.span(start, start + len(marked)), width)
    assert part.width >= 1
    assert columns(part.line) <= width + part.line.count("\u0301")
    assert part.at + part.width <= width + 1
    seen = "".join(c for c in part.line for _ in range(columns(c)))  # as a terminal lays it out
    if marked and set(before + marked) <= set('aé"住ｗ') and columns(before + marked) < 20:
        assert seen[part.at : part.at + part.width] == "".join(c for c in marked for _ in range(columns(c)))


def test_a_long_line_is_cut_around_the_mark() -> None:
    span = at(PLAN, "lasst")
    part = excerpt(PLAN, span, 60)
    assert part.line[part.at : part.at + part.width] == "lasst"
    assert part.line.startswith("…")
    assert part.line.endswith("…")
    assert len(part.line) <= 60


def test_a_finding_whose_text_is_not_at_hand_is_still_told() -> None:
    d: Diagnostic = error("x", "y", at(PLAN, "phase iop"), here="here")
    for format_ in FORMATS:
        assert "y" in report_for(format_).file(Findings("other", (d,)))
