"""Small files kept between runs, in a folder that only this user can write.

What is read from here is run as machine code, so a folder or a file that somebody else owns, or that others
may write, counts as absent.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
READ_HERE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
OWNERS = hasattr(os, "getuid")  # on Windows the user's own folder is private by its access list


def cache_folder() -> Path | None:
    """Where this user's cached files belong, made if need be; None if there is no safe place."""
    base = _base()
    if base is None:
        return None
    folder = base / "careplan"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    return folder if stat.S_ISDIR(found.st_mode) and _is_own(found) else None


def read_cached(name: str) -> bytes | None:
    """The bytes kept under `name`; None if there are none that can be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        handle = os.open(folder / name, READ_HERE)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        return file.read() if stat.S_ISREG(found.st_mode) and _is_own(found) else None


def write_cached(name: str, content: bytes) -> None:
    """Keep `content` under `name`, whole or not at all; a place that cannot be written is no error."""
    folder = cache_folder()
    if folder is None:
        return
    try:
        handle, temporary = tempfile.mkstemp(prefix=name, suffix=".new", dir=folder)  # mode 0600
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, folder / name)
    except OSError:
        Path(temporary).unlink(missing_ok=True)


def _is_own(found: os.stat_result) -> bool:
    return not OWNERS or (found.st_uid == os.getuid() and not found.st_mode & OTHERS_MAY_WRITE)


def _base() -> Path | None:
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):
        return Path(chosen)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
