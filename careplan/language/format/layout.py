"""Which comment belongs where, where blank lines stand, and how every line is indented.

A comment after a block's last line belongs to that block if it is indented more than the block's header,
or if it follows the line directly in a text without any indentation; otherwise it belongs to the header
below it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from careplan.language.format.breaking import WIDTH, Line, Remark, broken, spaced
from careplan.language.format.columns import Table, aligned, table_row
from careplan.language.format.words import wordings
from careplan.language.parser import Sentence, SyntaxTree
from careplan.language.scan import Comment

INDENT = 2


class Entry(NamedTuple):
    """A sentence with its comments, or a comment on lines of its own."""

    start: int
    end: int
    column: int
    sentence: Sentence | None
    remarks: tuple[Remark, ...]
    trailing: str
    blank: bool  # a blank line stands before it


class Section(NamedTuple):
    """A block: the comments above its header, its header, and what is in it."""

    kind: str
    above: list[Entry]
    header: Entry
    body: list[Entry]


class Row(NamedTuple):
    """Lines to write for one entry; `table` where they may be aligned with their neighbours."""

    blank: bool
    lines: list[Line]
    trailing: str = ""
    table: Table | None = None


def laid_out(tree: SyntaxTree) -> str:
    """The text of `tree` in the one style."""
    text = tree.source.text.replace("\r\n", " \n").replace("\r", "\n")
    if text.startswith("\ufeff"):
        text = "\n" + text[1:]  # a byte order mark takes up no column
    sections, below = _sections(tree, _entries(tree, text))
    rows: list[Row] = []
    previous: Section | None = None
    for section in sections:
        tight = previous is not None and _side_by_side(previous, section)
        rows += _section_rows(section, tight, first=previous is None)
        previous = section
    for number, entry in enumerate(below):
        blank = entry.blank if number else bool(rows)
        rows.append(Row(blank, [Line(0, entry.trailing)]))
    return "".join(_written(rows))


# ------------------------------------------------------------------------------------------- entries


def _entries(tree: SyntaxTree, text: str) -> list[Entry]:
    """Sentences and free comments, in file order."""
    sentences = [s for b in tree.blocks for s in ((b.header, *b.lines) if b.header else b.lines)]
    starts = [s.start for s in sentences]
    within: dict[int, list[Comment]] = {}
    items: list[tuple[int, Sentence | Comment]] = list(zip(starts, sentences, strict=True))
    for comment in tree.comments:
        at = bisect_right(starts, comment.start) - 1
        if at >= 0 and (comment.start < sentences[at].end or not comment.alone):
            within.setdefault(starts[at], []).append(comment)
        else:
            items.append((comment.start, comment))
    items.sort(key=lambda item: item[0])
    entries: list[Entry] = []
    end = 0
    for start, item in items:
        blank = text.count("\n", end, start) > 1
        column = start - (text.rfind("\n", 0, start) + 1)
        if isinstance(item, Sentence):
            entry = _sentence_entry(item, within.get(start, ()), column, blank)
        else:
            entry = Entry(start, item.end, column, None, (), item.text, blank)
        entries.append(entry)
        end = entry.end
    return entries


def _sentence_entry(sentence: Sentence, comments: Sequence[Comment], column: int, blank: bool) -> Entry:
    starts = [token.start for token in sentence.tokens]
    remarks = [
        Remark(bisect_right(starts, comment.start) - 1, comment)
        for comment in comments
        if comment.start < sentence.end
    ]
    trailing = comments[-1] if len(comments) > len(remarks) else None
    end = trailing.end if trailing else sentence.end
    words = trailing.text if trailing else ""
    return Entry(sentence.start, end, column, sentence, tuple(remarks), words, blank)


def _sections(tree: SyntaxTree, entries: list[Entry]) -> tuple[list[Section], list[Entry]]:
    """The blocks with their comments, and the comments below the last one."""
    kinds = {block.header.start: block.kind for block in tree.blocks if block.header}
    sections: list[Section] = []
    body: list[Entry] = []
    for entry in entries:
        if entry.start in kinds and entry.sentence is not None:
            above = _hand_over(sections, body, touching=not entry.blank)
            body = []
            sections.append(Section(kinds[entry.start], above, entry, body))
        else:
            body.append(entry)
    return sections, _hand_over(sections, body, touching=False)


def _hand_over(sections: list[Section], body: list[Entry], *, touching: bool) -> list[Entry]:
    """Take those comments off the end of `body` that belong to what comes next, which may be `touching`."""
    last = max((n for n, entry in enumerate(body) if entry.sentence is not None), default=-1)
    comments = body[last + 1 :]
    kept = _kept(sections[-1], body[last] if last >= 0 else None, comments, touching) if sections else 0
    del body[last + 1 + kept :]
    return comments[kept:]


def _kept(section: Section, last: Entry | None, comments: list[Entry], touching: bool) -> int:
    """How many of the comments after the last line of `section` belong to it."""
    margin = section.header.column
    if section.kind == "use":
        return 0
    indented = next((n for n, c in enumerate(comments) if c.column <= margin), len(comments))
    if indented or last is None or last.column > margin:
        return indented
    adjacent = next((n for n, c in enumerate(comments) if c.blank), len(comments))
    return 0 if adjacent == len(comments) and touching else adjacent


# ---------------------------------------------------------------------------------------------- rows


def _side_by_side(one: Section, other: Section) -> bool:
    """Whether two headers without lines stand on neighbouring lines, as in a list of facts."""
    first = other.above[0] if other.above else other.header
    return one.kind == other.kind and not one.body and not other.body and not first.blank


def _section_rows(section: Section, tight: bool, *, first: bool) -> Iterator[Row]:
    for number, entry in enumerate([*section.above, section.header]):
        blank = entry.blank if number else not first and not tight
        if entry is not section.header:
            yield Row(blank, [Line(0, entry.trailing)])
        else:
            row = _sentence_row(entry, 0, blank)
            yield row._replace(table=None) if section.body else row
    for number, entry in enumerate(section.body):
        blank = entry.blank and number > 0
        if entry.sentence is None:
            yield Row(blank, [Line(INDENT, entry.trailing)])
        else:
            yield _sentence_row(entry, INDENT, blank)


def _sentence_row(entry: Entry, indent: int, blank: bool) -> Row:
    sentence = entry.sentence
    assert sentence is not None
    texts = wordings(sentence)
    trailing = f"  {entry.trailing}" if entry.trailing else ""
    whole = spaced(texts)
    if not entry.remarks and indent + len(whole) <= WIDTH:
        return Row(blank, [Line(indent, whole)], trailing, table_row(sentence, texts))
    return Row(blank, broken(sentence, texts, entry.remarks, indent), trailing)


def _written(rows: list[Row]) -> Iterator[str]:
    at = 0
    while at < len(rows):
        run = _run(rows, at)
        texts = aligned([row.table.cells for row in run if row.table]) if len(run) > 1 else []
        for number, row in enumerate(run):
            lines = row.lines
            if texts and lines[0].indent + len(texts[number]) <= WIDTH:
                lines = [Line(lines[0].indent, texts[number])]
            yield "\n" if row.blank else ""
            yield "\n".join(" " * line.indent + line.text if line.text else "" for line in lines)
            yield f"{row.trailing}\n"
        at += len(run)


def _run(rows: list[Row], start: int) -> list[Row]:
    """The rows from `start` on that make one table."""
    table = rows[start].table
    end = start + 1
    while table and end < len(rows) and not rows[end].blank:
        other = rows[end].table
        if other is None or other.kind != table.kind:
            break
        end += 1
    return rows[start:end]
