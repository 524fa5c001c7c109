"""Reports on their way out: to the standard output, to a file, and to the summary of a job on GitHub."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TextIO

from careplan.commands.output import columns, is_terminal, refuse_plan, wants_colour
from careplan.report import Report, Totals, report_for
from careplan.report.root import AS_GIVEN, Root

_SUFFIXES = {".sarif": "sarif", ".xml": "junit", ".json": "json"}


class Channel:
    """One report and the stream that it is written to, piece by piece."""

    def __init__(self, report: Report, stream: TextIO) -> None:
        self.report = report
        self.stream = stream
        self.between = ""

    def begin(self) -> None:
        """Write what comes before the first file."""
        self.stream.write(self.report.begin())

    def add(self, part: str) -> None:
        """Write a file's part, in the order of the files."""
        text = self.report.shown(part) if part else ""
        if text:
            self.stream.write(self.between + text)
            self.between = self.report.separator

    def end(self, totals: Totals) -> None:
        """Write what comes after the last file."""
        self.stream.write(self.report.end(totals))


@contextmanager
def channels(
    format_: str | None, target: str | None, stream: TextIO | None = None
) -> Iterator[list[Channel]]:
    """The reports that are wanted: in that format (None: what fits), to `target` (None: to the stream).

    A file takes the place of what was there when all is written.
    """
    stream = stream or sys.stdout
    format_ = format_ or format_for(target, stream)
    root = repository()
    with ExitStack() as open_:
        if target not in (None, "-"):
            from careplan.files import writing

            refuse_plan(target)
            to_file = report_for(format_, root=root)
            every = [Channel(to_file, open_.enter_context(writing(target)))]
        else:
            every = [Channel(report_for(format_, wants_colour(stream), columns(stream), root), stream)]
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if format_ == "github" and summary:
            every.append(Channel(report_for("summary", root=root), open_.enter_context(_appending(summary))))
        yield every


def format_for(target: str | None, stream: TextIO) -> str:
    """The format where none is asked for: by the file's name; `github` in GitHub Actions; `full` on a
    terminal; else `plain`."""
    if target not in (None, "-"):
        return _SUFFIXES.get(os.path.splitext(target)[1], "plain")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "full" if is_terminal(stream) else "plain"


def repository() -> Root:
    """The folder that a CI service has checked out, at which the paths of its reports begin."""
    folder = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    return Root(os.path.realpath(folder), os.path.realpath(".")) if folder else AS_GIVEN


def parts_of(every: Sequence[Channel]) -> tuple[Report, ...]:
    """The reports of the channels."""
    return tuple(channel.report for channel in every)


@contextmanager
def _appending(path: str) -> Iterator[TextIO]:
    from careplan.files import FileProblem
    from careplan.files.problem import reason

    try:
        stream = open(path, "a", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed below
    except OSError as trouble:
        raise FileProblem(path, f"the job's summary cannot be written ({reason(trouble)})") from trouble
    with stream:
        yield stream
