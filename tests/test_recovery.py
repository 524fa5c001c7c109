"""Every fault in one run: planted faults are reported on their lines, once, and nowhere else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lark import Lark
from lark.exceptions import LarkError

from careplan.diagnostics import Severity
from careplan.language.generate import START_RULES
from careplan.language.grammar import grammar_text
from careplan.language.parser import LINE_RULES, parse
from careplan.reading import read_text
from careplan.source import Source

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))
AIM = 0.95


@pytest.fixture(scope="module")
def lark() -> Lark:
    return Lark(grammar_text(), parser="lalr", start=list(START_RULES), maybe_placeholders=True)


def one_line_sentences(text: str) -> dict[int, str]:
    """Line numbers (from 0) of the sentences that fill one line, and the rules that read them."""
    tree, _ = parse(Source("example", text))
    found = {}
    for block in tree.blocks:
        sentences = [(block.header, "header"), *((line, LINE_RULES[block.kind]) for line in block.lines)]
        for sentence, rule in sentences:
            if sentence is not None:
                first = tree.source.line_number(sentence.start)
                if first == tree.source.line_number(sentence.end - 1):
                    found[first - 1] = rule
    return found


def garble(line: str, dice: random.Random) -> str:
    """The line with one word dropped, doubled, misspelt or cut off."""
    words = line.split(" ")
    places = [i for i, word in enumerate(words) if word]
    at = dice.choice(places)
    word = words[at]
    way = dice.choice(("drop", "double", "swap", "delete", "add", "cut"))
    if way == "drop":
        del words[at]
    elif way == "double":
        words.insert(at, word)
    elif way == "swap" and len(word) > 2:
        i = dice.randrange(len(word) - 1)
        words[at] = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    elif way == "delete" and len(word) > 2:
        i = dice.randrange(len(word))
        words[at] = word[:i] + word[i + 1 :]
    elif way == "add":
        i = dice.randrange(len(word) + 1)
        words[at] = word[:i] + dice.choice("qxz;:") + word[i:]
    elif len(places) > 1:
        words = words[: places[-1]]
    return " ".join(words)


def is_fault(lark: Lark, line: str, rule: str) -> bool:
    """Whether Lark itself, which has no part in the recovery, cannot read the line."""
    try:
        lark.parse(line.strip(), start=rule)
    except LarkError:
        return True
    return False


def test_planted_faults_are_reported_once_each_and_nowhere_else(lark: Lark) -> None:
    dice = random.Random(20261124)
    tried = exact = 0
    misses: list[str] = []
    for path in EXAMPLES:
        text = path.read_text("utf-8")
        lines = text.split("\n")
        rules = one_line_sentences(text)
        for _ in range(60):
            spots = sorted(dice.sample(sorted(rules), dice.choice((1, 1, 2, 3, 5))))
            garbled = list(lines)
            for spot in spots:
                garbled[spot] = garble(lines[spot], dice)
            if not all(is_fault(lark, garbled[spot], rules[spot]) for spot in spots):
                continue
            reading = read_text("\n".join(garbled), path.name)
            found = sorted(d.span.line for d in reading.diagnostics if d.severity > Severity.NOTE)
            tried += 1
            if found == [spot + 1 for spot in spots]:
                exact += 1
            else:
                misses.append(f"{path.name} {[s + 1 for s in spots]} {found}")
    rate = exact / tried
    print(f"\nplanted faults reported exactly: {exact} of {tried} ({rate:.1%})", *misses[:12], sep="\n  ")
    assert tried > 100
    assert rate >= AIM
