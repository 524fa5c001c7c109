"""What an export comes to: its content, and in plain words what it could not carry."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Carried(NamedTuple):
    """An export's text or bytes, and a line for each thing that its format has no place for."""

    content: str | bytes
    left_out: tuple[str, ...] = ()


class ExportError(Exception):
    """An export that cannot be made; the message is one line, in plain words, for the person who asked."""


def json_text(document: dict[str, Any]) -> str:
    """A document as indented JSON that ends with a line end."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
