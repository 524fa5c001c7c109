"""`careplan check --watch`: the check anew whenever a file is saved, until Ctrl-C."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator

from careplan.commands.configuration import OWN, SHARED
from careplan.commands.output import is_terminal
from careplan.commands.rounds import Request, Round, check_once, jobs_for
from careplan.files import FileProblem, find_plans

_PAUSE = 0.3  # seconds between two looks, where nothing tells of changes
_SETTLING = 0.05  # an editor writes a file in several steps
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"

Stamps = dict[str, tuple[int, int] | None]
"""When each file was written (ns) and how large it is; None where it is not there."""


def watch(request: Request) -> int:
    """Check, and again after every change, until Ctrl-C; the exit code: 1 if the last check was not clean."""
    gc.enable()
    ended = Round(0, ())
    try:
        while True:
            before = _stamps(request, ended.files)
            if is_terminal(sys.stdout):
                sys.stdout.write(_CLEAR)
            ended = _round(request)
            sys.stdout.flush()
            before = _as_checked(before, _stamps(request, ended.files), ended.files)
            print("watching for changes; Ctrl-C ends", file=sys.stderr, flush=True)
            for _ in _looks(before):
                if _stamps(request, ended.files) != before:
                    break
            time.sleep(_SETTLING)
    except KeyboardInterrupt:
        return min(ended.code, 1)


def _as_checked(before: Stamps, after: Stamps, read: Iterable[str]) -> Stamps:
    """The state that the check saw. What was known before it counts: a change meanwhile is a change.

    So is a plan that came meanwhile and was not read; the files that plans use are known from now on.
    """
    read = {*read, *(file for file in after if file.endswith((OWN, SHARED)))}
    return {file: before.get(file, stamp if file in read else None) for file, stamp in after.items()}


def _round(request: Request) -> Round:
    try:
        return check_once(request, jobs_for(request))
    except FileProblem as problem:  # a settings file or a baseline that is being written
        print(f"careplan: {problem}", file=sys.stderr)
        return Round(1, ())


def _stamps(request: Request, read: Iterable[str]) -> Stamps:
    """The present state of every file that matters for the check."""
    plans = map(str, find_plans(request.paths, on_problem=lambda _: None))
    files = {*plans, *read, *([request.baseline] if request.baseline else [])}
    folders = {os.path.dirname(file) for file in files}
    settings = {os.path.join(folder, name) for folder in folders for name in (OWN, SHARED)}
    return {file: _stamp(file) for file in files | settings}


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _looks(files: Iterable[str]) -> Iterator[None]:
    """Comes back when it is time to look: after a change where `watchfiles` is installed, else regularly."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        while True:
            time.sleep(_PAUSE)
            yield
    yield
    folders = {os.path.dirname(file) or "." for file in files}
    there = sorted(folder for folder in folders if os.path.isdir(folder))
    # The timeout is for what no folder here tells of, such as a plan in a new folder.
    for _ in changes(*there, watch_filter=None, recursive=False, rust_timeout=1000, yield_on_timeout=True):
        yield
