"""A sentence that fails by a slip of form: a name in two words, a text without quotes, a comma too many.

Each is undone, and the sentence is read again: only what then makes sense is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Edit, Fix, error, warning
from careplan.language.engine import Failure, accepted, read_sentence
from careplan.language.nodes import Node, Token
from careplan.language.tables import END, Tables
from careplan.source import Source


class Failed(NamedTuple):
    """A sentence that cannot be read as `rule` beyond token `failure.at`; `names` are those of the file."""

    source: Source
    tokens: Sequence[Token]
    failure: Failure
    tables: Tables
    rule: str
    names: Callable[[], Collection[str]]

    @property
    def at(self) -> int:
        """The number of the token that does not fit."""
        return self.failure.at

    def read(self, tokens: Sequence[Token], rule: str = "") -> Node | None:
        """What `tokens` mean, if they can be read."""
        result = read_sentence(self.tables, tokens, rule or self.rule)
        return None if isinstance(result, Failure) else result

    def said(self, first: int, last: int) -> str:
        """The text from one token to another, as it is written."""
        return " ".join(self.source.text[self.tokens[first].start : self.tokens[last].end].split())


Slip = tuple[Node | None, Diagnostic]
_QUOTED_LEADS = ("author", "approved", "approach", "setting", "brand", "monitor", "needs", "strength")
"""The lines in which several words are more likely a text than a name."""
_NO_NAME = frozenset("the a an of and or not is for with if when while to in on at per by from as".split())


def slip_of_form(failed: Failed) -> Slip | None:
    """What to say of such a slip, and the node that was meant (None if a part of it is unclear)."""
    for look in (
        _name_in_quotes,
        _capital_code,
        _text_without_quotes,
        _name_in_two_words,
        _word_too_joined,
        _comma_too_many,
    ):
        found = next(look(failed), None)
        if found is not None:
            return found
    return next(_second_sentence(failed), None)


def _capital_code(failed: Failed) -> Iterator[Slip]:
    """`PHQ9`, which looks like a code where a name must stand."""
    at, tokens = failed.at, failed.tokens
    if at >= len(tokens) or tokens[at].kind != "CODE" or "." in tokens[at].text:
        return
    plain = tokens[at].text.lower()
    mended = [t._replace(kind="NAME", text=plain) if t.text == tokens[at].text else t for t in tokens]
    node = failed.read(mended)
    if node is not None:
        span = failed.source.span(tokens[at].start, tokens[at].end)
        help_ = f"words and names are in lower case, joined by single hyphens: `{plain}`"
        message = f"`{tokens[at].text}` is written with capital letters"
        yield node, warning("letter-case", message, span, help=help_,
                            fix=Fix(f"write `{plain}`", (Edit(span, plain),)))  # fmt: skip


def _name_in_quotes(failed: Failed) -> Iterator[Slip]:
    """`plan "evening-iop" "Evening IOP"`: the name is in quotes as well."""
    tokens = failed.tokens
    if failed.rule != "header" or failed.at != 1 or [t.kind for t in tokens[1:3]] != ["STRING", "STRING"]:
        return
    name = "-".join(tokens[1].text.strip('" ').lower().split())
    node = failed.read([tokens[0], tokens[1]._replace(kind="NAME", text=name), *tokens[2:]])
    if node is not None and re.fullmatch(failed.tables.patterns["NAME"], name):
        span = failed.source.span(tokens[1].start, tokens[1].end)
        yield node, error("cannot-read", "a name has no quotes; only the title after it has", span,
                          help=f"write `{tokens[0].text} {name} {tokens[2].text}`",
                          fix=Fix(f"write `{name}`", (Edit(span, name),)))  # fmt: skip


def _text_without_quotes(failed: Failed) -> Iterator[Slip]:
    """`topic Thinking traps`, `author Dr Kim`."""
    at, tokens = failed.at, failed.tokens
    wants_text = "STRING" in accepted(failed.tables, failed.failure.stack) and failed.rule != "header"
    first = at if wants_text else 2 if tokens[0].text == "approved" else 1
    named = not wants_text and tokens[0].text in _QUOTED_LEADS and at >= 2
    if not (wants_text or named) or at >= len(tokens) or tokens[at].kind != "NAME" or first > at:
        return
    for after in _ends_of_text(tokens, at):
        words = tokens[first:after]
        if any(word.kind == "STRING" for word in words):
            continue
        quoted = f'"{failed.said(first, after - 1)}"'
        text = Token("STRING", quoted, words[0].start, words[-1].end)
        node = failed.read([*tokens[:first], text, *tokens[after:]])
        if node is not None:
            span = failed.source.span(text.start, text.end)
            yield (
                node,
                error(
                    "text-without-quotes",
                    "this text stands without its quotes",
                    span,
                    help=f"write `{failed.said(0, first - 1)} {_short(quoted)}`",
                    fix=Fix("put it in quotes", (Edit(span, quoted),)),
                ),
            )


def _short(quoted: str) -> str:
    return quoted if len(quoted) <= 60 else f'{quoted[:58]}…"'


def _ends_of_text(tokens: Sequence[Token], at: int) -> list[int]:
    """Where the text around token `at` may end: with the line, or before a little word."""
    little = [i for i in range(at + 1, min(at + 12, len(tokens))) if tokens[i].text in ("on", "at")]
    return [len(tokens), *little]


def _name_in_two_words(failed: Failed) -> Iterator[Slip]:
    """`therapy process group`, `delivery in person`."""
    at, tokens = failed.at, failed.tokens
    if not at < len(tokens):
        return
    for first in range(max(0, at - 1), max(-1, at - 3), -1):
        for last in range(max(1, at), min(at + 2, len(tokens))):
            words = tokens[first : last + 1]
            joined = "-".join(word.text for word in words)
            if not _may_be_name(failed, words, joined, first):
                continue
            name = Token("NAME", joined, words[0].start, words[-1].end)
            mended = [*tokens[:first], name, *tokens[last + 1 :]]
            result = read_sentence(failed.tables, mended, failed.rule)
            if isinstance(result, Failure) and (joined not in failed.names() or result.at <= first + 1):
                continue
            span = failed.source.span(name.start, name.end)
            yield (
                None if isinstance(result, Failure) else result,
                error(
                    "two-word-name",
                    f"`{failed.said(first, last)}` is a name in {len(words)} words",
                    span,
                    help=f"a name is one word, joined by hyphens: write `{joined}`",
                    fix=Fix(f"write `{joined}`", (Edit(span, joined),)),
                ),
            )


def _may_be_name(failed: Failed, words: Sequence[Token], joined: str, first: int) -> bool:
    if any(word.kind != "NAME" for word in words) or len({word.text for word in words}) < len(words):
        return False
    if joined in failed.names() or joined in failed.tables.words or joined == "in-person":
        return True
    if first == 0 or not _NO_NAME.isdisjoint(word.text for word in words):
        return False
    if failed.rule == "header":
        return first == 1 and words[0].text != failed.tokens[0].text
    return failed.tokens[0].text in ("staff", "substance", "form", "population")


def _word_too_joined(failed: Failed) -> Iterator[Slip]:
    """`step-up to residential`, `curriculum in-order`."""
    for index in (failed.at, failed.at - 1):
        if not 0 <= index < len(failed.tokens):
            continue
        token = failed.tokens[index]
        apart = {"stepup": "step up", "stepdown": "step down", "atend": "at end"}.get(token.text, "")
        apart = apart or (token.text.replace("-", " ") if token.kind == "NAME" else "")
        if " " not in apart:
            continue
        words = [Token("NAME", word, token.start, token.end) for word in apart.split()]
        if any(word.text not in failed.tables.words for word in words):
            continue
        mended = [*failed.tokens[:index], *words, *failed.tokens[index + 1 :]]
        result = read_sentence(failed.tables, mended, failed.rule)
        if isinstance(result, Failure) and result.at < index + len(words):
            continue
        span = failed.source.span(token.start, token.end)
        yield (
            None if isinstance(result, Failure) else result,
            error(
                "other-wording",
                f"`{failed.said(index, index)}` is {len(words)} words in a plan",
                span,
                help=f"write `{apart}`",
                fix=Fix(f"write `{apart}`", (Edit(span, apart),)),
            ),
        )


def _comma_too_many(failed: Failed) -> Iterator[Slip]:
    """`at end, discharge as completed`."""
    at, tokens = failed.at, failed.tokens
    if not 0 < at < len(tokens) - 1 or tokens[at].kind != "_COMMA":
        return
    node = failed.read([*tokens[:at], *tokens[at + 1 :]])
    if node is not None:
        comma = failed.source.span(tokens[at].start, tokens[at].start + 1)
        yield (
            node,
            error(
                "stray-comma",
                "no comma is needed here",
                comma,
                help="take it out",
                fix=Fix("take it out", (Edit(comma, ""),)),
            ),
        )


def _second_sentence(failed: Failed) -> Iterator[Slip]:
    """`individual weekly family weekly`: a second sentence in one line."""
    at, tokens = failed.at, failed.tokens
    if at < 2 or at >= len(tokens) or END not in accepted(failed.tables, failed.failure.stack):
        return
    begins = at + 1 if tokens[at].text in ("and", "then", ",") else at
    if begins >= len(tokens) or tokens[begins].kind != "NAME":
        return
    rule = failed.rule
    if rule == "header":
        rule = f"{tokens[0].text}_line".replace("support", "therapy")
        if rule not in failed.tables.starts:
            return
    if failed.read(tokens[begins:], rule) is None or failed.read(tokens[:at]) is None:
        return
    if rule == "phase_line" and tokens[begins].text not in {*failed.names(), *failed.tables.words}:
        return
    span = failed.source.span(tokens[begins].start, tokens[-1].end)
    gap = failed.source.span(tokens[at - 1].end, tokens[begins].start)
    first = failed.read(tokens[:at]) if failed.rule == "header" else None
    yield (
        first,
        error(
            "two-sentences",
            "a second sentence begins here, on the same line",
            span,
            help="each sentence has a line of its own",
            fix=Fix("begin a new line", (Edit(gap, "\n  "),)),
        ),
    )
