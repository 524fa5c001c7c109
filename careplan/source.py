"""A text and the places in it: offsets, lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file: `start` and `end` are character offsets, `line` and `column` count from 1."""

    file: str
    start: int
    end: int
    line: int
    column: int


class Source:
    """One file's name and text, with its line starts."""

    __slots__ = ("__dict__", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of the first character of every line; a line ends with LF, CR LF or a lone CR."""
        if "\r" in self.text:
            return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", self.text))]
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def line_number(self, offset: int) -> int:
        """The line (from 1) that holds `offset`."""
        return bisect_right(self.line_starts, offset)

    def line_text(self, line: int) -> str:
        """The text of line `line` (from 1), without its line end."""
        starts = self.line_starts
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r")

    def span(self, start: int, end: int) -> Span:
        """The span from `start` up to `end`, with its line and column."""
        starts = self.line_starts
        line = bisect_right(starts, start)
        return Span(self.name, start, end, line, start - starts[line - 1] + 1)

    def utf16_column(self, span: Span) -> int:
        """The column (from 0) of `span` in UTF-16 code units, as editors count."""
        line_start = self.line_starts[span.line - 1]
        return len(self.text[line_start : span.start].encode("utf-16-le")) // 2


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what no file says."""
