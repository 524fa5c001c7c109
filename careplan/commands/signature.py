"""The mark in every picture that careplan makes, by which it knows its own files from somebody else's."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from careplan.files import FileProblem

MARK = "Made by careplan"
PNG_HEAD = 8 + 25  # bytes of a PNG's signature and of its first part, which says how large it is


def signed(content: str | bytes, kind: str) -> str | bytes:
    """The picture of this kind (its ending without the dot) with the mark, where it is not seen."""
    if isinstance(content, bytes):
        return _png(content) if kind == "png" else content  # a PDF is marked as it is made
    if MARK in content:
        return content
    if kind in ("svg", "html"):
        start = content.index(">", content.index("<svg")) + 1
        return f"{content[:start]}<!-- {MARK} -->{content[start:]}"
    sign = {"dot": "// ", "mmd": "%% "}.get(kind, "\n")
    return f"{content.rstrip()}\n{sign}{MARK}\n"


def refuse_others(target: str) -> None:
    """Raise FileProblem if there is a file of this name with something in it that careplan did not make."""
    path = Path(target)
    try:
        if path.is_file() and (found := path.read_bytes()) and MARK.encode() not in found:
            what = "this file is there already, and careplan did not make it"
            raise FileProblem(target, f"{what}; choose another name, or write over it with --force")
    except FileProblem:
        raise
    except OSError:
        return  # what cannot be read is left to the writing to judge


def _png(content: bytes) -> bytes:
    """The PNG with the mark in a part for text, right after the part with its size."""
    data = b"tEXt" + b"Software\0" + MARK.encode("latin-1")
    part = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return content[:PNG_HEAD] + part + content[PNG_HEAD:]
