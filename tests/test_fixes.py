"""Fixes never touch a dose, drug, date, threshold, direction or level, and never make a plan worse."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.commands.fixing import Seen, fixed
from careplan.diagnostics import Diagnostic, Edit, Fix, Severity, error, warning
from careplan.fixes import apply_fixes, edited, is_safe
from careplan.plan.model import Plan
from careplan.reading import read_text
from careplan.source import Source
from tests.pages import read_pages
from tests.test_rules import RULES, plans

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.careplan"))
BAD = [(page.name, text) for page in read_pages() for text in page.bad]
BAD += [(rule.name, text) for rule in RULES for text in plans(rule, "bad")]


def see(text: str) -> Seen:
    read = read_text(text)
    return Seen(read.plan, read.diagnostics)


def untidy(path: Path) -> list[str]:
    """Plans with slips of the kinds that have fixes, the same ones in every run."""
    text = path.read_text("utf-8")
    slips = [
        (r"(\d) to (\d)", r"\1-\2"),
        (r"(\d) to (\d)", r"\1 – \2"),
        (r"^(  )(\w)", r"\1• \2"),
        (r"\b(when|for|every|and)\b", lambda m: m[0].title()),
        (r"\b([a-z]+)-([a-z]+)\b", r"\1_\2"),
        (r'"', "“"),
        (r"^phase", "fase"),
        (r"\bassess (\w+)", r"asses \1"),
    ]
    chance = random.Random(path.name)
    made = []
    for pattern, new in slips:
        places = [*re.finditer(pattern, text, re.MULTILINE)]
        for place in chance.sample(places, min(1, len(places))):
            changed = re.sub(pattern, new, place[0], count=1, flags=re.MULTILINE)  # type: ignore[call-overload]
            made.append(text[: place.start()] + changed + text[place.end() :])
    return made


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", unicodedata.normalize("NFKC", text)))


DRUGS = re.compile(
    r"methadone|buprenorphine|naltrexone|naloxone|acamprosate|disulfiram|bup-nx", re.IGNORECASE
)
DIRECTIONS = re.compile(
    r"\b(?:up|down|higher|lower|above|below|at least|at most|level)\b|[<>]=?", re.IGNORECASE
)


def said(text: str) -> tuple[Counter[str], ...]:
    """The numbers, drugs and directions that a text says."""
    found = (Counter(word.lower() for word in kind.findall(text)) for kind in (DRUGS, DIRECTIONS))
    return (numbers(text), *found)


def meaning(plan: Plan | None) -> object:
    return plan and bare(plan.model_dump())


def bare(value: object) -> object:
    """The value without places; the order of a phase's exits is one that a fix may mend."""
    if isinstance(value, dict):
        kept = {k: bare(v) for k, v in value.items() if k != "span"}
        return {k: sorted(v, key=repr) if k == "exits" else v for k, v in kept.items()}
    return [bare(part) for part in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize(("name", "text"), BAD, ids=[name for name, _ in BAD])
def test_a_fix_touches_nothing_that_matters(name: str, text: str) -> None:
    source = Source("plan", text)
    for found in see(text).found:
        if found.fix is not None and is_safe(source, found.fix):
            after = apply_fixes(source, [found])
            assert after.fixed == (found,)
            assert said(after.text) == said(text), name
    check_fixed(text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_slips_are_mended_and_nothing_else(path: Path) -> None:
    made = [check_fixed(text) for text in untidy(path)]
    assert sum(made) >= len(made) // 3


def check_fixed(text: str) -> int:
    """Hold the text with its fixes against the text; how many were made."""
    before = see(text)
    done = fixed(Source("plan", text), see)
    after = see(done.text)
    assert bool(done.number) == (done.text != text)
    if before.plan is not None:
        assert after.plan is not None
        assert meaning(after.plan) == meaning(before.plan)
        assert not names(after) - names(before)
    else:
        assert said(done.text) == said(text)
        assert errors(after) <= errors(before)
    assert fixed(Source("plan", done.text), see).number == 0
    return done.number


def names(seen: Seen) -> Counter[str]:
    return Counter(d.name for d in seen.found)


def errors(seen: Seen) -> int:
    return sum(d.severity is Severity.ERROR for d in seen.found)


PLAN = """\
plan oud "Opioid use disorder"
  use drug naltrexone from 2026-03-01
medication pill "Trexall"
  dose 8 mg every 12 hours, up to 16 mg
phase iop
  level 2.1
  step down to aftercare when phq-9 < 10 for 4 weeks
"""


def change(old: str, new: str) -> tuple[Source, Diagnostic]:
    source = Source("plan", PLAN)
    start = PLAN.index(old)
    span = source.span(start, start + len(old))
    return source, error("x", "y", span, fix=Fix("z", (Edit(span, new),)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("8 mg", "80 mg"),
        ("8 mg", "8 mcg"),
        (" mg", "0 mg"),
        ("8 mg", "0.8 mg"),
        ("12 hours", "12 days"),
        ("up to", "down to"),
        ("naltrexone", "naloxone"),
        ("Trexall", "Trexal"),
        ("2026-03-01", "2026-03-02"),
        ("2.1", "2.5"),
        ("level ", ""),
        ("step down", "step up"),
        ("< 10", "<= 10"),
        ("< 10", "> 10"),
        ("4 weeks", "4 days"),
        (" for 4 weeks", ""),
        ("phq-9", "phq-2"),
    ],
)
def test_what_matters_is_refused(old: str, new: str) -> None:
    source, found = change(old, new)
    assert found.fix is not None
    assert not is_safe(source, found.fix)
    assert apply_fixes(source, [found]) == (PLAN, ())


@pytest.mark.parametrize(("old", "new"), [("phase", "block"), (" when", "  When"), ("8 mg", "８ mg")])
def test_other_words_are_not(old: str, new: str) -> None:
    source, found = change(old, new)
    assert apply_fixes(source, [found]).text == PLAN.replace(old, new, 1)


@given(
    st.text("ab\n", max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("xy", max_size=2))),
)
def test_edits_that_meet_are_left_for_later(text: str, wanted: list[tuple[int, int, str]]) -> None:
    source = Source("plan", text)
    found = []
    for start, length, new in wanted:
        start = min(start, len(text))
        span = source.span(start, min(len(text), start + length))
        found.append(warning("x", "y", span, fix=Fix("z", (Edit(span, new),))))
    done = apply_fixes(source, found, any_words=True)
    expected = text
    for d in sorted(done.fixed, key=lambda d: (d.span.start, d.span.end), reverse=True):
        assert d.fix is not None
        expected = expected[: d.span.start] + d.fix.edits[0].text + expected[d.span.end :]
    assert done.text == expected
    assert not found or done.fixed[0] == found[0]


def test_edits_of_another_file_are_not_made() -> None:
    source, found = change("phase", "block")
    assert apply_fixes(Source("other", PLAN), [found]).fixed == ()
    assert edited(source.text, []) == PLAN


@pytest.mark.parametrize("number", [1, 3])
def test_a_fix_that_brings_a_new_fault_is_left_out_and_the_others_are_made(number: int) -> None:
    text = "one bad line\n" * number + "a stray sign;\n"

    def see_lines(text: str) -> Seen:
        source = Source("plan", text)
        found = []
        for at, name, new in [
            (m.start(), m[0], {"bad": "sad", ";": ""}.get(m[0])) for m in re.finditer("bad|sad|;", text)
        ]:
            span = source.span(at, at + len(name))
            found.append(warning(name, "x", span, fix=None if new is None else Fix("z", (Edit(span, new),))))
        return Seen(None, tuple(found))

    done = fixed(Source("plan", text), see_lines)
    assert done.text == text.replace(";", "")
    assert (done.number, done.refused) == (1, number)
