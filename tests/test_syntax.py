"""The syntax tree: what the corpora say, and what Lark itself makes of the same grammar and the same text."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark, Tree
from lark import Token as LarkToken
from lark.exceptions import UnexpectedInput, UnexpectedToken

from careplan.language import generate
from careplan.language.expectations import TERMINAL_WORDS
from careplan.language.grammar import grammar_text
from careplan.language.nodes import Node, Token, node_classes
from careplan.language.parser import Sentence, SyntaxTree, parse
from careplan.language.tables import tables
from careplan.source import Source

ROOT = Path(__file__).resolve().parents[1]
CORPUS = sorted((ROOT / "tests" / "corpus" / "syntax").glob("*.txt"))
PLANS = sorted([*(ROOT / "examples").glob("*.careplan"), *(ROOT / "careplan" / "library").glob("*.careplan")])
CASE = re.compile(r"^======== (?P<title>.+)\n(?P<source>(?:.*\n)*?)--------\n", re.MULTILINE)
RULE_OF = {cls: rule for rule, cls in node_classes().items()}


# ---- the corpus


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_corpus(path: Path, expected: Callable[[Path, str], None]) -> None:
    cases = list(CASE.finditer(path.read_bytes().decode("utf-8")))
    assert cases
    expected(path, "\n".join(f"{case[0]}{drawn(case['source'])}" for case in cases))


def drawn(text: str) -> str:
    """The tree of `text`: a line for each sentence, then the comments and what was found."""
    tree, diagnostics = parse(Source("case", text))
    lines = [indent + sentence_drawn(sentence) for indent, sentence in sentences(tree)]
    lines += [f"{'alone' if c.alone else 'after'} {c.start}: {c.text}" for c in tree.comments]
    lines += [f"{d.severity.word} {d.name} at {d.span.line}:{d.span.column}" for d in diagnostics]
    return "".join(f"{line}\n" for line in lines)


def sentences(tree: SyntaxTree) -> Iterator[tuple[str, Sentence]]:
    for block in tree.blocks:
        if block.header is not None:
            yield "", block.header
        yield from (("  ", line) for line in block.lines)


def sentence_drawn(sentence: Sentence) -> str:
    if sentence.node is None:
        return "unread: " + " ".join(token.text for token in sentence.tokens)
    return node_drawn(sentence.node)


def node_drawn(node: Node | Token | None) -> str:
    if node is None:
        return "-"
    if isinstance(node, Token):
        return node.text
    return f"({' '.join([RULE_OF[type(node)], *map(node_drawn, node.children)])})"


# ---- the same tree as Lark's


@pytest.fixture(scope="module")
def lark() -> Lark:
    return Lark(grammar_text(), parser="lalr", propagate_positions=True, maybe_placeholders=True)


def difference(ours: Any, larks: Any) -> str:
    """The first place at which the trees differ, or ""."""
    if isinstance(larks, LarkToken):
        place = (str(larks), larks.start_pos, larks.end_pos)
        same = isinstance(ours, Token) and (ours.text, ours.start, ours.end) == place
        return "" if same else f"{ours!r} is not {larks!r}"
    if not isinstance(larks, Tree):
        return "" if ours is larks is None else f"{ours!r} is not {larks!r}"
    if not isinstance(ours, Node) or RULE_OF[type(ours)] != larks.data:
        return f"{ours!r} is no {larks.data}"
    if not larks.meta.empty and (ours.start, ours.end) != (larks.meta.start_pos, larks.meta.end_pos):
        return f"{ours!r} stands elsewhere"
    if len(ours.children) != len(larks.children):
        return f"{ours!r} has other parts than {larks!r}"
    return next(filter(None, map(difference, ours.children, larks.children)), "")


def keyword_as_name(error: UnexpectedInput) -> bool:
    """Let Lark read `one of monthly, weekly`.

    After the comma of any list, its lexer takes a word for a keyword if some other list could go on with it.
    """
    if not isinstance(error, UnexpectedToken) or "NAME" not in error.accepts:
        return False
    error.interactive_parser.feed_token(LarkToken.new_borrow_pos("NAME", str(error.token), error.token))
    return True


def assert_same_tree(lark: Lark, text: str) -> None:
    tree, diagnostics = parse(Source("plan", text))
    assert not [d for d in diagnostics if d.severity.word == "error"]
    ours = [sentence.node for _, sentence in sentences(tree)]
    larks = lark.parse(text if text.endswith("\n") else text + "\n", on_error=keyword_as_name).children
    assert len(ours) == len(larks)
    for one, other in zip(ours, larks, strict=True):
        assert difference(one, other) == ""


@pytest.mark.parametrize("path", PLANS, ids=[path.name for path in PLANS])
def test_plans_have_the_tree_that_lark_gives(path: Path, lark: Lark) -> None:
    assert_same_tree(lark, path.read_text("utf-8"))


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_corpora_have_the_tree_that_lark_gives(path: Path, lark: Lark) -> None:
    for case in CASE.finditer(path.read_text("utf-8")):
        if not parse(Source("case", case["source"]))[1]:
            assert_same_tree(lark, case["source"])


@settings(max_examples=40, deadline=None)
@given(text=strategies.plan_texts(), seed=st.integers(0, 2**32))
def test_generated_plans_have_the_tree_that_lark_gives(lark: Lark, text: str, seed: int) -> None:
    assert_same_tree(lark, text)
    untidy = strategies.untidy(text, random.Random(seed)).replace("\r\n", "\n").replace("Friday", "friday")
    assert_same_tree(lark, untidy)


# ---- the grammar


def test_the_grammar_has_no_conflict_that_lark_can_find() -> None:
    Lark(grammar_text(), parser="lalr", start=list(generate.START_RULES), strict=True)


def test_the_tables_are_those_of_the_grammar() -> None:
    path = Path(generate.__file__).with_name("tables.json")
    assert json.loads(path.read_bytes()) == generate.build_tables(grammar_text()), (
        "run `python -m careplan.language.generate`"
    )


def test_every_rule_is_explained() -> None:
    lines = grammar_text().split("\n")
    rules = [number for number, line in enumerate(lines) if re.match(r"[!?]*[a-z_]+(\.\d+)?:", line)]
    assert len(rules) > 100
    assert [lines[number] for number in rules if not lines[number - 1].startswith("// ")] == []


def test_every_example_in_the_grammar_can_be_read() -> None:
    """The comment above the rule of a line is such a line."""
    grammar = grammar_text()
    lines = {name for name in tables().starts if name.endswith("_line")} | {"header"}
    for rule, doc in tables().docs.items():
        if rule in lines or rule not in members(grammar, lines):
            continue
        kind = next(line for line in sorted(lines) if rule in members(grammar, {line}))
        tree, diagnostics = parse(Source("doc", doc if kind == "header" else f"{head(kind)}\n{doc}"))
        assert not [d for d in diagnostics if d.severity.word == "error"], doc
        last = [sentence for _, sentence in sentences(tree)][-1]
        assert last.node is not None
        assert RULE_OF[type(last.node)] == rule


def members(grammar: str, rules: set[str]) -> set[str]:
    """The rules that are choices of `rules`."""
    found: set[str] = set()
    for rule in rules:
        match = re.search(rf"^\?{rule}:((?: [a-z_]+|\s*\|\s*[a-z_]+)+)$", grammar, re.MULTILINE)
        assert match, rule
        found |= set(re.findall(r"[a-z_]+", match[1]))
    return found


def head(kind: str) -> str:
    block = kind.removesuffix("_line")
    heads = {
        "fact": "fact x yes or no", "measure": "measure x 0 to 10", "anytime": "anytime",
        "scenario": 'scenario "x"',
    }  # fmt: skip
    return heads.get(block, f"{block} x")


def test_every_terminal_has_words() -> None:
    terminals = {symbol for state in tables().states for symbol in state}
    rules = {rule.origin for rule in tables().rules}
    keywords = set(tables().words.values())
    for symbol in terminals - rules - keywords:
        # Ends of sentences are dealt with before the tables are asked.
        assert symbol in TERMINAL_WORDS or symbol in ("_NL",) or symbol.startswith(("__", "_block")), symbol
