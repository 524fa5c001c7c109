"""Where the grammar is."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32


def grammar_text() -> str:
    """The grammar: `careplan/grammar` in a wheel, `grammar` beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "grammar" / "careplan.lark"
    path = packed if packed.is_file() else package.parent / "grammar" / "careplan.lark"
    return path.read_text("utf-8")


def fingerprint(grammar: str) -> str:
    """What tells whether tables were made from this grammar; line ends do not count."""
    plain = grammar.replace("\r\n", "\n").encode()
    return f"{len(plain)}-{crc32(plain):08x}"
