"""Checking many files: in this process, or in several where that is faster, with the same result."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from careplan import reading
from careplan.commands.trouble import Fault, told
from careplan.diagnostics import worst
from careplan.files import SUFFIX, FileProblem, printable, read_stdin
from careplan.report import Findings, Report, Totals, count
from careplan.rules.settings import Settings

_WORTH_IT = 24  # fewer files than this are checked before other processes have started


class Job(NamedTuple):
    """A file to check, or a problem that is already known; `path` is `-` for the standard input."""

    path: str
    root: str
    problem: str = ""
    settings: Settings = Settings()  # of the file's folder


class Result(NamedTuple):
    """One file's part of the report, what it adds up to, and why it could not be checked, on one line.

    `fails`: something weighs as much as what is set to fail a check.
    """

    text: str
    totals: Totals
    problem: str = ""
    fails: bool = False


def root_of(given: Path) -> str:
    """How far `use` lines may lead: the working folder if `given` is in it, else the given folder."""
    here = Path(os.path.realpath("."))
    if len(here.parts) > 1 and Path(os.path.realpath(given)).is_relative_to(here):
        return str(here)
    return str(given if os.path.isdir(given) else given.parent)


def run(jobs: Sequence[Job], report: Report, workers: int | None = None) -> Iterator[Result]:
    """The results in the order of the jobs; `workers` None chooses their number."""
    number = workers or _workers_for(jobs)
    if len(jobs) > 1:
        gc.enable()  # `entry` turned it off, which is right for work that ends at once
    if number == 1 or len(jobs) < 2:
        yield from (check_one(report, job) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    first, *others = jobs
    yield check_one(report, first)  # what it loads, the forked processes have
    chunk = max(1, min(16, len(others) // (number * 4)))
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(number, context, _quiet) as pool:
        try:
            yield from pool.map(partial(check_one, report), others, chunksize=chunk)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def check_one(report: Report, job: Job) -> Result:
    """Check one file. Never raises: a fault of careplan's own is a problem of this file alone."""
    if job.problem:
        return _unread(report, job.path, job.problem)
    try:
        read = read_job(job)
        diagnostics = job.settings.applied(read.diagnostics)
        findings = Findings(read.tree.source.name, diagnostics, read.sources)
        worst_found = worst(diagnostics)
        fails = worst_found is not None and worst_found >= job.settings.fail_on
        return Result(report.file(findings), count(findings), fails=fails)
    except FileProblem as problem:
        return _unread(report, problem.path, problem.what)
    except Exception as trouble:
        if os.environ.get("CAREPLAN_DEBUG"):
            raise
        name = printable(job.path)
        line = told(Fault(name, trouble))
        return _unread(report, name, line)._replace(problem=line)


def read_job(job: Job) -> reading.Reading:
    """The file of the job, read with the packs that are set for it. Raises FileProblem."""
    if job.path != "-":
        return reading.read_file(job.path, job.root, job.settings.packs)
    source = read_stdin()
    return reading.read_text(source.text, source.name, job.root, job.settings.packs)


def _unread(report: Report, path: str, problem: str) -> Result:
    findings = Findings(path, problem=problem)
    return Result(report.file(findings), count(findings), f"{path}: {problem}")


def _workers_for(jobs: Sequence[Job]) -> int:
    if len(jobs) < _WORTH_IT or any(not job.path.endswith(SUFFIX) for job in jobs):
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return min(8, len(affinity(0)) if affinity else os.cpu_count() or 1)


def _quiet() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the workers
