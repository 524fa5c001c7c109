"""Words that resemble one another, and lists of words as in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_COMMON = frozenset(
    "a an the of and or not is it if in on at to by as for with from per any all no yes".split()
)
"""Short words that are themselves; they are no misspelling of a name."""


def near(word: str, words: Iterable[str]) -> str:
    """The one of `words` that `word` was probably meant to be, or ""."""
    if word in _COMMON:
        return ""
    choices = sorted(set(words))
    begun = [choice for choice in choices if len(word) > 2 and choice.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    from difflib import get_close_matches  # costs a few milliseconds, and is seldom needed

    found = get_close_matches(word, choices, 1, 0.72 if len(word) > 3 else 0.66)
    return found[0] if found else ""


def join(items: Sequence[str]) -> str:
    """Items as in a sentence: a, b or c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def listed(words: Sequence[str]) -> str:
    """Words as in a sentence, each in its marks."""
    return join([f"`{w}`" for w in words]) if words else "nothing: it has no lines"
