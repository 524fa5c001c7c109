"""Words on lines of so many letters, and ink that only adds to what the words say."""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """Bold and dim text where the terminal has them; nothing is said by ink alone."""

    colour: bool

    def bold(self, text: str) -> str:
        """Headings."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour and text.strip() else text

    def dim(self, text: str) -> str:
        """Details."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour and text.strip() else text

    def marks(self, text: str) -> str:
        """Marks on a lane."""
        return f"\x1b[36m{text}\x1b[0m" if self.colour and text.strip() else text


def fill(text: str, width: int) -> list[str]:
    """The words in lines of at most `width` letters; a longer word is broken after a hyphen or slash."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        while len(word) > width:
            cut = max(word.rfind(sign, 1, width) for sign in "-/") + 1 or width
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines
