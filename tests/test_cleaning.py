"""What pasted text brings along: one report for each fault, in its place, and fixes that mend it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import pytest

from careplan.diagnostics import Diagnostic, Severity
from careplan.language.tables import tables
from careplan.reading import read_text

CLEAN = """\
plan small "A small plan"
  start in iop

fact track one of day, evening
measure phq-9 0 to 27, lower is better
measure uds one of negative, positive

therapy cbt "Cognitive behavioural therapy"
  format group of 6 to 12
  length 50 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  cbt 3 per week on mon, wed, fri at 18:00 if track is evening
  assess phq-9, uds weekly
  discharge as completed when phq-9 < 10 and uds is negative
  at end discharge as completed

outcome completed "Completed"
  planned
"""


class Fault(NamedTuple):
    """`right` of the clean plan, as it arrives; `mark` is what the report must point at."""

    right: str
    pasted: str
    name: str
    mark: str
    mends: bool = True  # the fix gives a plan that reads like the clean one


FAULTS = (
    Fault('"Cognitive behavioural therapy"', "“Cognitive behavioural therapy”", "curly-quote", "“"),
    Fault('"Cognitive behavioural therapy"', "„Cognitive behavioural therapy“", "curly-quote", "„"),
    Fault('"Cognitive behavioural therapy"', "«Cognitive behavioural therapy»", "curly-quote", "«"),
    Fault('"Cognitive behavioural therapy"', '"Cognitive behavioural therapy”', "curly-quote", "”"),
    Fault('"Cognitive behavioural therapy"', '“Cognitive behavioural therapy"', "curly-quote", "“"),
    Fault('"Cognitive behavioural therapy"', "‘Cognitive behavioural therapy’", "single-quote", "‘"),
    Fault('"Cognitive behavioural therapy"', "'Cognitive behavioural therapy'", "single-quote", "'"),
    Fault('"Cognitive behavioural therapy"', '"Cognitive behavioural therapy', "unclosed-quote",
          '"Cognitive behavioural therapy', False),
    Fault("8 to 16 weeks", "8\u00a0to 16\u00a0weeks", "non-breaking-space", "\u00a0"),
    Fault("8 to 16 weeks", "8 to\u202f16 weeks", "non-breaking-space", "\u202f"),
    Fault("8 to 16 weeks", "8 to\u3000 16 weeks", "non-breaking-space", "\u3000"),
    Fault("8 to 16 weeks", "8 \u200bto 16 weeks", "invisible-character", "\u200b"),
    Fault("8 to 16 weeks", "8 to 16 we\u00adeks", "invisible-character", "\u00ad"),
    Fault("8 to 16 weeks", "8 to 16 weeks\ufeff", "invisible-character", "\ufeff"),
    Fault("8 to 16 weeks", "8 to 16 weeks\u200e", "invisible-character", "\u200e"),
    Fault("8 to 16 weeks", "8 to 16 weeks\u2066", "invisible-character", "\u2066"),
    Fault("6 to 12", "6-12", "range-with-hyphen", "6-12"),
    Fault("6 to 12", "6–12", "range-with-hyphen", "6–12"),
    Fault("6 to 12", "6—12", "range-with-hyphen", "6—12"),
    Fault("6 to 12", "6 – 12", "range-with-hyphen", "–"),
    Fault("6 to 12", "6 - 12", "range-with-hyphen", "-"),
    Fault("8 to 16 weeks", "8 weeks – 16 weeks", "range-with-hyphen", "–"),
    Fault("phq-9, uds weekly", "phq–9, uds weekly", "long-dash", "–"),
    Fault("phq-9, uds weekly", "phq−9, uds weekly", "long-dash", "−"),
    Fault("phq-9, uds weekly", "phq‑9, uds weekly", "long-dash", "‑"),
    Fault("mon, wed, fri", "mon，wed， fri", "full-width-character", "，"),
    Fault("mon, wed, fri", "mon、wed, fri", "full-width-character", "、"),
    Fault("18:00", "18：00", "full-width-character", "："),
    Fault("lasts", "ｌａｓｔｓ", "full-width-character", "ｌ"),
    Fault("16 weeks", "１６ weeks", "full-width-character", "１"),
    Fault("phq-9 < 10", "phq-9 ＜ 10", "full-width-character", "＜"),
    Fault("  cbt 3", "• cbt 3", "layout-mark", "•"),
    Fault("  cbt 3", "  •\tcbt 3", "layout-mark", "•"),
    Fault("  cbt 3", "  · cbt 3", "layout-mark", "·"),
    Fault("  cbt 3", "  - cbt 3", "layout-mark", "-"),
    Fault("  cbt 3", "  * cbt 3", "layout-mark", "*"),
    Fault("  cbt 3", "  – cbt 3", "layout-mark", "–"),
    Fault("  cbt 3", "  ☐ cbt 3", "layout-mark", "☐"),
    Fault("  cbt 3", "  1. cbt 3", "layout-mark", "1."),
    Fault("  cbt 3", "  12) cbt 3", "layout-mark", "12)"),
    Fault("  cbt 3", "  (2) cbt 3", "layout-mark", "(2)"),
    Fault("  cbt 3", "  a) cbt 3", "layout-mark", "a)"),
    Fault("  cbt 3", ">   cbt 3", "layout-mark", ">"),
    Fault("  cbt 3", "> > cbt 3", "layout-mark", "> >"),
    Fault("phase iop", "- phase iop", "layout-mark", "-"),
    Fault("phase iop", "----------\nphase iop", "layout-mark", "----------"),
    Fault("phase iop", "========\nphase iop", "layout-mark", "========"),
    Fault("phase iop", "* * * *\nphase iop", "layout-mark", "* * * *"),
    Fault("phase iop", "```careplan\nphase iop", "layout-mark", "```careplan"),
    Fault("track is evening", "träck is evening", "foreign-letter", "träck"),
    Fault("track is evening", "tr\u0430ck is evening", "foreign-letter", "tr\u0430ck"),
    Fault("phase iop", "phase アイ", "foreign-letter", "アイ", False),
    Fault("phq-9 < 10", "phq-9 ≤ 9", "unknown-sign", "≤", False),
    Fault("phq-9 < 10", "phq-9 ≥ 10", "unknown-sign", "≥", False),
    Fault("phq-9 < 10", "phq-9 =< 9", "unknown-sign", "=<", False),
    Fault("phq-9 < 10", "phq-9 < = 9", "unknown-sign", "< =", False),
    Fault("track is evening", "track = evening", "unknown-sign", "="),
    Fault("track is evening", "track=evening", "unknown-sign", "="),
    Fault("track is evening", "track == evening", "unknown-sign", "=="),
    Fault("uds is negative\n", "uds ≠ positive\n", "unknown-sign", "≠", False),
    Fault("uds is negative\n", "uds != positive\n", "unknown-sign", "!=", False),
    Fault("10 and uds", "10 & uds", "unknown-sign", "&"),
    Fault("10 and uds", "10 && uds", "unknown-sign", "&&"),
    Fault("10 and uds", "10&uds", "unknown-sign", "&"),
    Fault("mon, wed, fri", "mon, wed & fri", "unknown-sign", "&"),
    Fault("mon, wed, fri", "mon, wed, fri …", "stray-character", "…", False),
    Fault("mon, wed, fri", "mon, wed, fri ...", "stray-character", "...", False),
    Fault("mon, wed, fri", "mon/wed/fri", "unknown-sign", "/", False),
    Fault("  cbt 3", "  😀 cbt 3", "stray-character", "😀", False),
    Fault("  cbt 3", "  👩‍⚕️ cbt 3", "stray-character", "👩‍⚕️", False),
    Fault("16 weeks", "16 weeks.", "stray-character", "."),
    Fault("16 weeks", "16 weeks;", "stray-character", ";"),
    Fault('"Intensive outpatient"', '"Intensive outpatient":', "stray-character", ":"),
    Fault('"Intensive outpatient"', '"Intensive outpatient" {', "stray-character", "{"),
    Fault("  cbt 3", "  Cbt 3", "letter-case", "Cbt"),
    Fault("uds weekly", "uds weekly,", "stray-comma", ","),
    Fault("3 per week on", "3/week on", "unknown-sign", "/", False),
    Fault("3 per week on", "3x per week on", "how-often", "3x per week"),
    Fault("50 min", "50 minuets", "other-wording", "minuets"),
    Fault("18:00", "6pm", "time-of-day", "6pm"),
    Fault("18:00", "18.00", "time-of-day", "18.00"),
)  # fmt: skip


def mended(text: str, diagnostics: tuple[Diagnostic, ...]) -> str:
    """The text with every fix applied, from the last edit to the first."""
    edits = {edit for d in diagnostics if d.fix for edit in d.fix.edits}
    for edit in sorted(edits, key=lambda e: -e.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def meaning(text: str) -> str:
    """The plan as JSON without places."""
    reading = read_text(text)
    assert reading.plan is not None, [d.message for d in reading.diagnostics]
    return re.sub(r'"span":\[[^\]]*\]', "", reading.plan.model_dump_json())


def names_terminals(words: str) -> list[str]:
    """The names of Lark's terminals and the grammar's rules among `words`."""
    internal = {symbol for state in tables().states for symbol in state if not symbol.islower()}
    internal |= {rule.origin for rule in tables().rules if "_" in rule.origin}
    internal |= {"__ANON", "$END", "_NL", "Token"}
    outside = re.sub(r"`[^`]*`", "", words)
    return [word for word in re.findall(r"[$\w]+", outside) if word in internal or word.startswith("__")]


def test_the_clean_plan_is_clean() -> None:
    assert read_text(CLEAN).diagnostics == ()


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{f.name} {f.pasted!a}" for f in FAULTS])
def test_each_fault_is_reported_once_in_its_place(fault: Fault) -> None:
    assert CLEAN.count(fault.right) == 1
    text = CLEAN.replace(fault.right, fault.pasted)
    found = [d for d in read_text(text).diagnostics if d.severity > Severity.NOTE]
    assert [d.name for d in found] == [fault.name]
    report = found[0]
    start = CLEAN.index(fault.right) + fault.pasted.index(fault.mark)
    assert (report.span.start, report.span.end) == (start, start + len(fault.mark))
    assert report.help
    assert names_terminals(" ".join((report.message, report.here, report.help))) == []


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.mends], ids=lambda f: f"{f.name} {f.pasted!a}")
def test_the_fix_gives_a_plan_that_reads_like_the_clean_one(fault: Fault) -> None:
    text = CLEAN.replace(fault.right, fault.pasted)
    again = mended(text, read_text(text).diagnostics)
    assert [d.message for d in read_text(again).diagnostics if d.severity > Severity.NOTE] == []
    assert meaning(again) == meaning(CLEAN)


@pytest.mark.parametrize(
    "fault", [f for f in FAULTS if f.name == "unknown-sign"], ids=lambda f: ascii(f.pasted)
)
def test_the_fix_of_a_sign_can_be_read(fault: Fault) -> None:
    text = CLEAN.replace(fault.right, fault.pasted)
    diagnostics = read_text(text).diagnostics
    if diagnostics[0].fix:
        assert read_text(mended(text, diagnostics)).plan is not None


def test_faults_that_harm_nothing_do_not_stop_the_plan() -> None:
    """What is only a warning was read as what was meant."""
    for fault in FAULTS:
        reading = read_text(CLEAN.replace(fault.right, fault.pasted))
        if all(d.severity < Severity.ERROR for d in reading.diagnostics):
            assert meaning(CLEAN.replace(fault.right, fault.pasted)) == meaning(CLEAN)


@pytest.mark.parametrize(
    "title",
    [
        "The client’s group",
        "Group – evening",
        "“Quoted”",
        "50 µg",
        "😀",
        "日本語",
        "a\u00a0b",
        "1,5 ½ … • & ≥",
        "'x'",
    ],
)
def test_titles_may_hold_anything(title: str) -> None:
    text = CLEAN.replace("Intensive outpatient", title)
    assert read_text(text).diagnostics == ()
    plan = read_text(text).plan
    assert plan is not None
    assert plan.phase("iop").title == title


def test_comments_may_hold_anything() -> None:
    text = "".join(f"{line} # • “ – ≥ … ' {{ 😀\u00a0\n" for line in CLEAN.splitlines())
    assert read_text(text).diagnostics == ()


# ---- the whole file

WHOLE = {
    "CRLF": (CLEAN.replace("\n", "\r\n"), "line-ends"),
    "CR": (CLEAN.replace("\n", "\r"), "line-ends"),
    "mixed": (CLEAN.replace("\n", "\r\n", 5), "line-ends"),
    "vertical tab": (CLEAN.replace("\n  length", "\x0b  length"), "line-ends"),
    "line separator": (CLEAN.replace("\n  length", "\u2028  length"), "line-ends"),
    "byte order mark": ("\ufeff" + CLEAN, "byte-order-mark"),
    "tabs": (CLEAN.replace("  ", "\t"), "tab"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_a_whole_file_has_is_noted_once(kind: str) -> None:
    text, name = WHOLE[kind]
    reading = read_text(text)
    assert [(d.name, d.severity) for d in reading.diagnostics] == [(name, Severity.NOTE)]
    assert meaning(text) == meaning(CLEAN)


@pytest.mark.parametrize("kind", WHOLE)
def test_faults_keep_their_lines_in_such_a_file(kind: str) -> None:
    text = WHOLE[kind][0].replace("weekly", "weeklyy")
    report = next(d for d in read_text(text).diagnostics if d.severity > Severity.NOTE)
    assert text[report.span.start : report.span.end] == "weeklyy"


# ---- merges

OURS = "  lasts 8 to 16 weeks\n"
MERGES = {
    "two versions": f"<<<<<<< HEAD\n{OURS}=======\n  lasts 4 weeks\n>>>>>>> theirs\n",
    "diff3": f"<<<<<<< HEAD\n{OURS}||||||| base\n  lasts 2 weeks\n=======\n  lasts 4 weeks\n>>>>>>> theirs\n",
    "nested": f"<<<<<<< HEAD\n<<<<<<< inner\n{OURS}=======\n  lasts 1 day\n>>>>>>> inner\n=======\n"
    "  lasts 4 weeks\n>>>>>>> theirs\n",
    "no end": f"{OURS}<<<<<<< HEAD\n",
    "only an end": f"=======\n{OURS}>>>>>>> theirs\n",
    "CRLF": f"<<<<<<< HEAD\r\n{OURS}=======\r\n  lasts 4 weeks\r\n>>>>>>> theirs\r\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", MERGES)
def test_an_unfinished_merge_is_one_error_at_its_first_mark(kind: str) -> None:
    text = CLEAN.replace(OURS, MERGES[kind])
    found = [d for d in read_text(text).diagnostics if d.severity > Severity.NOTE]
    assert [d.name for d in found] == ["merge-marker"]
    assert re.match("<{7}|={7}", text[found[0].span.start :])


def test_every_conflict_is_reported() -> None:
    text = CLEAN.replace(OURS, MERGES["two versions"]) + MERGES["diff3"].replace("  lasts", '  note "x" # ')
    assert [d.name for d in read_text(text).diagnostics] == ["merge-marker"] * 2


# ---- several at once


def test_faults_on_several_lines_are_reported_on_each() -> None:
    text = CLEAN
    chosen = [
        f for f in FAULTS if f.name in ("curly-quote", "layout-mark", "full-width-character", "unknown-sign")
    ]
    taken: dict[int, Fault] = {}
    for fault in chosen:
        line = CLEAN[: CLEAN.index(fault.right)].count("\n")
        if line not in taken and "\n" not in fault.pasted:
            taken[line] = fault
    for fault in taken.values():
        text = text.replace(fault.right, fault.pasted)
    found = [(d.span.line - 1, d.name) for d in read_text(text).diagnostics]
    assert found == sorted((line, fault.name) for line, fault in taken.items())


def test_every_space_and_every_dash_of_unicode_is_known() -> None:
    """None is left that would give a message about an unknown sign."""
    for code in range(0x80, 0x10000):
        char = chr(code)
        category = unicodedata.category(char)
        if category not in ("Zs", "Cf") or char in "\u06dd\u070f\u08e2\ufff9\ufffa\ufffb":
            continue
        names = {d.name for d in read_text(CLEAN.replace("8 to", f"8 {char}to")).diagnostics}
        assert names <= {"non-breaking-space", "invisible-character", "stray-character", "foreign-letter"}, (
            hex(code)
        )
