"""Finding the plans in folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from careplan.files.problem import FileProblem, why_unread

OnProblem = Callable[[FileProblem], None]
SUFFIX = ".careplan"
_SKIPPED = ("node_modules", "__pycache__")


def find_plans(paths: Iterable[Path | str], on_problem: OnProblem | None = None) -> Iterator[Path]:
    """The files among `paths` as they are given, and every `*.careplan` file in the folders, each once.

    Folders are searched in sorted order; hidden ones, `node_modules` and virtual environments are left
    out. A folder that cannot be searched, or holds no plan, goes to `on_problem`, or is raised.
    """
    seen: set[str] = set()
    for path in map(Path, paths):
        try:
            if path.is_dir():
                yield from _plans_in(path, seen, on_problem)
            elif _first_time(os.path.realpath(path), seen):
                yield path
        except FileProblem as problem:
            if on_problem is None:
                raise
            on_problem(problem)


def _plans_in(folder: Path, seen: set[str], on_problem: OnProblem | None) -> Iterator[Path]:
    visited: set[str] = set()
    anything = False
    for path in _walk(folder, visited, on_problem):
        anything = True
        if _first_time(os.path.realpath(path), seen):
            yield path
    if not anything:
        raise FileProblem(folder, f"no file in this folder ends in {SUFFIX}")


def _walk(folder: Path, visited: set[str], on_problem: OnProblem | None) -> Iterator[Path]:
    if not _first_time(os.path.realpath(folder), visited):
        return  # a link that leads back to a folder above
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as trouble:
        problem = FileProblem(folder, why_unread(folder, trouble))
        if on_problem is None:
            raise problem from trouble
        on_problem(problem)  # the folders beside it are searched all the same
        return
    for entry in entries:
        if _is_folder(entry):
            if not _skipped(entry):
                yield from _walk(folder / entry.name, visited, on_problem)
        elif entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
            yield folder / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself: whoever reads it says so
        return False


def _skipped(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith(".") or entry.name in _SKIPPED
    return hidden or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _first_time(key: str, seen: set[str]) -> bool:
    new = key not in seen
    seen.add(key)
    return new
