"""Where findings are for a CI service: its paths begin at the repository, wherever careplan was started."""

from __future__ import annotations

import os
from typing import NamedTuple

from careplan.source import Source, Span


class Root(NamedTuple):
    """The repository's folder and the working folder, both absolute; both empty: paths stay as given."""

    folder: str = ""
    here: str = ""

    def path(self, file: str) -> str:
        """The path from the repository's folder, with `/`; as it is given for a file outside of it."""
        if not self.folder or file.startswith("<"):
            return file.replace(os.sep, "/")
        path = relative(file, self.folder, self.here)
        return file.replace(os.sep, "/") if path.startswith("../") else path


AS_GIVEN = Root()


def relative(file: str, folder: str, here: str) -> str:
    """The path of `file` (seen from `here`) from `folder`, with `/`."""
    full = os.path.normpath(os.path.join(here, file))
    try:
        return os.path.relpath(full, folder).replace(os.sep, "/")
    except ValueError:  # another drive of a Windows machine
        return full.replace(os.sep, "/")


class Region(NamedTuple):
    """Lines and columns from 1; `end_column` is the first one after the stretch. 0 where there is none."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(span: Span, source: Source | None) -> Region:
    """The region of a span in its source."""
    if source is None:
        return Region(span.line, span.column, span.line, span.column + span.end - span.start)
    line = source.line_number(span.end)
    return Region(span.line, span.column, line, span.end - source.line_starts[line - 1] + 1)
