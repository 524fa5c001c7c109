"""What can stop a picture from being drawn."""

from __future__ import annotations


class RenderError(Exception):
    """A picture cannot be drawn; the message is one line that says why and what to do."""
