"""One round of `careplan check`: the plans found, checked and reported, once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from careplan.commands.channels import channels, parts_of
from careplan.commands.checking import Job, Result, Task, root_of, run
from careplan.commands.configuration import Configuration
from careplan.commands.elsewhere import forget
from careplan.commands.progress import Progress
from careplan.diagnostics import Severity
from careplan.files import FileProblem, find_plans
from careplan.report import Totals
from careplan.report.words import several, summary

if TYPE_CHECKING:
    from careplan.commands.baseline import Baseline
    from careplan.report.fingerprint import Key


class Request(NamedTuple):
    """What a check is asked to do; the names are those of the options."""

    paths: tuple[str, ...]
    format: str | None = None
    output: str | None = None
    root: str | None = None
    jobs: int | None = None
    fail_on: Severity | None = None
    baseline: str | None = None
    write_baseline: str | None = None


class Round(NamedTuple):
    """How a round ended: its exit code, and every file that was read."""

    code: int
    files: tuple[str, ...]


def jobs_for(request: Request) -> list[Job]:
    """The files to check in the order in which they are given, each once."""
    jobs: dict[str, Job] = {}
    for given in request.paths:
        if given == "-":
            jobs["-"] = Job("-", request.root or ".")
            continue
        limit = request.root or root_of(Path(given))
        problems: list[FileProblem] = []
        for path in find_plans([given], problems.append):
            jobs.setdefault(os.path.realpath(path), Job(str(path), limit))
        jobs.update((p.path, Job(p.path, limit, p.what)) for p in problems)
    configuration = Configuration(request.fail_on)
    return [job._replace(settings=configuration.of(job.path)) for job in jobs.values()]


def check_once(request: Request, jobs: Sequence[Job], stream: TextIO | None = None) -> Round:
    """Check the files and write the report, to the stream where it goes to no file."""
    tally = _Tally(baseline_of(request))
    forget()
    with channels(request.format, request.output, stream) as every:
        progress = Progress("checking", len(jobs))
        for channel in every:
            channel.begin()
        files = frozenset(os.path.realpath(job.path) for job in jobs if job.path != "-")
        for result in run(jobs, Task(parts_of(every), tally.baseline, files), request.jobs):
            progress.step()
            if result.problems or any(result.parts):
                progress.clear()
            for problem in result.problems:
                every[0].stream.flush()
                print(f"careplan: {problem}", file=sys.stderr)
            for channel, part in zip(every, result.parts, strict=True):
                channel.add(part)
            tally.add(result)
        progress.clear()
        for channel in every:
            channel.end(tally.totals)
    if request.output not in (None, "-"):
        found = summary(tally.totals)
        print(f"wrote {request.output}" + (f": {found}" if found else ""), file=sys.stderr)
    tally.finish()
    return Round(tally.code, tuple(tally.files))


class _Tally:
    """What the results of a round add up to."""

    def __init__(self, baseline: Baseline | None) -> None:
        self.baseline = baseline
        self.totals = Totals()
        self.code = 0
        self.files: dict[str, None] = {}
        self.held: set[Key] = set()
        self.in_full: set[str] = set()  # the files, as the baseline calls them, whose findings are all known

    def add(self, result: Result) -> None:
        """One more file."""
        self.totals += result.totals
        self.code = max(self.code, 2 if result.problems else int(result.fails))
        self.files.update(dict.fromkeys((result.file, *result.used)))
        self.held.update(result.held)
        if self.baseline is not None and not result.problems and not result.totals.errors:
            self.in_full.add(self.baseline.path(result.file))

    def finish(self) -> None:
        """Write the baseline that is wanted, or say which entries of the one in use are stale."""
        if self.baseline is None:
            return
        from careplan.commands.baseline import told, write_baseline

        sys.stdout.flush()
        file = self.baseline.file
        if self.baseline.known is None:
            write_baseline(self.baseline, self.held)
            print(f"wrote {file}: {several(len(self.held), 'finding')}", file=sys.stderr)
            return
        stale = self.baseline.stale(self.held, self.in_full)
        if stale:
            gone = (
                f"{several(len(stale), 'finding')} that {'is' if len(stale) == 1 else 'are'} no longer there"
            )
            print(f"careplan: {file} holds {gone}; write it anew with --write-baseline:", file=sys.stderr)
        for key in stale:
            print(f"  {told(key)}", file=sys.stderr)


def baseline_of(request: Request) -> Baseline | None:
    """The baseline that is asked for; None where there is none. Raises FileProblem."""
    if request.baseline is None and request.write_baseline is None:
        return None
    from careplan.commands.baseline import new_baseline, read_baseline

    if request.write_baseline is not None:
        return new_baseline(request.write_baseline)
    return read_baseline(request.baseline or "")
