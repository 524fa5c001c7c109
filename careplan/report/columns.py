"""Tables for the terminal: aligned columns, wrapped where they would be too wide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap

GAP = "  "
NARROWEST = 8
NO_BREAK = "\N{NO-BREAK SPACE}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, indent: str = "  ") -> list[str]:
    """The lines of a table, at most `width` wide where its words allow it.

    Columns without any text are left out; at a no-break space no line is broken.
    """
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    cells = [[row[at] for at in kept] for row in [head, *rows]]
    widths = _widths(cells, width - len(indent))
    lines: list[str] = []
    for number, row in enumerate(cells):
        lines += [(indent + line).replace(NO_BREAK, " ").rstrip() for line in _row(row, widths)]
        if number == 0:
            lines.append(indent + GAP.join("-" * w for w in widths))
    return lines


def natural_width(head: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> int:
    """How wide the table is with nothing wrapped."""
    columns = zip(head, *rows, strict=True)
    longest = [max(map(len, column)) for column in columns]
    return len(indent) + sum(longest) + len(GAP) * (len(longest) - 1)


def _widths(cells: list[list[str]], width: int) -> list[int]:
    """The widest columns give way until the table fits, but none below its longest word."""
    widths = [max(len(text) for text in column) for column in zip(*cells, strict=True)]
    least = [
        max([NARROWEST, *(len(word) for text in column for word in re.split(r"[ \n]", text))])
        for column in zip(*cells, strict=True)
    ]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width:
        flexible = [at for at, w in enumerate(widths) if w > least[at]]
        if not flexible:
            break
        widest = max(flexible, key=lambda at: widths[at])
        widths[widest] -= 1
    return widths


def _row(row: list[str], widths: list[int]) -> list[str]:
    wrapped = [_fit(text, w) for text, w in zip(row, widths, strict=True)]
    height = max(len(each) for each in wrapped)
    columns = [each + [""] * (height - len(each)) for each in wrapped]
    return [
        GAP.join(text.ljust(w) for text, w in zip(line, widths, strict=True))
        for line in zip(*columns, strict=True)
    ]


def _fit(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        lines += wrap(part, width, break_long_words=False, break_on_hyphens=False) or [""]
    return lines
