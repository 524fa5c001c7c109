"""Occurrences as CSV (RFC 4180): a header, a row each, CRLF line ends, empty where nothing is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from careplan.export.dated.columns import COLUMNS, rows
from careplan.stay.schedule.occurrence import Occurrence


def csv_text(found: Sequence[Occurrence]) -> str:
    """The table; `true` and `false` for what is so or not, times with their offset from UTC."""
    names = [column.name for column in COLUMNS]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows(list(found)):
        writer.writerow([_cell(row[name]) for name in names])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
