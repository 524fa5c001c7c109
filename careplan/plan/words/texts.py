"""Quoted texts, words and the lines that any block may have, in the words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from careplan.plan.model import Anytime, Code, Named, Scenario

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_JOINING = frozenset(("and", "or", "on", "to", "for", "in", "at", "when", "if"))


def quoted(text: str) -> str:
    """A text in quotation marks. The language has none inside a text: they become single ones."""
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def word_or_text(word: str) -> str:
    """A word as it is, or in quotation marks where it would not read as one word."""
    return word if _NAME.fullmatch(word) and word not in _JOINING else quoted(word)


def listed_words(words: Iterable[str]) -> str:
    """Words and texts as a list: `adults, "Community clinic"`."""
    return ", ".join(word_or_text(word) for word in words)


def headed(lead: str, element: Named, kind: str = "") -> str:
    """A block's header: `phase iop "Intensive outpatient"`, with the `kind` of values at its end."""
    title = quoted(element.title) if element.title is not None else ""
    return " ".join(filter(None, (lead, element.name, title, kind)))


def code_words(code: Code) -> str:
    """A code: `loinc 44261-6 "PHQ-9 total score"`."""
    title = f" {quoted(code.title)}" if code.title is not None else ""
    return f"{code.system} {code.value}{title}"


def common_lines(element: Named | Anytime | Scenario) -> Iterator[str]:
    """The notes, citations and codes of a block."""
    yield from (f"note {quoted(note)}" for note in element.notes)
    for cite in element.cites:
        yield f"cite {cite.source}" + (f" {quoted(cite.where)}" if cite.where is not None else "")
    if isinstance(element, Named):
        yield from (f"code {code_words(code)}" for code in element.codes)
