"""What goes wrong with files, and how it is said."""

from __future__ import annotations

import os
from pathlib import Path


class FileProblem(OSError):
    """A file that cannot be read or written; `str()` of it is one line for the user that names the file."""

    def __init__(self, path: Path | str, what: str) -> None:
        self.path = printable(str(path))
        self.what = what
        super().__init__(f"{self.path}: {what}")

    def __reduce__(self) -> tuple[type[FileProblem], tuple[str, str]]:
        return FileProblem, (self.path, self.what)


def printable(text: str) -> str:
    """The text on one line, without control characters or what cannot be written as UTF-8."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "\ufffd" for c in safe)


def reason(trouble: OSError | ValueError) -> str:
    """The system's own words, to stand in brackets."""
    words = getattr(trouble, "strerror", None) or str(trouble)
    return printable(words[:1].lower() + words[1:])


def why_unread(path: Path, trouble: OSError | ValueError) -> str:
    """Why the file or folder could not be read, in plain words."""
    if isinstance(trouble, FileNotFoundError) and os.path.islink(path):
        return f"this is a link to `{printable(os.readlink(path))}`, which is not there"
    if isinstance(trouble, FileNotFoundError):
        return f"there is no such file{_nearby(path)}"
    if isinstance(trouble, IsADirectoryError) or os.path.isdir(path):
        return "this is a folder, not a plan file"
    if isinstance(trouble, PermissionError):
        return "this file may not be read (its permissions do not allow it)"
    return f"this file cannot be read ({reason(trouble)})"


def _nearby(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return ""
    close = get_close_matches(path.name, names, 1, 0.7)
    return f"; did you mean `{printable(str(path.with_name(close[0])))}`?" if close else ""
