"""`careplan check --fix` and `--diff`: the fixes that findings offer, made where they do what they say.

A text with fixes is read again before it is written: what was fixed must be gone, and nothing new may be
found. A fix with which that is not so is left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from careplan.commands.checking import Job, read_job
from careplan.commands.diff import difference
from careplan.commands.findings import reported
from careplan.commands.rounds import Request, baseline_of, check_once
from careplan.commands.trouble import Fault, at_work_on, told
from careplan.diagnostics import Diagnostic, Severity
from careplan.files import FileProblem, read_source, read_stdin, write_atomically
from careplan.fixes import Applied, apply_fixes
from careplan.plan.model import Plan
from careplan.report.words import several
from careplan.source import Source

_STEPS = 5  # a fix may bring to light what another one mends
_MOST_ALONE = 50  # each costs a reading


class Seen(NamedTuple):
    """What came of reading a text: the plan, if it is sound, and what is reported."""

    plan: Plan | None
    found: tuple[Diagnostic, ...]


class Fixed(NamedTuple):
    """A text, how many fixes are in it, and how many are not because they would bring other faults."""

    text: str
    number: int = 0
    refused: int = 0


class _Step(NamedTuple):
    """The text with some fixes, what is then seen, and how many were made and refused."""

    text: str
    seen: Seen
    made: int = 0
    refused: int = 0


def fix_and_check(request: Request, jobs: Sequence[Job], only_diff: bool) -> int:
    """Fix the files, or show how they would change, and report what is left; the exit code."""
    left: list[Job] = []
    counts: list[int] = []
    code = 0
    for job in jobs:
        try:
            done = _fix_one(request, job, only_diff)
            counts.append(done.number)
            unwritten = job.path == "-" or (only_diff and done.number)
            left.append(job._replace(text=done.text) if unwritten else job)
        except FileProblem as problem:
            left.append(job._replace(problem=problem.what))
        except Fault as fault:
            code = 2
            print(f"careplan: {told(fault)}", file=sys.stderr)
    sys.stdout.flush()
    files = sum(count > 0 for count in counts)
    if files:
        can = "can be fixed" if only_diff else "fixed"
        print(f"{several(sum(counts), 'finding')} {can} in {several(files, 'file')}", file=sys.stderr)
    standard_output_is_taken = only_diff or any(job.path == "-" for job in jobs)
    ended = check_once(request, left, sys.stderr if standard_output_is_taken else None)
    return max(code, ended.code, int(only_diff and files > 0))


def _fix_one(request: Request, job: Job, only_diff: bool) -> Fixed:
    if job.problem:
        raise FileProblem(job.path, job.problem)
    source = read_stdin() if job.path == "-" else read_source(job.path)
    baseline = baseline_of(request)

    def see(text: str) -> Seen:
        read = read_job(job._replace(text=text))
        return Seen(read.plan, reported(read, job.settings, baseline).findings.diagnostics)

    with at_work_on(source.name):
        done = fixed(source, see)
    if done.refused:
        why = "it would bring other faults" if done.refused == 1 else "they would bring other faults"
        print(
            f"careplan: {source.name}: {several(done.refused, 'fix', 'fixes')} not made: {why}",
            file=sys.stderr,
        )
    if only_diff:
        sys.stdout.write(difference(source.name, source.text, done.text, "fixed"))
    elif job.path == "-":
        sys.stdout.write(done.text)
    elif done.number:
        write_atomically(job.path, done.text, was=source.text)
    return done


def fixed(source: Source, see: Callable[[str], Seen]) -> Fixed:
    """The text with every fix made that can be; `see` reads a text in the place of the source's."""
    step = _Step(source.text, see(source.text))
    number = 0
    for _ in range(_STEPS):
        step = _step(Source(source.name, step.text), step.seen, see)
        number += step.made
        if not step.made:
            break
    return Fixed(step.text, number, step.refused)


def _step(source: Source, before: Seen, see: Callable[[str], Seen]) -> _Step:
    """Make fixes, all at once if that is no worse than before, else those that are not when alone.

    Fixes that touch weighty words, such as one that takes out the numbers of a list, are made only where the
    plan is known and stays the same.
    """

    def tried(found: Iterable[Diagnostic], any_words: bool = False) -> tuple[Applied, Seen, bool]:
        applied = apply_fixes(source, found, any_words)
        after = see(applied.text) if applied.fixed else before
        return applied, after, _better(before, after, applied.fixed)

    if before.plan is not None:
        every, after, good = tried(before.found, any_words=True)
        if good and after.plan is not None and _meaning(after.plan) == _meaning(before.plan):
            return _Step(every.text, after, len(every.fixed))
    every, after, good = tried(before.found)
    wanted = len(every.fixed)
    if not good:
        alone = [d for d in every.fixed[:_MOST_ALONE] if tried([d])[2]]
        every, after, good = tried(alone)
    if not good:
        return _Step(source.text, before, 0, wanted)
    return _Step(every.text, after, len(every.fixed), wanted - len(every.fixed))


def _better(before: Seen, after: Seen, fixed: Iterable[Diagnostic]) -> bool:
    """Whether what was fixed is gone, and nothing new is found.

    While a plan has errors, much is not looked for: fewer errors may bring other findings to light.
    """
    old, new, gone = (_counted(found) for found in (before.found, after.found, fixed))
    if any(new[what] > old[what] - number for what, number in gone.items()):
        return False
    return not new - old or _errors(after.found) < _errors(before.found)


def _counted(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((d.name, d.message) for d in found)


def _errors(found: Iterable[Diagnostic]) -> int:
    return sum(d.severity is Severity.ERROR for d in found)


def _meaning(plan: Plan) -> object:
    """The plan without the places where it is written."""
    return _without_places(plan.model_dump())


def _without_places(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_places(part) for name, part in value.items() if name != "span"}
    return [_without_places(part) for part in value] if isinstance(value, list | tuple) else value
