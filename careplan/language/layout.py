"""Marks of other programs' layout around a pasted line: bullets, numbers of a list, `>`, drawn lines.

Also the markers that git leaves in a file whose merge was not finished.
"""

from __future__ import annotations

import re

from careplan.diagnostics import Diagnostic, Edit, Fix, error, warning
from careplan.pattern import Pattern
from careplan.source import Source

_BULLETS = "•◦▪▫●○■□‣⁃∙·☐☑✓✔➔→➢►▸"
_MARK = Pattern(
    rf"""[ \t\u00a0]* (?P<mark>
        [{_BULLETS}]\ufe0f? (?=\s|\w)
        | (?:>(?!>{{6}})[ \t]?)+ (?=[ \t]*[\w"#])
        | [-*+\u2010-\u2015\u2212] (?=[ \t\u00a0]+\w)
        | \(?(?:\d{{1,2}}|[a-hA-H])[.)] (?=[ \t\u00a0]+[^\W\d_])
    )""",
    re.VERBOSE,
)
_DRAWN = Pattern(r"[ \t]*(?:([-=_*~+.\u2013\u2014\u2500\u2550])[ \t]?(?:\1[ \t]?){3,}|`{3}[\w ]*)[ \t]*")
_WORDS = {">": "the mark of a quoted e-mail", "d": "the number of a list"}
MAY_HAVE = Pattern(
    rf"^[ \t\u00a0]*(?:[{_BULLETS}>*+=_~`.(\u2010-\u2015\u2212\u2500\u2550-]|\w\w?[.)])", re.MULTILINE
)
"""Whether a text can have such marks at all."""
_MARKER = Pattern(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
MERGE = Pattern(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
"""Whether a text has a marker of a merge; it then has one of MERGE_MARKS."""
MERGE_MARKS = ("<" * 7, "|" * 7, "=" * 7, ">" * 7)


def without_marks(source: Source, lines: list[str]) -> list[Diagnostic]:
    """Blank out such marks in `lines`, and report each."""
    found = []
    offset = 0
    for number, line in enumerate(lines):
        if drawn := _drawn(line):
            found.append(_drawn_line(source, offset + line.index(drawn[0]), drawn))
            lines[number] = " " * len(line)
        elif (match := _MARK.match(line)) and not _MARKER.fullmatch(line):
            start, end = match.span("mark")
            found.append(_mark(source, offset + start, offset + end, match["mark"].rstrip()))
            lines[number] = line[:start] + " " * (end - start) + line[end:]
        offset += len(line) + 1
    return found


def _drawn(line: str) -> str:
    """The drawn line that `line` is, without blanks, or ""."""
    return "" if _MARKER.fullmatch(line) or not _DRAWN.fullmatch(line) else line.strip()


def _mark(source: Source, start: int, end: int, mark: str) -> Diagnostic:
    what = _WORDS.get("d" if mark[-1] in ".)" else mark[0], "the mark of a list")
    return warning(
        "layout-mark",
        f"`{mark}`, {what}, stands before this line",
        source.span(start, start + len(mark)),
        help="it was passed over; lines of a plan need no mark",
        fix=Fix("take it out", (Edit(source.span(start, end), ""),)),
    )


def _drawn_line(source: Source, start: int, drawn: str) -> Diagnostic:
    span = source.span(start, start + len(drawn))
    return warning(
        "layout-mark",
        "this line has no words, only signs",
        span,
        help="it was passed over; to keep it as a remark, begin it with `#`",
        fix=Fix("make it a remark", (Edit(source.span(start, start), "# "),)),
    )


# ------------------------------------------------------------------------------------- merges


def without_conflicts(source: Source, lines: list[str]) -> list[Diagnostic]:
    """Blank out merge markers and all but the first version of each conflict; report each conflict once."""
    found: list[Diagnostic] = []
    depth = 0
    dropping = 0  # the depth from which on lines belong to a later version, or 0
    stray = False  # the present conflict has no beginning
    offset = 0
    for number, line in enumerate(lines):
        match = _MARKER.fullmatch(line)
        marker = match[1][0] if match else ""
        if marker == "<":
            if not depth:
                found.append(_conflict(source, offset))
            depth, stray = depth + 1, False
        elif marker and not depth:
            if not stray:
                found.append(_conflict(source, offset))
            stray = marker != ">"
        elif marker in ("|", "="):
            dropping = dropping or depth
        elif marker:
            dropping = 0 if dropping == depth else dropping
            depth -= 1
        if marker or dropping:
            lines[number] = " " * len(line)
        offset += len(line) + 1
    return found


def _conflict(source: Source, start: int) -> Diagnostic:
    return error(
        "merge-marker",
        "a merge was left unfinished here",
        source.span(start, start + 7),
        here="a mark that git leaves between two versions",
        help="keep the lines that you want, and delete the lines of <<<<<<<, |||||||, ======= and >>>>>>>",
    )
