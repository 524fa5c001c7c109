"""A sentence that fails: read with the language's own words, or with a word more or less, if that helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careplan.diagnostics import Diagnostic, Edit, Fix, error
from careplan.language.engine import Failure, read_sentence
from careplan.language.idioms import (
    HOW_OFTEN,
    NUMBER_FORM,
    NUMBER_IN_WORDS,
    TIME_OF_DAY,
    Idiom,
    phrases,
    wordings,
)
from careplan.language.nodes import Node, Token
from careplan.language.scan import scan
from careplan.language.story_idioms import STORY_IDIOMS, STORY_RULES
from careplan.language.tables import Tables
from careplan.source import Source

_LITTLE = ("is", "to", "in", "on", "at", "of", "by", "as", "per", "for", "from", "when", "down", "up", "plus")
"""Words that are easily left out."""
_OPEN = ("when", "from", "for", "in")
"""Of these, those after which nearly anything may stand."""
_REACH = 4
"""How many words before the one that does not fit a phrase may begin."""


def reword(
    source: Source, tokens: Sequence[Token], at: int, tables: Tables, rule: str
) -> tuple[Node | None, Diagnostic] | None:
    """What to say of a phrase around token `at` that the language says otherwise, and the node that it means.

    The node is None where the sentence has other faults as well, or where the phrase has no one meaning.
    """
    texts = ['""' if t.kind == "STRING" else t.text.strip() for t in tokens[: at + 7]]
    partial: tuple[None, Diagnostic] | None = None
    more = STORY_IDIOMS if rule in STORY_RULES else ()
    for first in range(max(0, at - _REACH), min(at + 1, len(tokens))):
        for idiom, match, count in phrases(texts[first : first + 7], more):
            if first + count < at:
                continue
            said = _said(source, tokens[first], tokens[first + count - 1])
            if not idiom.instead:
                partial = partial or (None, _unsaid(source, said, idiom))
            for new in wordings(idiom, match):
                mended = _replaced(tokens, first, count, new, said)
                result = read_sentence(tables, mended, rule)
                if not isinstance(result, Failure):
                    return result, _reworded(source, said, new, idiom)
                shifted = first + len(mended) - len(tokens) + count
                if partial is None and new and result.at > max(shifted, at - 1):
                    partial = None, _reworded(source, said, new, idiom)
    return partial


def left_out(tokens: Sequence[Token], at: int, keywords: Iterable[str], tables: Tables, rule: str) -> str:
    """The one little word, or comma, with which the sentence can be read, or read further than token `at`."""
    place = tokens[min(at, len(tokens) - 1)].start
    reach: dict[str, int] = {}
    for word in {*_LITTLE, ","}.intersection(keywords):
        added = Token("_COMMA" if word == "," else "NAME", word, place, place)
        result = read_sentence(tables, [*tokens[:at], added, *tokens[at:]], rule)
        reach[word] = result.at if isinstance(result, Failure) else len(tokens) + 2
    whole = [word for word, far in reach.items() if far > len(tokens) + 1]
    further = whole or [word for word, far in reach.items() if at + 2 < far and word not in _OPEN]
    return further[0] if len(further) == 1 else ""


def said_twice(tokens: Sequence[Token], at: int, tables: Tables, rule: str) -> bool:
    """Whether token `at` only repeats the one before it."""
    if at == 0 or tokens[at].text != tokens[at - 1].text:
        return False
    return not isinstance(read_sentence(tables, [*tokens[:at], *tokens[at + 1 :]], rule), Failure)


def _said(source: Source, first: Token, last: Token) -> Token:
    """The phrase from `first` to `last` as it is written."""
    text = " ".join(source.text[first.start : last.end].split())
    return Token("", text, first.start, last.end)


def _replaced(tokens: Sequence[Token], first: int, count: int, new: str, said: Token) -> list[Token]:
    scanned = scan(Source("", f"x {new}"), frozenset()).sentences[0][1:]
    middle = [token._replace(start=said.start, end=said.end) for token in scanned]
    return [*tokens[:first], *middle, *tokens[first + count :]]


def _reworded(source: Source, said: Token, new: str, idiom: Idiom) -> Diagnostic:
    span = source.span(said.start, said.end)
    if not new:
        return error(idiom.name, f"`{said.text}` is not said here", span, help=idiom.help or "take it out")
    safe = not idiom.help
    if idiom.name == NUMBER_IN_WORDS:
        message, help_ = f"`{said.text}` is a number in words", f"write numbers in digits: `{new}`"
    elif idiom.name == TIME_OF_DAY:
        message, help_ = f"`{said.text}` is not how a plan writes a time of day", f"write `{new}`"
    else:
        message, help_ = f"a plan has other words for `{said.text}`", idiom.help or f"write `{new}`"
    return error(
        idiom.name,
        message,
        span,
        help=help_,
        fix=Fix(f"write `{new}`", (Edit(span, new),)) if safe else None,
    )


def _unsaid(source: Source, said: Token, idiom: Idiom) -> Diagnostic:
    message = f"`{said.text}` is not how a plan says it"
    if idiom.name == HOW_OFTEN:
        message = f"`{said.text}` is not how a plan says how often"
    elif idiom.name == NUMBER_FORM:
        message = f"`{said.text}` is not how a plan writes a number"
    return error(idiom.name, message, source.span(said.start, said.end), help=idiom.help)
