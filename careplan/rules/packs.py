"""The packs of rules: what each stands for, and which are in force for a plan."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from careplan.rules.rule import Rule

_FOLDER = Path(__file__).parent


class Pack(NamedTuple):
    """A pack: its title, jurisdiction, version, and from when to when (ISO dates) it is in force."""

    name: str
    title: str
    jurisdiction: str
    version: str
    effective_from: str | None = None
    effective_to: str | None = None
    always: bool = False


@cache
def packs() -> dict[str, Pack]:
    """Every pack by its name."""
    raw = json.loads((_FOLDER / "packs.json").read_bytes())
    return {name: Pack(name, **fields) for name, fields in raw.items()}


@cache
def rules_of(pack: str) -> tuple[Rule, ...]:
    """The rules of a pack, by name: every module of its folder."""
    folder = pack.replace("-", "_")
    names = sorted(p.stem for p in (_FOLDER / folder).glob("*.py") if p.stem != "__init__")
    return tuple(import_module(f"careplan.rules.{folder}.{name}").check for name in names)


def in_force(follows: Iterable[str], configured: Iterable[str] = ()) -> list[str]:
    """The packs for a plan that follows these, and those that the configuration adds, in a fixed order."""
    wanted = {*follows, *configured}
    return [name for name, pack in packs().items() if pack.always or name in wanted]


def all_rules() -> list[Rule]:
    """Every rule of every pack."""
    return [rule for name in packs() for rule in rules_of(name)]
