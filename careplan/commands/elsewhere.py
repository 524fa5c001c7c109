"""A used file's own findings, where that file is checked as well: they are reported there, and only there."""

from __future__ import annotations

import os
from functools import cache

from careplan.files import FileProblem
from careplan.reading import Reading, read_file


def without_what_is_told_elsewhere(read: Reading, root: str, files: frozenset[str]) -> Reading:
    """The reading without what each of `files` (real paths) that it uses is told by itself."""
    own = read.tree.source.name
    places = {d.span.file for d in read.diagnostics} - {own}
    told = {place: _told(place, root) for place in places if os.path.realpath(place) in files}
    if not told:
        return read
    kept = (d for d in read.diagnostics if (d.name, d.span.start, d.message) not in told.get(d.span.file, ()))
    return read._replace(diagnostics=tuple(kept))


def forget() -> None:
    """Begin anew: a file may have been saved since."""
    _told.cache_clear()


@cache
def _told(place: str, root: str) -> frozenset[tuple[str, int, str]]:
    """What is found in that file when it is read alone."""
    try:
        found = read_file(place, root, None).diagnostics
    except FileProblem:
        return frozenset()
    return frozenset((d.name, d.span.start, d.message) for d in found if d.span.file == place)
