"""What the terminal can show, and writing to it or to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

from careplan.files import FileProblem, write_atomically


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads this stream as it is written."""
    return stream.isatty()


def wants_colour(stream: TextIO) -> bool:
    """Whether to write colour: on a terminal, unless NO_COLOR is set; elsewhere only with FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """How many columns to fill: the terminal's width between 40 and 160, else 100."""
    if not is_terminal(stream):
        return 100
    from shutil import get_terminal_size  # which loads what unpacks archives

    return max(40, min(160, get_terminal_size((100, 24)).columns))


def default_format() -> str:
    """The report format where none is asked for: `full` on a terminal, else `plain`."""
    return "full" if is_terminal(sys.stdout) else "plain"


def deliver(content: str | bytes, target: str | None, plan: str = "") -> None:
    """Write `content` to the file `target`, never over a plan, or to the standard output (`-` or None)."""
    if target is None or target == "-":
        if isinstance(content, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content if content.endswith("\n") else content + "\n")
        return
    refuse_plan(target, plan)
    write_atomically(target, content)
    print(f"wrote {target}", file=sys.stderr)


def refuse_plan(target: str, plan: str = "") -> None:
    """Raise FileProblem if the file to be written is the plan that was read, or named like one."""
    same = bool(plan) and os.path.realpath(target) == os.path.realpath(plan)
    if same or Path(target).suffix.lower() == ".careplan":
        raise FileProblem(target, "this is a plan, and would be overwritten; choose another name")
