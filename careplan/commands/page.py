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
    from textwrap import fill

    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith("#"):
            paragraphs.append(_paint(paragraph.lstrip("# "), _BOLD, colour))
        elif paragraph.startswith("severity:"):
            paragraphs.append(_paint(paragraph, _DIM, colour))
        elif re.match(r"[-*] ", paragraph):
            items = re.split(r"\n(?=[-*] )", paragraph)
            wrapped = (fill(" ".join(i.split()), width, subsequent_indent="  ") for i in items)
            paragraphs.append("\n".join(wrapped))
        elif paragraph:
            paragraphs.append(fill(" ".join(paragraph.split()), width, break_on_hyphens=False))
    return "\n\n".join(paragraphs)


def _paint(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_OFF}" if colour and text else text
