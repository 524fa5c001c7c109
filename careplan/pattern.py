"""Regular expressions that are compiled when they are first used, not when their module is loaded.

Compiling one takes longer than most searches with it, and most are for what is seldom there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class Pattern:
    """A regular expression for texts; `flags` are those of `re`."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it matches."""
        return self._compiled.search(text)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self._compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, in order."""
        return self._compiled.finditer(text)

    def sub(self, new: str, text: str) -> str:
        """The text with `new` in the place of every match."""
        return self._compiled.sub(new, text)

    def findall(self, text: str, start: int = 0) -> list[str]:
        """Every match from `start` on, or the group in it, in order."""
        return self._compiled.findall(text, start)
