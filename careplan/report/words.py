"""Phrases that several report formats share."""

from __future__ import annotations

from careplan.report import Totals


def several(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def found(totals: Totals) -> list[str]:
    """`2 errors`, `1 warning`, …: of each kind that there is."""
    kinds = ((totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note"))
    return [several(number, noun) for number, noun in kinds if number]


def summary(totals: Totals) -> str:
    """`2 errors in 3 of 14 files`, `14 plans checked, nothing to report`; empty if no file was read."""
    parts = found(totals)
    unread = f"; {several(totals.problems, 'file')} could not be read" if totals.problems else ""
    if not totals.files:
        return ""
    if not parts:
        return f"{several(totals.files, 'plan')} checked, nothing to report{unread}"
    where = several(totals.with_findings, "file")
    if totals.with_findings < totals.files:
        where = f"{totals.with_findings:,} of {several(totals.files, 'file')}"
    return f"{', '.join(parts)} in {where}{unread}"
