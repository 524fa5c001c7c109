"""The packs of rules: what each stands for, and which are in force for a plan."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from careplan.modules import modules_in
from careplan.rules.rule import Rule

_FOLDER = Path(__file__).parent


class Pack(NamedTuple):
    """A pack: its title, jurisdiction, version, and from when to when (ISO dates) it is in force.

    `shares`: folders of rules that it has in common with other packs, beside its own folder.
    """

    name: str
    title: str
    jurisdiction: str
    version: str
    effective_from: str | None = None
    effective_to: str | None = None
    always: bool = False
    shares: tuple[str, ...] = ()


@cache
def packs() -> dict[str, Pack]:
    """Every pack by its name."""
    raw = json.loads((_FOLDER / "packs.json").read_bytes())
    return {
        name: Pack(name, **{**fields, "shares": tuple(fields.get("shares", ()))})
        for name, fields in raw.items()
    }


@cache
def rules_of(pack: str) -> tuple[Rule, ...]:
    """The rules of a pack, by name: every module of its folder, and of the folders that it shares."""
    return tuple(rule for folder in (pack, *packs()[pack].shares) for rule in _rules_in(folder))


@cache
def _rules_in(name: str) -> tuple[Rule, ...]:
    folder = name.replace("-", "_")
    names = modules_in(_FOLDER / folder)
    return tuple(import_module(f"careplan.rules.{folder}.{each}").check for each in names)


def packs_of(rule: Rule) -> tuple[str, ...]:
    """The names of the packs that the rule belongs to."""
    return tuple(name for name, pack in packs().items() if rule.folder in (name, *pack.shares))


def rules_of_all(names: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of these packs, each once."""
    return tuple(dict.fromkeys(rule for name in names for rule in rules_of(name)))


def in_force(follows: Iterable[str], configured: Iterable[str] = ()) -> list[str]:
    """The packs for a plan that follows these, and those that the configuration adds, in a fixed order."""
    wanted = {*follows, *configured}
    return [name for name, pack in packs().items() if pack.always or name in wanted]


def all_rules() -> list[Rule]:
    """Every rule of every pack."""
    return list(rules_of_all(packs()))
