"""Knowing a finding again after its lines have moved: by its name, its file and the words of its line."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from careplan.report import Findings


class Key(NamedTuple):
    """What stays of a finding when other lines change; `number` counts equal ones in a file from 1."""

    file: str
    name: str
    line: str
    number: int

    @property
    def digest(self) -> str:
        """32 hexadecimal digits."""
        text = "\0".join(map(str, self))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def keys(findings: Findings, path: Callable[[str], str]) -> list[Key]:
    """The key of each finding, in their order; `path` gives the file's name that goes into it."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for d in findings.diagnostics:
        source = findings.sources.get(d.span.file)
        line = source.line_text(d.span.line) if source is not None else ""
        same = (path(d.span.file or findings.file), d.name, " ".join(line.split()))
        seen[same] += 1
        found.append(Key(*same, seen[same]))
    return found
