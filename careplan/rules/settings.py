"""What a clinic sets for its plans: packs beside those that plans follow, levels of findings, what fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Severity
from careplan.language.likeness import near
from careplan.rules.names import is_fundamental, severities
from careplan.rules.packs import packs

KEYS = ("packs", "fail-on", "levels", "root")
LEVELS: dict[str, Severity | None] = {
    "off": None,
    "note": Severity.NOTE,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}

Row = tuple[str, str | tuple[str, ...], str]
"""A setting's key, its value as it is written, and the file that it comes from ("": the default)."""


class SettingProblem(ValueError):
    """A setting that means nothing; `str()` of it is one line for the user."""


class Settings(NamedTuple):
    """What holds for the plans of one folder. `levels`: None is off. `origins`: the file of each value.

    The keys of `origins` are `packs`, `fail-on` and `levels.NAME`; what it does not have is the default.
    """

    packs: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    levels: Mapping[str, Severity | None] = {}
    origins: Mapping[str, str] = {}

    def applied(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings with the levels that are set; those that are off left out."""
        if not self.levels:
            return tuple(diagnostics)
        every = ((found, self.levels.get(found.name, found.severity)) for found in diagnostics)
        return tuple(found._replace(severity=level) for found, level in every if level is not None)


def with_table(below: Settings, table: Mapping[str, object], file: str) -> Settings:
    """The settings `below` (those of a folder further up) with what the table in `file` sets.

    Raises SettingProblem where it sets something that does not exist, or to what it cannot be.
    """
    for key in table:
        if key not in KEYS:
            raise SettingProblem(f"there is no setting `{key}`{_meant(key, KEYS)}; there are {_names(KEYS)}")
    result = below
    if not isinstance(table.get("root", False), bool):
        raise SettingProblem("`root` is true or false")
    if "packs" in table:
        chosen = _packs(table["packs"])
        result = result._replace(packs=chosen, origins={**result.origins, "packs": file})
    if "fail-on" in table:
        weight = _level("fail-on", table["fail-on"], off=False)
        result = result._replace(
            fail_on=weight or Severity.WARNING, origins={**result.origins, "fail-on": file}
        )
    levels = table.get("levels", {})
    if not isinstance(levels, Mapping):
        raise SettingProblem(
            '`levels` is a table: a name and its level in each line, as `unused-name = "note"`'
        )
    new = {name: _level_of(name, value) for name, value in levels.items()}
    origins = {**result.origins, **{f"levels.{name}": file for name in new}}
    return result._replace(levels={**result.levels, **new}, origins=origins)


def _packs(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SettingProblem('`packs` is a list of names, as `packs = ["asam-4"]`')
    for name in value:
        if name not in packs():
            raise SettingProblem(
                f"there is no pack `{name}`{_meant(name, packs())}; there are {_names(packs())}"
            )
    return tuple(dict.fromkeys(value))


def _level_of(name: str, value: object) -> Severity | None:
    if name not in severities():
        raise SettingProblem(
            f"nothing that careplan finds is called `{name}`{_meant(name, severities())}; "
            "`careplan explain --list` lists every name"
        )
    if is_fundamental(name):
        raise SettingProblem(f"`{name}` makes a plan meaningless: it is always an error")
    return _level(f"levels.{name}", value)


def _level(key: str, value: object, off: bool = True) -> Severity | None:
    known = [level for level in LEVELS if off or level != "off"]
    if not isinstance(value, str) or value not in known:
        said = f"`{value}`" if isinstance(value, str | int | float) else "something else"
        raise SettingProblem(f"`{key}` is {_names(known, 'or')}, not {said}")
    return LEVELS[value]


def _meant(word: str, known: Iterable[str]) -> str:
    better = near(word.lower(), known)
    return f" (did you mean `{better}`?)" if better else ""


def _names(known: Iterable[str], last: str = "and") -> str:
    *most, end = [f"`{name}`" for name in known]
    return f"{', '.join(most)} {last} {end}" if most else end


def level_word(level: Severity | None) -> str:
    """The level as it is written in a file."""
    return level.word if level is not None else "off"


def rows(settings: Settings) -> list[Row]:
    """Every setting that has a value, levels in the order of their names."""
    origin = settings.origins
    found: list[Row] = [
        ("packs", settings.packs, origin.get("packs", "")),
        ("fail-on", settings.fail_on.word, origin.get("fail-on", "")),
    ]
    for name, level in sorted(settings.levels.items()):
        key = f"levels.{name}"
        found.append((key, level_word(level), origin.get(key, "")))
    return found
