"""Compares a text with its formatted form: what is not the same plan, with the same comments, is refused."""

from __future__ import annotations

from careplan.diagnostics import Diagnostic, Severity
from careplan.language.format.words import SPELT
from careplan.language.nodes import Node, Token
from careplan.language.parser import Sentence, SyntaxTree


class FormatError(Exception):
    """Formatting would have changed what a text says: a fault of careplan's. The text is to be left alone."""


_FORMS = {
    form: forms[0]
    for forms in (
        ("min", "mins", "minute", "minutes"), ("hour", "hours"), ("day", "days"), ("week", "weeks"),
        ("month", "months"), ("year", "years"), ("session", "sessions"), ("time", "times"),
        ("return", "returns"),
        ("ingredient", "ingredients"), ("stabilization", "stabilisation"),
        ("mon", "monday"), ("tue", "tuesday"), ("wed", "wednesday"), ("thu", "thursday"), ("fri", "friday"),
        ("sat", "saturday"), ("sun", "sunday"),
    )
    for form in forms
}  # fmt: skip


def verify(before: SyntaxTree, after: SyntaxTree, diagnostics: list[Diagnostic]) -> None:
    """Raise FormatError unless `after`, read with `diagnostics`, says what `before` says."""
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.ERROR:
            raise FormatError(f"line {diagnostic.span.line} could not be read again: {diagnostic.message}")
    old, new = list(before.blocks), list(after.blocks)
    if [(b.kind, len(b.lines)) for b in old] != [(b.kind, len(b.lines)) for b in new]:
        raise FormatError("a line would have moved from one block to another")
    for one, other in zip(_sentences(before), _sentences(after), strict=True):
        if not _same_sentence(one, other):
            line = before.source.line_number(one.start)
            raise FormatError(f"line {line} would have said something else")
    if _remarks(before) != _remarks(after):
        raise FormatError("a comment would have been lost or moved")


def _sentences(tree: SyntaxTree) -> list[Sentence]:
    return [s for b in tree.blocks for s in ((b.header, *b.lines) if b.header else b.lines)]


def _same_sentence(one: Sentence, other: Sentence) -> bool:
    if len(one.tokens) != len(other.tokens):
        return False
    if not all(map(_same_token, one.tokens, other.tokens)):
        return False
    return _same(one.node, other.node, loose=False)


def _same_token(one: Token, other: Token) -> bool:
    return one.text == other.text or (one.kind == other.kind and _meaning(one) == _meaning(other))


def _meaning(token: Token) -> object:
    if token.kind == "NUMBER":
        return float(token.text)
    if token.kind == "TIME":
        return tuple(map(int, token.text.split(":")))
    return _FORMS.get(token.text, token.text)


def _same(one: object, other: object, *, loose: bool) -> bool:
    """Whether two parts of trees say the same; only where they are `loose` may words have another form."""
    if isinstance(one, Token) and isinstance(other, Token):
        free = loose or one.kind in ("NUMBER", "TIME")
        return one.text == other.text or (free and _same_token(one, other))
    if not isinstance(one, Node) or not isinstance(other, Node):
        return one is None and other is None
    if type(one) is not type(other) or len(one.children) != len(other.children):
        return False
    here = type(one) in SPELT
    return all(_same(a, b, loose=here) for a, b in zip(one.children, other.children, strict=True))


def _remarks(tree: SyntaxTree) -> list[tuple[int, str]]:
    """The comments, each with the number of tokens before it."""
    ends = [token.end for sentence in _sentences(tree) for token in sentence.tokens]
    found = []
    before = 0
    for comment in tree.comments:
        while before < len(ends) and ends[before] <= comment.start:
            before += 1
        found.append((before, comment.text))
    return found
