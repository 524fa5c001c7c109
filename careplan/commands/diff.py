"""The difference between two texts of one file, as patches are written."""

from __future__ import annotations


def difference(name: str, old: str, new: str, how: str) -> str:
    """A unified diff from `old` to `new`; the new file's name says `how` it came about."""
    from difflib import unified_diff

    before, after = (text.splitlines(keepends=True) for text in (old, new))
    lines = unified_diff(before, after, name, f"{name} ({how})")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
