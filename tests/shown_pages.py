"""Pages that show what commands print: their plans go into a file, and their commands are run on it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from careplan.commands.main import main

FENCE = re.compile(r"^```(careplan|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def as_run(page: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[str, int]:
    """The page with what its commands print now, and how many there are; `file` grows with its plans."""
    file.touch()
    commands = 0

    def block(found: re.Match[str]) -> str:
        nonlocal commands
        kind, text = found.groups()
        if kind == "careplan":
            file.write_text(file.read_text("utf-8") + text + "\n", "utf-8")
            return found[0]
        command, *_ = text.splitlines()
        arguments = shlex.split(command.removeprefix("$ careplan "))
        main([*arguments, "--format", "full"])
        out, err = capsys.readouterr()
        commands += 1
        return f"```text\n{command}\n{err}{out}```"

    return FENCE.sub(block, page.read_text("utf-8")), commands
