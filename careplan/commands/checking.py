"""Checking many files: in this process, or in several where that is faster, with the same result."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from careplan import reading
from careplan.commands.elsewhere import without_what_is_told_elsewhere
from careplan.commands.findings import reported
from careplan.commands.trouble import Fault, told
from careplan.files import STDIN_NAME, SUFFIX, FileProblem, printable, read_stdin
from careplan.report import Findings, Report, Totals, count
from careplan.rules.settings import Settings

if TYPE_CHECKING:
    from careplan.commands.baseline import Baseline
    from careplan.report.fingerprint import Key

_WORTH_IT = 24  # fewer files than this are checked before other processes have started


class Job(NamedTuple):
    """A file to check, or a problem that is already known; `path` is `-` for the standard input."""

    path: str
    root: str
    problem: str = ""
    settings: Settings = Settings()  # of the file's folder
    text: str | None = None  # what to check instead of what the file holds


class Task(NamedTuple):
    """What is made of every file: the reports in which it has a part, what a baseline holds, the others."""

    reports: tuple[Report, ...]
    baseline: Baseline | None = None
    files: frozenset[str] = frozenset()  # the real paths of all the files that are checked


class Result(NamedTuple):
    """One file's part of each report, what it adds up to, and what went wrong, on one line each.

    `fails`: something weighs as much as what is set to fail a check. `held`: what the baseline has of it.
    `used`: the other files that were read for it.
    """

    file: str
    parts: tuple[str, ...]
    totals: Totals
    problems: tuple[str, ...] = ()
    fails: bool = False
    held: tuple[Key, ...] = ()
    used: tuple[str, ...] = ()


def root_of(given: Path) -> str:
    """How far `use` lines may lead: the working folder if `given` is in it, else the given folder."""
    here = Path(os.path.realpath("."))
    if len(here.parts) > 1 and Path(os.path.realpath(given)).is_relative_to(here):
        return str(here)
    return str(given if os.path.isdir(given) else given.parent)


def run(jobs: Sequence[Job], task: Task, workers: int | None = None) -> Iterator[Result]:
    """The results in the order of the jobs; `workers` None chooses their number."""
    number = workers or _workers_for(jobs)
    if len(jobs) > 1:
        gc.enable()  # `entry` turned it off, which is right for work that ends at once
    if number == 1 or len(jobs) < 2:
        yield from (check_one(task, job) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    first, *others = jobs
    yield check_one(task, first)  # what it loads, the forked processes have
    chunk = max(1, min(16, len(others) // (number * 4)))
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(number, context, _quiet) as pool:
        try:
            yield from pool.map(partial(check_one, task), others, chunksize=chunk)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def check_one(task: Task, job: Job) -> Result:
    """Check one file. Never raises: a fault of careplan's own is a problem of this file alone."""
    if job.problem:
        return _unread(task, job.path, job.problem)
    try:
        read = read_job(job)
        if len(read.sources) > 1 and len(task.files) > 1:
            read = without_what_is_told_elsewhere(read, job.root, task.files)
        findings, held = what = reported(read, job.settings, task.baseline)
        name = findings.file
        return Result(
            name,
            tuple(report.file(findings) for report in task.reports),
            count(findings)._replace(held=len(held)),
            tuple(f"{name}: {failure}" for failure in findings.failures),
            what.fails,
            held,
            tuple(other for other in read.sources if other != name),
        )
    except FileProblem as problem:
        return _unread(task, problem.path, problem.what)
    except Exception as trouble:
        if os.environ.get("CAREPLAN_DEBUG"):
            raise
        name = printable(job.path)
        line = told(Fault(name, trouble))
        return _unread(task, name, line)._replace(problems=(line,))


def read_job(job: Job) -> reading.Reading:
    """The file of the job, read with the packs that are set for it. Raises FileProblem."""
    if job.path != "-":
        return reading.read_file(job.path, job.root, job.settings.packs, job.text)
    text = read_stdin().text if job.text is None else job.text
    return reading.read_text(text, STDIN_NAME, job.root, job.settings.packs)


def _unread(task: Task, path: str, problem: str) -> Result:
    findings = Findings(path, problem=problem)
    parts = tuple(report.file(findings) for report in task.reports)
    return Result(path, parts, count(findings), (f"{path}: {problem}",))


def _workers_for(jobs: Sequence[Job]) -> int:
    if len(jobs) < _WORTH_IT or any(not job.path.endswith(SUFFIX) for job in jobs):
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return min(8, len(affinity(0)) if affinity else os.cpu_count() or 1)


def _quiet() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the workers
