"""Reading, checking and writing for `careplan import`."""

from __future__ import annotations

import sys
from pathlib import Path

from careplan.files import FileProblem, read_source, read_stdin, write_atomically, write_new


def read_document(path: str) -> str:
    """The text of the file, or of the standard input (`-`); FileProblem if it cannot be read."""
    return (read_stdin() if path == "-" else read_source(Path(path))).text


def brought_in(document: str) -> tuple[str, tuple[str, ...], str]:
    """The plan's formatted text, what it leaves out, and a report of its errors; ImportProblem if none."""
    from careplan.diagnostics import PlanError, Severity
    from careplan.importing.fhir import from_fhir
    from careplan.language.format import format_text
    from careplan.reading import read_text
    from careplan.report import Findings, report_for, write

    found = from_fhir(document)
    try:
        text = format_text(found.text)
    except PlanError:
        text = found.text  # what cannot be read is reported below, line by line
    checked = read_text(text, f"{found.name}.careplan")
    errors = tuple(d for d in checked.diagnostics if d.severity is Severity.ERROR)
    if not errors:
        return text, found.left_out, ""
    findings = Findings(checked.tree.source.name, errors, checked.sources)
    return text, found.left_out, write(report_for("plain", False, 100), [findings])


def written(text: str, target: str | None, force: bool) -> None:
    """Write the plan to a new file, or over an old one with `force`, or to the standard output."""
    if target is None or target == "-":
        sys.stdout.write(text)
        return
    if force:
        write_atomically(target, text)
    elif Path(target).exists():
        raise FileProblem(target, "this file is there already; it was left alone (--force writes over it)")
    else:
        write_new(target, text)
    print(f"wrote {target}", file=sys.stderr)
