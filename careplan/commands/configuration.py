"""Finding and reading the settings that hold for a folder: its own file, and those of the folders above."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from careplan.diagnostics import Severity
from careplan.files import FileProblem
from careplan.rules.settings import SettingProblem, Settings, with_table

OWN, SHARED = "careplan.toml", "pyproject.toml"


class Configuration:
    """The settings of folders, each read once.

    A file in a folder nearer to the plan wins, value by value. Nothing is looked for above a file that says
    `root = true`, or above the folder of a git repository. `fail_on` takes the place of what is set.
    """

    def __init__(self, fail_on: Severity | None = None) -> None:
        self._fail_on = fail_on
        self._known: dict[str, Settings] = {}

    def of(self, path: str) -> Settings:
        """The settings for a plan or a folder (`-`: for the working folder). Raises FileProblem."""
        place = os.path.realpath("." if path == "-" else path)
        settings = self._folder(place if os.path.isdir(place) else os.path.dirname(place))
        return settings if self._fail_on is None else settings._replace(fail_on=self._fail_on)

    def _folder(self, folder: str) -> Settings:
        if folder not in self._known:
            file, table = _table_in(folder)
            above = os.path.dirname(folder)
            last = (
                table.get("root") is True or above == folder or os.path.exists(os.path.join(folder, ".git"))
            )
            below = Settings() if last else self._folder(above)
            self._known[folder] = _with(below, table, file) if file else below
        return self._known[folder]


def _with(below: Settings, table: Mapping[str, object], file: str) -> Settings:
    try:
        return with_table(below, table, shown(file))
    except SettingProblem as problem:
        raise FileProblem(shown(file), str(problem)) from None


def _table_in(folder: str) -> tuple[str, Mapping[str, object]]:
    """The file in this folder that holds settings, and what it sets; "" where there is none."""
    own, shared = os.path.join(folder, OWN), os.path.join(folder, SHARED)
    of_all = _read(shared)
    tool = of_all.get("tool", {})
    table = tool.get("careplan") if isinstance(tool, Mapping) else None
    if os.path.isfile(own):
        if table is not None:
            raise FileProblem(
                shown(own), f"`[tool.careplan]` in {shown(shared)} sets the same; keep one of them"
            )
        return own, _read(own)
    if table is None:
        return "", {}
    if not isinstance(table, Mapping):
        raise FileProblem(shown(shared), "`tool.careplan` is a table: begin it with `[tool.careplan]`")
    return shared, table


def _read(path: str) -> Mapping[str, object]:
    """What a TOML file says; nothing where there is no such file, or a shared one that does not name us."""
    try:
        data = Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as trouble:
        raise FileProblem(shown(path), f"this file cannot be read ({trouble.strerror})") from None
    if path.endswith(SHARED) and b"careplan" not in data:
        return {}
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise FileProblem(shown(path), "this is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as problem:
        raise FileProblem(shown(path), f"this is not TOML: {problem}") from None


def shown(path: str) -> str:
    """The path from the working folder where it lies in it, else the whole path."""
    here = os.path.realpath(".")
    return os.path.relpath(path, here) if Path(path).is_relative_to(here) else path
