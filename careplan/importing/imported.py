"""What an import comes to: a text in the language, and in plain words what could not be brought over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from careplan.language.parser import leads
from careplan.plan.build.assemble import RESERVED


class Imported(NamedTuple):
    """A plan's text, not yet formatted or checked, and a line for each thing that it does not say."""

    name: str
    text: str
    left_out: tuple[str, ...]


class ImportProblem(Exception):
    """A file that cannot be imported; the message is one line, in plain words."""


class Block:
    """A block that is being written: a header and its lines; a line that begins with `#` is a remark."""

    def __init__(self, header: str, lines: Iterable[str] = ()):
        self.header = header
        self.lines = list(lines)

    @property
    def text(self) -> str:
        """The block as text, with a blank line after it."""
        return "\n".join((self.header, *(f"  {line}" for line in self.lines))) + "\n\n"


def remark(words: str) -> str:
    """A comment line."""
    return "# " + " ".join(words.split())


class Names:
    """Names for what is imported: kebab-case, each given once, none of them a word of the language."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.reserved = set(RESERVED) | set(leads())

    def new(self, words: str, otherwise: str) -> str:
        """A name made of `words`; of `otherwise` where they hold no letter."""
        plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:48].strip("-")
        stem = plain if re.match("[a-z]", plain) else f"{otherwise}-{plain}".strip("-")
        stem = f"{stem}-{otherwise}" if stem in self.reserved else stem
        name, number = stem, 1
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}"
        self.taken.add(name)
        return name
