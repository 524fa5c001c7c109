"""`careplan check --list-allows`: what the plans' comments allow, for whoever has to answer for it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from careplan.commands.checking import Job, read_job
from careplan.commands.trouble import at_work_on
from careplan.files import FileProblem, printable

if TYPE_CHECKING:
    from careplan.rules.allow import Allow


def list_allows(jobs: Sequence[Job], as_json: bool) -> int:
    """Print file, line, name and reason of every allow; the exit code: 0, or 2 if a file cannot be read."""
    every: dict[tuple[str, int, str], Allow] = {}
    problems = 0
    for job in jobs:
        try:
            if job.problem:
                raise FileProblem(job.path, job.problem)
            with at_work_on(job.path):
                found = read_job(job).allows
            # A file that several plans use is listed once, and is in use if one of them needs it.
            every.update({_key(a): a for a in found if a.silenced or _key(a) not in every})
        except FileProblem as problem:
            problems += 1
            print(f"careplan: {problem}", file=sys.stderr)
    allows = [every[key] for key in sorted(every)]
    if as_json:
        print(json.dumps({"allows": [_row(allow) for allow in allows]}, indent=2, ensure_ascii=False))
    else:
        for allow in allows:
            idle = "" if allow.silenced else " (silences nothing)"
            print(f"{printable(allow.span.file)}:{allow.span.line}: {allow.name}: {allow.reason}{idle}")
    return 2 if problems else 0


def _key(allow: Allow) -> tuple[str, int, str]:
    return allow.span.file, allow.span.line, allow.name


def _row(allow: Allow) -> dict[str, object]:
    return {
        "file": allow.span.file,
        "line": allow.span.line,
        "name": allow.name,
        "reason": allow.reason,
        "silenced": [{"line": found.span.line, "message": found.message} for found in allow.silenced],
    }
