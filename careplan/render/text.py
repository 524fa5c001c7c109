"""Exact widths of texts in the shipped font, and breaking them into lines by words."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

# Arial, Helvetica and Liberation Sans are narrower than Inter: what fits in Inter fits in them.
FONT_FAMILY = "Inter, Arial, Helvetica, 'Liberation Sans', sans-serif"
UNKNOWN_WIDTH = 0.7  # of a letter that the font lacks, in font sizes
WIDE_WIDTH = 1.05  # of an East Asian letter or a pictograph
FIRST_WIDE = 0x1100
LINE_HEIGHT = 1.28  # in font sizes; more than ASCENT and DESCENT together, so that lines never touch
ASCENT = 0.97
DESCENT = 0.25

# Where a word may be broken if it is longer than its line: after a hyphen, a slash or an underscore.
GLUE = "\u00a0"
TOGETHER = re.compile(r"(?<=[<>≤≥]) (?=\d)|(?<=\d) (?=(?:d|wk|mg|min|h|days?|weeks?|hours?)\b)")
PIECES = re.compile(r"[^-/_]+[-/_]*|[-/_]+")


@cache
def _table() -> tuple[dict[str, float], dict[str, float]]:
    stored = json.loads(files("careplan.render.fonts").joinpath("widths.json").read_text("utf-8"))
    styles = (stored["regular"], stored["bold"])
    regular, bold = (
        {letter: width / 1000 for letter, width in zip(stored["characters"], style, strict=True)}
        for style in styles
    )
    return regular, bold


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` in the units of `size` (pixels, as a rule)."""
    widths = _table()[bold]
    try:
        return sum([widths[letter] for letter in text]) * size
    except KeyError:
        return sum(widths.get(letter) or _unknown(letter) for letter in text) * size


def is_covered(text: str) -> bool:
    """Whether the shipped font has every letter of `text`."""
    return not not_covered(text)


def not_covered(text: str) -> list[str]:
    """The letters of `text` that the shipped font lacks, each once."""
    known = {*_table()[0], "\n", "\r", "\t"}
    return [letter for letter in dict.fromkeys(text) if letter not in known]


def wrap(text: str, size: float, most: float, bold: bool = False) -> list[str]:
    """`text` in lines of at most `most` width, broken between words.

    A number stays with its unit and a comparison with its number. A word too long for a line is broken after
    a hyphen or a slash, and only failing that between letters.
    """
    return [line.replace(GLUE, " ") for line in _wrapped(text, size, most, bold)]


def _wrapped(text: str, size: float, most: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in TOGETHER.sub(GLUE, " ".join(text.split())).split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= most:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, size, most, bold) or [""]
        lines += full
    return [*lines, line] if line else lines


def shorten_to(text: str, letters: int) -> str:
    """As many whole words of `text` as fit in so many letters, with no dangling small word; may be empty."""
    words = text.split()
    while words and len(" ".join(words)) > letters:
        words = _without_last(words)
    return " ".join(words)


DANGLING = frozenset("a an and as at for from in of on or the to with & + - – —".split())


def _without_last(words: list[str]) -> list[str]:
    words = words[:-1]
    while words and words[-1].lower() in DANGLING:
        words = words[:-1]
    return [*words[:-1], words[-1].rstrip(",;:-–—")] if words else words


def _broken(word: str, size: float, most: float, bold: bool) -> list[str]:
    """The word in pieces that fit."""
    if text_width(word, size, bold) <= most:
        return [word]
    pieces: list[str] = []
    for part in PIECES.findall(word):
        if pieces and text_width(pieces[-1] + part, size, bold) <= most:
            pieces[-1] += part
        else:
            pieces += _letters(part, size, most, bold)
    return pieces


def _letters(part: str, size: float, most: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in part:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold) > most:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _unknown(letter: str) -> float:
    return WIDE_WIDTH if ord(letter) >= FIRST_WIDE else UNKNOWN_WIDTH
