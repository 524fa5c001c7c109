"""Applying the fixes of findings to a text: together where they do not overlap, and never to what matters.

A fix that would change a dose, drug, date, threshold, direction or level is not made, whoever offers it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Edit, Fix
from careplan.source import Source

_WEIGHTY = frozenset(
    "mg mcg µg μg g ml unit iu day week hour month year "
    "up down high higher low lower above below over under more less most least within "
    "rise fall rising falling increase decrease better worse before after since until "
    "positive negative missing not no never any all level minimum maximum max".split()
)
"""Words in which a dose, threshold, direction or level is said, without the `s` of a plural."""

_TOKEN = re.compile(r"\d+(?:[.:]\d+)?|[<>=≤≥≠±%]+|[^\W\d_]+")
_MEDICATION = re.compile(r"^\s*(?:medication|drug|formulary)\b(.*)$", re.MULTILINE | re.IGNORECASE)


class Applied(NamedTuple):
    """The text with the edits made, and the findings whose fixes they are."""

    text: str
    fixed: tuple[Diagnostic, ...]


def apply_fixes(source: Source, diagnostics: Iterable[Diagnostic], any_words: bool = False) -> Applied:
    """Make every fix that lies in this text, is safe, and does not overlap with one before it.

    With `any_words`, what a fix may touch is not looked at: the caller knows that the meaning stays.
    """
    chosen: list[Edit] = []
    fixed: list[Diagnostic] = []
    for d in diagnostics:
        if d.fix is None or not d.fix.edits or any(e.span.file != source.name for e in d.fix.edits):
            continue
        if _overlap(chosen, d.fix.edits) or not (any_words or is_safe(source, d.fix)):
            continue
        chosen += d.fix.edits
        fixed.append(d)
    return Applied(edited(source.text, chosen), tuple(fixed))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; insertions at one place stay in their order."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, e.span.end)):
        parts += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join((*parts, text[at:]))


def is_safe(source: Source, fix: Fix) -> bool:
    """Whether the lines from the first to the last edit say the same numbers, drugs and weighty words."""
    first = source.line_starts[min(source.line_number(e.span.start) for e in fix.edits) - 1]
    last = max(e.span.end for e in fix.edits)
    end = source.text.find("\n", last)
    before = source.text[first : end if end >= 0 else None]
    moved = (
        Edit(e.span._replace(start=e.span.start - first, end=e.span.end - first), e.text) for e in fix.edits
    )
    drugs = _standard_drugs() | _words(" ".join(_MEDICATION.findall(source.text)))
    return _weight(before, drugs) == _weight(edited(before, moved), drugs)


def _weight(text: str, drugs: frozenset[str]) -> Counter[str]:
    return Counter(word for word in _normal(text) if _is_weighty(word, drugs))


def _is_weighty(word: str, drugs: frozenset[str]) -> bool:
    return not word[0].isalpha() or word in drugs or word.removesuffix("s") in _WEIGHTY


def _normal(text: str) -> list[str]:
    found = _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
    return [word.removesuffix("s") if word.removesuffix("s") in _WEIGHTY else word for word in found]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _normal(text) if word[0].isalpha() and len(word) > 1)


@cache
def _standard_drugs() -> frozenset[str]:
    """The words of the names that the standard formulary gives to drugs."""
    from careplan.plan.build.standard import library_tree

    tree = library_tree("library/formulary")
    text = tree.source.text if tree is not None else ""
    return _words(" ".join(re.findall(r"^formulary ([\w-]+)", text, re.MULTILINE)))


def _overlap(chosen: Iterable[Edit], edits: Iterable[Edit]) -> bool:
    """Whether an edit meets one that is already chosen; a mere insertion must not even touch it."""
    others = [edit.span for edit in chosen]
    for span in (edit.span for edit in edits):
        for other in others:
            first, last = max(span.start, other.start), min(span.end, other.end)
            empty = span.start == span.end or other.start == other.end
            if first < last or (empty and first == last):
                return True
    return False
