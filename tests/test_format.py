"""The formatter: expected, stable, the same plan, every comment kept."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import strategies
from growth import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

import careplan
from careplan.commands.main import main
from careplan.diagnostics import PlanError
from careplan.language.format import FormatError, format_text
from careplan.language.format.verify import verify
from careplan.language.parser import SyntaxTree, parse
from careplan.reading import read_file, read_text
from careplan.source import Source

ROOT = Path(__file__).resolve().parents[1]
CORPUS = sorted((ROOT / "tests" / "corpus" / "format").glob("*.in.careplan"))
PLANS = sorted([*(ROOT / "examples").glob("*.careplan"), *(ROOT / "careplan" / "library").glob("*.careplan")])
TEXTS = [*CORPUS, *PLANS]
NAMES = [path.name for path in TEXTS]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def tree_of(text: str) -> SyntaxTree:
    return parse(Source("plan", text))[0]


def comments(text: str) -> list[str]:
    return [comment.text for comment in tree_of(text).comments]


def meaning(plan: object) -> object:
    """A plan's JSON without the places."""
    if isinstance(plan, dict):
        return {key: meaning(value) for key, value in plan.items() if key not in ("span", "file")}
    return [meaning(value) for value in plan] if isinstance(plan, list) else plan


# ---- the corpus


@pytest.mark.parametrize("path", CORPUS, ids=[p.name.removesuffix(".in.careplan") for p in CORPUS])
def test_corpus(path: Path, expected: Callable[[Path, str], None]) -> None:
    expected(path.with_name(path.name.replace(".in.", ".out.")), format_text(read(path)))


@pytest.mark.parametrize("path", TEXTS, ids=NAMES)
def test_a_second_pass_changes_nothing(path: Path) -> None:
    once = format_text(read(path))
    assert format_text(once) == once


@pytest.mark.parametrize("path", TEXTS, ids=NAMES)
def test_every_comment_is_kept_in_order(path: Path) -> None:
    assert comments(format_text(read(path))) == comments(read(path))


@pytest.mark.parametrize("path", PLANS, ids=[p.name for p in PLANS])
def test_the_plan_stays_the_same(path: Path, tmp_path: Path) -> None:
    (tmp_path / path.name).write_text(format_text(read(path)), "utf-8")
    before, after = read_file(path), read_file(tmp_path / path.name)
    assert before.plan is not None
    assert after.plan is not None
    assert meaning(after.plan.model_dump(mode="json")) == meaning(before.plan.model_dump(mode="json"))
    assert [(d.name, d.message) for d in after.diagnostics] == [
        (d.name, d.message) for d in before.diagnostics
    ]


@pytest.mark.parametrize("path", PLANS, ids=[p.name for p in PLANS])
def test_what_ships_is_in_style(path: Path) -> None:
    assert format_text(read(path)) == read(path), f"run `careplan fmt {path.name}`"


# ---- the same text in other clothes


def unindented(text: str) -> str:
    """Without any indentation but that of comments at the end of a block: it says that they belong there."""
    source = Source("plan", text)
    lines = {source.line_number(s.start) - 1 for b in parse(source)[0].blocks for s in b.lines}
    out = text.split("\n")
    followed = False  # does a line of the same block come below?
    for number in reversed(range(len(out))):
        words = out[number].strip()
        if words and not words.startswith("#"):
            followed = number in lines or words.startswith(("and ", "or "))
        if followed or not words.startswith("#"):
            out[number] = words
    return "\n".join(out)


def with_tabs(text: str) -> str:
    return "\n".join("\t" * ((len(s) - len(s.lstrip())) // 2) + s.lstrip() for s in text.split("\n"))


def with_odd_marks(text: str) -> str:
    """Curly quotes and non-breaking spaces, outside of comments."""
    lines = []
    for line in text.split("\n"):
        code, comment = re.fullmatch(r'((?:[^"#]|"[^"]*")*)(.*)', line).groups()  # type: ignore[union-attr]
        pieces = code.split('"')
        for number in range(0, len(pieces), 2):
            pieces[number] = pieces[number].replace(" ", "\u00a0")
        quotes = ("\u201d", "\u201c")
        code = "".join(piece + quotes[n % 2 == 0] for n, piece in enumerate(pieces[:-1])) + pieces[-1]
        lines.append(code + comment)
    return "\n".join(lines)


DISGUISES: dict[str, Callable[[str], str]] = {
    "unindented": unindented,
    "shifted": lambda text: "\n".join("    " + line for line in text.split("\n")),
    "tabs": with_tabs,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "odd marks": with_odd_marks,
    "blank lines": lambda text: "\n\n" + text.replace("\n\n", "\n \n\n\t\n") + "\n\n",
    "trailing blanks": lambda text: text.replace("\n", "  \t\n"),
    "no final newline": lambda text: text.removesuffix("\n"),
    "byte order mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("path", TEXTS, ids=NAMES)
def test_other_clothes_give_the_same_text(path: Path, disguise: str) -> None:
    text = format_text(read(path))
    dressed = DISGUISES[disguise](text)
    assert format_text(dressed) == text


# ---- generated plans


@settings(max_examples=40, deadline=None)
@given(strategies.plan_texts())
def test_generated_plans_are_sound_and_stay_the_same(text: str) -> None:
    plan = careplan.loads(text)
    formatted = format_text(text)
    after = careplan.loads(formatted)
    assert meaning(after.model_dump(mode="json")) == meaning(plan.model_dump(mode="json"))
    assert format_text(formatted) == formatted


@settings(max_examples=60, deadline=None)
@given(strategies.plan_texts(), st.integers(0, 2**32))
def test_untidy_plans_stay_the_same(text: str, seed: int) -> None:
    untidy = strategies.untidy(text, random.Random(seed))
    formatted = format_text(untidy)
    assert meaning(careplan.loads(formatted).model_dump(mode="json")) == meaning(
        careplan.loads(text).model_dump(mode="json")
    )
    assert comments(formatted) == comments(untidy)
    assert format_text(formatted) == formatted


# ---- refusals


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(PlanError):
        format_text("plan p\n  verzion 1\n")


def test_an_empty_text_stays_empty() -> None:
    assert format_text("") == ""
    assert format_text(" \n\t\n") == ""


@pytest.mark.parametrize(
    "changed",
    [
        "plan p # one\n  status draft\n",  # a comment less
        "# one\nplan p\n  status draft # two\n",  # a comment moved
        "plan p # two\n  status draft # one\n",  # comments exchanged
        "plan p # one\n  status active # two\n",  # a word changed
        "plan p # one\n  status draft # two\n  version 1\n",  # a line more
        "plan p # one\n  stat draft # two\n",  # unreadable
    ],
)
def test_the_check_sees_every_change(changed: str) -> None:
    before = tree_of("plan p # one\n  status draft # two\n")
    with pytest.raises(FormatError):
        verify(before, *parse(Source("plan", changed)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("phase a\n  b weekly if c is day\n", "phase a\n  b weekly if c is days\n"),
        ("phase a\n  b 1 per week\n", "phase a\n  b 1 per day\n"),
        ("phase a\n  b 10 per week\n", "phase a\n  b 1 per week\n"),
        ("phase a\n  b weekly at 08:00\n", "phase a\n  b weekly at 18:00\n"),
    ],
)
def test_the_check_sees_small_changes(one: str, other: str) -> None:
    with pytest.raises(FormatError):
        verify(tree_of(one), *parse(Source("plan", other)))


def test_a_file_that_would_change_its_meaning_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.careplan").write_text(f"plan {name}\nversion 1\n", "utf-8")
    monkeypatch.setattr("careplan.language.format.laid_out", lambda _: "plan b\n  version 1\n")
    assert main(["fmt", str(tmp_path)]) == 2
    assert (tmp_path / "a.careplan").read_text("utf-8") == "plan a\nversion 1\n"
    assert (tmp_path / "b.careplan").read_text("utf-8") == "plan b\n  version 1\n"
    assert "line 1 would have said something else" in capsys.readouterr().err


def test_it_is_quick() -> None:
    text = read(ROOT / "examples" / "oud-step-down.careplan").replace("  ", " ")
    read_text(text)
    format_text(text)
    assert seconds(lambda: format_text(text), times=5) < 3 * seconds(lambda: read_text(text), times=5)


def test_the_library_reads_as_one_text() -> None:
    assert not [d for d in read_text(format_text('use "library/measures"\n')).diagnostics if d.severity > 2]
