"""Reading one text: a file or the standard input."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from careplan.files.problem import FileProblem, printable, why_unread
from careplan.source import Source

LARGEST = 10_000_000
"""The largest file that is read, in bytes; a plan of 10,000 lines has about 500,000."""

STDIN_NAME = "<stdin>"
"""The name of what is read from the standard input."""

_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_source(path: Path | str) -> Source:
    """The text of the file at `path`; FileProblem if it is not UTF-8 text of 1 byte to 10 MB."""
    path = Path(path)
    try:
        data = _read(path)
    except FileProblem:
        raise
    except (OSError, ValueError) as trouble:
        raise FileProblem(path, why_unread(path, trouble)) from trouble
    return Source(printable(str(path)), decode(data, path))


def read_stdin() -> Source:
    """The text of the standard input, under the name `<stdin>`; FileProblem as for a file."""
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileProblem(STDIN_NAME, _too_large())
    return Source(STDIN_NAME, decode(data, STDIN_NAME))


def decode(data: bytes, path: Path | str) -> str:
    """The UTF-8 text in `data`; FileProblem, naming `path`, if it is empty, binary or in another encoding."""
    for start, what in _FORMATS:
        if data.startswith(start):
            raise FileProblem(path, f"this is {what}, not a text file; save the plan as plain text (UTF-8)")
    if data.startswith(_UTF16) or _looks_like_utf16(data):
        raise FileProblem(path, "this file is in UTF-16, not UTF-8; save it as UTF-8 in your editor")
    if (at := data.find(b"\0")) >= 0:
        raise FileProblem(path, f"this is not a text file (it has a zero byte on line {_line(data, at)})")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise FileProblem(path, _not_utf8(data, trouble.start)) from trouble
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise FileProblem(path, "this file is empty; `careplan new NAME` writes a plan to start from")
    return text


def _read(path: Path) -> bytes:
    # The size and kind are known before a byte is read, and opening a pipe must not wait for its writer.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise FileProblem(path, "this is not an ordinary file; `-` reads from the standard input")
        if status.st_size > LARGEST:
            raise FileProblem(path, _too_large(status.st_size))
        data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise FileProblem(path, _too_large())
        return data


def _too_large(size: int | None = None) -> str:
    has = f"this file has {size / 1e6:,.0f} MB" if size else "there is more to read than 10 MB"
    return f"{has}; a plan has at most 10 MB, so this is hardly one"


def _looks_like_utf16(data: bytes) -> bool:
    start = data[:200]
    zeros = start.count(0)
    return zeros * 3 > len(start) > 3 and zeros in (start[::2].count(0), start[1::2].count(0))


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _not_utf8(data: bytes, at: int) -> str:
    before = data[data.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace")
    guess = bytes([data[at]]).decode("cp1252", "replace")
    meant = f", perhaps `{guess}` in Latin-1," if guess.isprintable() and guess != "\ufffd" else ""
    where = f"line {_line(data, at)}, column {len(before) + 1}"
    return f"not UTF-8 text: byte 0x{data[at]:02x}{meant} at {where}; save the file as UTF-8 in your editor"
