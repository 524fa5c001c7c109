"""How far long work has come, on the terminal's error stream; nowhere else, and not for short work."""

from __future__ import annotations

import os
import sys
from time import monotonic

_PATIENCE = 0.5  # seconds before anything is shown
_PACE = 0.1


class Progress:
    """`checking 37 of 100`, rewritten in place."""

    def __init__(self, doing: str, total: int) -> None:
        self.doing = doing
        self.total = total
        self.done = 0
        self.shown = False
        self.next = monotonic() + _PATIENCE
        self.on = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and total > 1

    def step(self, number: int = 1) -> None:
        """So many more are done."""
        self.done += number
        if self.on and monotonic() >= self.next and self.done < self.total:
            self.next = monotonic() + _PACE
            self.shown = True
            sys.stderr.write(f"\r{self.doing} {self.done:,} of {self.total:,}\x1b[K")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away, before other text is written."""
        if self.shown:
            self.shown = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
