"""Whatever a file holds: diagnostics, a few of them, near the fault; never an exception, never a hang."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from small_plan import SMALL

import careplan
from careplan.diagnostics import Diagnostic, Severity
from careplan.language.parser import parse
from careplan.language.tables import tables
from careplan.plan.model import Plan
from careplan.reading import Reading, read_file, read_text
from careplan.source import Source

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))


def serious(diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.severity > Severity.NOTE]


def assert_plain_words(reading: Reading) -> None:
    """No name of Lark's or Python's is ever shown."""
    internal = {s for state in tables().states for s in state if s.startswith(("_", "$")) or "__ANON" in s}
    for found in reading.diagnostics:
        words = " ".join((found.message, found.here, found.help, *(label.text for label in found.related)))
        assert not [
            name for name in (*internal, "LPAR", "RPAR", "OPERATOR", "None", "Token(") if name in words
        ]


# ---- one edit of an example


def line_edits(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Each line deleted, and each line doubled."""
    for number, line in enumerate(lines):
        if line.strip():
            yield number, [*lines[:number], *lines[number + 1 :]]
            yield number, [*lines[: number + 1], line, *lines[number + 1 :]]


def names_a_thing(line: str) -> bool:
    """Whether other lines may need this one: it declares something, or brings declarations."""
    words = line.split()
    header = line == line.lstrip() or words[0] == "band"
    return header or words[0] in (
        "start",
        "assess",
        "continue",
        "stop",
        "lasts",
        "level",
        "planned",
        "unplanned",
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_line_deleted_or_doubled(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.split("\n")
    dice = random.Random(path.stem)
    before = {(d.name, d.message) for d in read_text(text, path.name).diagnostics}
    edits = list(line_edits(lines))
    for number, edited in dice.sample(edits, min(70, len(edits))):
        reading = read_text("\n".join(edited), path.name)
        assert_plain_words(reading)
        found = [d for d in serious(reading.diagnostics) if (d.name, d.message) not in before]
        if not names_a_thing(lines[number]):
            assert len(found) <= 6, (number + 1, lines[number], [d.message for d in found])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_token_deleted_or_doubled(path: Path) -> None:
    """The report is on the line of the edit, or says what is missing because of it."""
    text = path.read_text("utf-8")
    tree = parse(Source(path.name, text))[0]
    sentences = [(b.header, True) for b in tree.blocks if b.header] + [
        (line, False) for b in tree.blocks for line in b.lines
    ]
    tokens = [(token, header) for sentence, header in sentences for token in sentence.tokens]
    dice = random.Random(path.stem)
    for token, header in dice.sample(tokens, 70):
        doubled = dice.random() < 0.5
        middle = f"{text[token.start : token.end]} {text[token.start : token.end]}" if doubled else ""
        reading = read_text(text[: token.start] + middle + text[token.end :], path.name)
        assert_plain_words(reading)
        found = serious(reading.diagnostics)
        line = tree.source.line_number(token.start)
        declares = header or names_a_thing(tree.source.line_text(line))
        if found and not declares:
            assert len(found) <= 6, (line, token.text, [d.message for d in found])
            if any(d.name in ("cannot-read", "incomplete-line", "unknown-line") for d in found):
                assert any(abs(d.span.line - line) <= 1 for d in found), (line, token.text, found)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_file_that_ends_early(path: Path) -> None:
    text = path.read_text("utf-8")
    dice = random.Random(path.stem)
    for at in sorted(dice.sample(range(len(text)), 40)):
        reading = read_text(text[:at], path.name)
        assert_plain_words(reading)
        last = text[:at].count("\n") + 1
        unread = [
            d for d in reading.diagnostics if d.name in ("cannot-read", "incomplete-line", "unclosed-quote")
        ]
        assert all(d.span.line >= last - 2 for d in unread)


# ---- any text at all


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    assert_plain_words(read_text(text))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    assert_plain_words(read_text(data.decode("latin-1")))


WORDS = sorted(
    {*tables().words, "x", "iop", "3", "8", "50", "18:00", '"t"', "2026-01-01", "1.0.0", ",", "\n"}
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(0, 40))
def test_any_words_of_the_language(words: list[str], at: int) -> None:
    lines = SMALL.split("\n")
    lines.insert(min(at, len(lines)), " ".join(words))
    assert_plain_words(read_text("\n".join(lines)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\n\n\n",
        "\t",
        "\r",
        "\ufeff",
        "# only a remark",
        "# one\n\n# two\n",
        "\x00",
        "\x00" * 999,
    ],
)
def test_a_file_with_nothing_in_it(text: str) -> None:
    reading = read_text(text)
    assert reading.is_library
    assert len(serious(reading.diagnostics)) <= 1


# ---- numbers

NUMBERED = (
    ("8 to 16 weeks", "{} weeks"),
    ("8 to 16 weeks", "at least {} weeks"),
    ("every 2 weeks", "every {} weeks"),
    ("3 per week on mon, wed, fri at 18:00", "{} per week"),
    ("3 per week on mon, wed, fri at 18:00", "{} sessions"),
    ("3 per week on mon, wed, fri at 18:00", "8 per {} weeks"),
    ("3 per week on mon, wed, fri at 18:00", "weekly in plan weeks 1 to {}"),
    ("weeks 1 to 16", "weeks 1 to {}"),
    ("weeks 1 to 16", "weeks {}"),
    ("6 to 12", "6 to {}"),
    ("50 min", "{} min"),
    ("50 min", "{} hours"),
    ("2 sessions", "{} sessions"),
    ("50 mg daily", "{} mg daily"),
    ("50 mg daily", "50 mg daily for {} days"),
    ("50 mg daily", "50 mg daily {} times"),
    ("50 mg daily", "50 mg daily\n  keep 1 to {} days between doses"),
    ("50 mg daily", "50 mg daily\n  take-home up to {} days from day 1 to day {}"),
    ("from 25 mg to 50 mg by 25 mg", "from {} mg to 50 mg by 1 mg"),
    ("from 25 mg to 50 mg by 25 mg", "from 1 mg to 50 mg by {} mg"),
    ("every 12 weeks", "every {} weeks"),
    ("for 4 weeks", "for {} weeks"),
    ("uds is negative for 4 weeks", "missed sessions >= {}"),
    ("uds is negative for 4 weeks", "attendance >= {}%"),
    ("uds is negative for 4 weeks", "weeks >= {}"),
    ("uds is negative for 4 weeks", "phq-9 < {}"),
    ("uds is negative for 4 weeks", "phq-9 falls by {}"),
    ("0 to 27", "0 to {}"),
    ("10 to 27", "10 to {}"),
    ("at end discharge", "at end extend 2 weeks at most {} times\n  at end discharge"),
    ("level 2.1", "level {}"),
    ("start in iop\n\n", "start in iop\n  version {}\n  language {}\n\n"),
    ("  planned", "  planned\n  may return to iop after {} days"),
    ("  planned", "  planned\n\ngoal sober\n  reach uds is negative\n  by week {}"),
)
NUMBERS = (
    "0",
    "00008",
    "0.1",
    "1.5",
    "99999999",
    "99999999999999999999",
    "1e9",
    "9" * 400,
    "-1",
    "1,000",
    "½",
    "٣",
)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: n[:21])
def test_any_number_anywhere(number: str) -> None:
    for right, wrong in NUMBERED:
        assert right in SMALL
        start = time.process_time()
        reading = read_text(SMALL.replace(right, wrong.replace("{}", number), 1))
        assert_plain_words(reading)
        assert time.process_time() - start < 20, wrong  # a hang; it takes milliseconds
        if number not in ("00008", "1.5", "0.1", "0", "99999999") and "level" not in wrong:
            assert serious(reading.diagnostics), wrong


# ---- files that use others


def test_a_chain_of_files(tmp_path: Path) -> None:
    for number in range(80):
        (tmp_path / f"f{number}.careplan").write_text(f'use "f{number + 1}"\nfact f{number} yes or no\n')
    (tmp_path / "f80.careplan").write_text("fact last yes or no\n")
    assert not [d for d in read_file(tmp_path / "f0.careplan").diagnostics if d.severity is Severity.ERROR]


def test_a_chain_too_long_for_any_stack(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"f{number}.careplan").write_text(f'use "f{number + 1}"\n')
    found = read_file(tmp_path / "f0.careplan").diagnostics
    assert [d.name for d in found] == ["use-too-deep"]


@pytest.mark.parametrize(
    ("used", "name"),
    [
        ("self", "use-cycle"), ("folder", "use-not-found"), ("missing", "use-not-found"),
        ("", "use-not-found"),
        (".", "use-not-found"), ("../", "use-outside"), ("../outside", "use-outside"),
        ("folder/../../outside", "use-outside"), ("/etc/passwd", "use-outside"), ("link", "use-outside"),
        ("link-folder/outside", "use-outside"), ("library/nothing", "use-not-found"),
        ("library/../measures", "use-not-found"), ("x" * 5000, "use-not-found"), ("a\\b", "use-not-found"),
        ("bad", "use-not-found"), ("~/plan", "use-not-found"), ("https://example.org/plan", "use-not-found"),
    ],
)  # fmt: skip
def test_a_use_that_leads_nowhere_or_outside(tmp_path: Path, used: str, name: str) -> None:
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (root / "folder" / "inner.careplan").write_text("fact inner yes or no\n")
    (tmp_path / "outside.careplan").write_text("fact secret yes or no\n")
    (root / "link.careplan").symlink_to(tmp_path / "outside.careplan")
    (root / "link-folder").symlink_to(tmp_path)
    (root / "bad.careplan").write_bytes(b"\xff\xfe\x00\x01")
    (root / "self.careplan").write_text(f'use "{used}"\n')
    found = read_file(root / "self.careplan").diagnostics
    assert [d.name for d in found] == [name]
    assert found[0].span.line == 1


def test_two_files_that_use_one_another(tmp_path: Path) -> None:
    (tmp_path / "a.careplan").write_text('use "b"\nuse "b"\n')
    (tmp_path / "b.careplan").write_text('use "a"\n')
    assert [d.name for d in read_file(tmp_path / "a.careplan").diagnostics] == ["use-cycle"]


# ---- JSON


@settings(max_examples=40, deadline=None)
@given(text=strategies.plan_texts())
def test_a_plan_survives_json(text: str) -> None:
    plan = careplan.loads(text)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
