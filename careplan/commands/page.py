"""A page of the rule book for the terminal: its small Markdown as plain text."""

from __future__ import annotations

import re

_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_CAPTIONS = {"bad": "A plan with this fault:", "good": "The same without it:"}


def page_text(page: str, colour: bool = False, width: int = 80) -> str:
    """The page with its paragraphs wrapped and its plans indented under a caption."""
    blocks = re.split(r"^```(.*)$", page, flags=re.MULTILINE)
    out = [_prose(blocks[0], colour, width)]
    # The pieces are: prose, opening fence, code, closing fence, prose, …
    for at in range(1, len(blocks) - 1, 4):
        caption = _CAPTIONS.get(blocks[at].split()[-1] if blocks[at].strip() else "", "")
        code = "\n".join(f"    {line}".rstrip() for line in blocks[at + 1].strip("\n").split("\n"))
        out.append(f"{_paint(caption, _BOLD, colour)}\n\n{code}" if caption else code)
        out.append(_prose(blocks[at + 3], colour, width) if at + 3 < len(blocks) else "")
    return "\n\n".join(part for part in out if part) + "\n"


def _prose(text: str, colour: bool, width: int) -> str:
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith("#"):
            paragraphs.append(_paint(paragraph.lstrip("# "), _BOLD, colour))
        elif re.match(r"(severity|packs?):", paragraph):
            paragraphs.append(_paint(paragraph, _DIM, colour))
        elif re.match(r"[-*] ", paragraph):
            items = re.split(r"\n(?=[-*] )", paragraph)
            wrapped = (_fill(" ".join(i.split()), width, "  ") for i in items)
            paragraphs.append("\n".join(wrapped))
        elif paragraph.startswith("|"):
            paragraphs.append(_table(paragraph))
        elif paragraph and not paragraph.startswith("<!--"):
            paragraphs.append(_fill(" ".join(paragraph.split()), width))
    return "\n\n".join(paragraphs)


def _fill(text: str, width: int, indent: str = "") -> str:
    """The text in lines of that width, all but the first indented; no word and no address is broken."""
    from textwrap import fill

    return fill(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def _table(paragraph: str) -> str:
    """The rows of a table in columns, without the line below its head."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in paragraph.split("\n")]
    rows = [row for row in rows if not all(set(cell) <= {"-"} for cell in row)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join("  ".join(f"{c:{w}}" for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _paint(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_OFF}" if colour and text else text
