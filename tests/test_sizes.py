"""However much of something a file holds: reading time grows with its size, and the fault is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear, seconds
from small_plan import SMALL

from careplan.language.parser import parse
from careplan.reading import read_text
from careplan.source import Source

CONDITION = "uds is negative for 4 weeks"
TOO_LARGE = "condition-too-large"


def within(old: str, new: str, more: str = "") -> str:
    """The small plan with `new` in place of `old`."""
    assert old in SMALL
    return SMALL.replace(old, new) + more


def many_moves(n: int) -> str:
    moves = "".join(f"  move to p{k} when m{k} is x\n" for k in range(n))
    others = "".join(f"phase q{k}\nfact r{k} yes or no\n" for k in range(n))
    return within("  at end", moves + "  at end", others)


HUGE: dict[str, tuple[Callable[[int], str], int, str]] = {
    # What there is much of: a text with n of it, the largest n, and the fault that is told.
    "parentheses": (lambda n: within(CONDITION, "(" * n + "uds is x" + ")" * n), 5_000, TOO_LARGE),
    "open parentheses": (lambda n: within(CONDITION, "(" * n + "uds is negative"), 5_000, TOO_LARGE),
    "nots": (lambda n: within(CONDITION, "not " * n + "uds is negative"), 5_000, TOO_LARGE),
    "ands": (lambda n: within(CONDITION, " and ".join(["uds is negative"] * n)), 100_000, TOO_LARGE),
    "ands without tests": (lambda n: within(CONDITION, "and " * n), 100_000, "incomplete-line"),
    "a long text": (lambda n: within('"Completed"', '"' + "x" * n + '"'), 1_000_000, ""),
    "a long line": (lambda n: SMALL + "  note " + "word " * n, 100_000, "text-without-quotes"),
    "a long name": (lambda n: within("iop", "i" * n), 100_000, ""),
    "a long number": (lambda n: within("8 to 16", "9" * n), 100_000, "number-form"),
    "a long list": (lambda n: within("  start", "  population " + "a, " * n + "b\n  start"), 100_000, ""),
    "quotes": (lambda n: SMALL + "  note " + '"' * (n + 1), 100_000, "unclosed-quote"),
    "curly quotes": (lambda n: SMALL + "  note " + "“" * n, 100_000, "curly-quote"),
    "single quotes": (lambda n: SMALL + "  note" + " 'x" * n, 100_000, "stray-character"),
    "stars": (lambda n: SMALL + "  note x " + "*~" * n, 100_000, "stray-character"),
    "stars on many lines": (lambda n: SMALL + "  note x *~\n" * n, 10_000, "stray-character"),
    "blanks": (lambda n: SMALL + " " * n, 1_000_000, ""),
    "blanks and a word": (lambda n: SMALL + " " * n + "x", 1_000_000, "unknown-line"),
    "blank lines": (lambda n: SMALL + "\n" * n, 300_000, ""),
    "commas": (lambda n: SMALL + "," * n, 100_000, "unknown-line"),
    "blocks": (lambda n: SMALL + "".join(f"source s{k}\n" for k in range(n)), 20_000, "unused-name"),
    "the same block": (lambda n: SMALL + "fact same yes or no\n" * n, 10_000, "duplicate-name"),
    "merge markers": (lambda n: SMALL + "<<<<<<< x\n" * n, 50_000, "merge-marker"),
    "bullets": (lambda n: SMALL + "• note \"x\"\n" * n, 10_000, "layout-mark"),
    "headers without a block": (lambda n: SMALL + 'phaze x "y"\n' * n, 1_000, "unknown-block"),
    "unknown names": (many_moves, 1_000, "unknown-name"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HUGE)
def test_a_file_with_too_much_of_something(kind: str) -> None:
    make, many, name = HUGE[kind]
    names: set[str] = set()

    def read(count: int) -> None:
        names.clear()
        names.update(d.name for d in read_text(make(count)).diagnostics)

    assert_linear(read, many)
    assert not name or name in names, names


def test_a_thousand_copies_of_a_line_cost_a_thousand_times_one_line() -> None:
    """No line costs more because there are many."""
    header, line = "phase iop\n", "  assess uds, phq-9 every 2 weeks on mon, wed if track is evening # why\n"

    def per_line(count: int) -> float:
        source = Source("plan", header + line * count)
        return seconds(lambda: parse(source), times=3) / count

    assert per_line(10_000) < 2 * per_line(1_000)


TEN_MEGABYTES: dict[str, tuple[str, int]] = {
    "plans": (SMALL, 12_000),
    "lorem ipsum": ("lorem ipsum dolor sit amet\n", 400_000),
    "one word": ("x", 10_000_000),
    "bullets": ("• “x”\n", 200_000),
    "stray marks": ("note x *~\n", 100_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEN_MEGABYTES)
def test_ten_megabytes(kind: str) -> None:
    text, copies = TEN_MEGABYTES[kind]
    assert_linear(lambda count: read_text(text * count), copies, hang=300)


def test_work_that_grows_with_the_square_is_seen() -> None:
    """The check can fail."""

    def pairs(count: int) -> int:
        return sum(1 for a in range(count) for b in range(count) if a == b)

    assert_linear(lambda count: sum(range(count * 1000)), 1_000)
    with pytest.raises(AssertionError, match="times as long"):
        assert_linear(pairs, 6_000)
