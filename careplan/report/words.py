"""Phrases that several report formats share."""

from __future__ import annotations

from careplan.report import Totals
from careplan.source import Span


def several(number: int, noun: str, nouns: str = "") -> str:
    """`1 error`, `2 errors`; `nouns` where the plural is not just an `s` more."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def place(span: Span, file: str) -> str:
    """`file:line:column`, or the checked file alone for a finding that is about no line."""
    return f"{span.file}:{span.line}:{span.column}" if span.line else span.file or file


def found(totals: Totals) -> list[str]:
    """`2 errors`, `1 warning`, …: of each kind that there is."""
    kinds = ((totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note"))
    return [several(number, noun) for number, noun in kinds if number]


def summary(totals: Totals) -> str:
    """`2 errors in 3 of 14 files`, `14 plans checked, nothing to report`; empty if no file was read."""
    parts = found(totals)
    unread = f"; {several(totals.problems, 'file')} could not be checked" if totals.problems else ""
    if totals.failed:
        unread += "; a rule of careplan failed" + (f" {totals.failed:,} times" if totals.failed > 1 else "")
    if not totals.files:
        return ""
    held = f"; {several(totals.held, 'finding')} of the baseline not shown" if totals.held else ""
    if not parts:
        nothing = "nothing new to report" if totals.held else "nothing to report"
        return f"{several(totals.files, 'plan')} checked, {nothing}{held}{unread}"
    where = several(totals.with_findings, "file")
    if totals.with_findings < totals.files:
        where = f"{totals.with_findings:,} of {several(totals.files, 'file')}"
    return f"{', '.join(parts)} in {where}{held}{unread}"
