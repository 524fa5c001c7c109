"""Writing a file in one step."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from careplan.files.problem import FileProblem, printable, reason


def write_atomically(path: Path | str, content: str | bytes, was: str | None = None) -> None:
    """Put `content` at `path` in one step: a reader sees the old file or the new one, never a part.

    The file keeps its permissions; a link stays a link. If `was` is given and the file no longer holds
    that text, or if anything fails, FileProblem is raised and the file is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    with _replacement(path, was) as out:
        out.write(data)


@contextmanager
def writing(path: Path | str) -> Iterator[TextIO]:
    """A text that is written piece by piece, and that is put at `path` in one step at the end.

    If the block raises, or if anything fails (FileProblem), the file is as it was.
    """
    with _replacement(path) as out:
        text = TextIOWrapper(out, "utf-8", errors="replace", newline="\n")
        yield text
        text.flush()
        text.detach()


@contextmanager
def _replacement(path: Path | str, was: str | None = None) -> Iterator[BinaryIO]:
    """A new file in the same folder, which takes the place of the one at `path`."""
    target = Path(os.path.realpath(path))
    try:
        mode = _writable_mode(path, target)
        temporary = target.with_name(f".careplan-{os.getpid()}-{os.urandom(4).hex()}.tmp")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(handle, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            if mode is not None:
                os.chmod(temporary, mode)
            if was is not None and target.read_bytes() != was.encode("utf-8"):
                raise FileProblem(path, "this file has changed since it was read; it was left alone")
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except FileProblem:
        raise
    except OSError as trouble:
        raise FileProblem(path, _why_not_written(target, trouble)) from trouble


def _writable_mode(path: Path | str, target: Path) -> int | None:
    """The permissions of the file that is there, or None; FileProblem if it must not be replaced."""
    try:
        status = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise FileProblem(path, "this is a folder; give the name of a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise FileProblem(path, "this is not an ordinary file; `-o -` writes to the standard output")
    if not os.access(target, os.W_OK):
        raise FileProblem(path, "this file is write-protected; it was left alone")
    return stat.S_IMODE(status.st_mode)


def _why_not_written(target: Path, trouble: OSError) -> str:
    if isinstance(trouble, FileNotFoundError | NotADirectoryError):
        return f"there is no folder `{printable(str(target.parent))}` to write it to"
    if isinstance(trouble, PermissionError):
        return "this file may not be written (the folder's permissions do not allow it)"
    return f"this file cannot be written ({reason(trouble)})"


def write_new(path: Path | str, text: str) -> None:
    """Write a file that is not there yet; FileProblem if something is, or if it cannot be written."""
    target = Path(path)
    try:
        with open(target, "x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError as trouble:
        raise FileProblem(path, "this file is there already; it was left alone") from trouble
    except OSError as trouble:
        raise FileProblem(path, _why_not_written(target, trouble)) from trouble
