"""Whether a plan is still the one under which a stay was saved: hashes of what decides about stays."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from careplan.plan.model import Element, Plan

_WORDS = {"span", "title", "notes", "cites", "codes"}
"""What can change without changing what any stay does."""


def parts_of(plan: Plan) -> dict[str, str]:
    """The hash of each part of the plan that decides about stays, by its name in words: `phase iop`."""
    return _parts(Same(plan))


def differences(saved: Mapping[str, str], plan: Plan) -> tuple[str, ...]:
    """What of the plan is not as it was, in words."""
    now = parts_of(plan)
    gone = [f"{name} is gone" for name in saved if name not in now]
    changed = [f"{name} was changed" for name in saved if name in now and now[name] != saved[name]]
    new = [f"{name} is new" for name in now if name not in saved]
    return (*changed, *gone, *new)


class Same:
    """A plan by identity, so that it is looked through once."""

    def __init__(self, plan: Plan):
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.plan is other.plan


@lru_cache(maxsize=64)
def _parts(same: Same) -> dict[str, str]:
    plan = same.plan
    found: dict[str, str] = {}
    named: tuple[tuple[str, Iterable[Any]], ...] = (
        ("fact", plan.facts), ("measure", plan.measures), ("event", plan.events), ("service", plan.services),
        ("medication", plan.medications), ("phase", plan.phases), ("outcome", plan.outcomes),
        ("goal", plan.goals),
    )  # fmt: skip
    for kind, elements in named:
        found |= {f"{kind} {element.name}": _hash(element) for element in elements}
    # The order decides too: courses are stepped, and stays remembered, in the order written.
    found["where stays start"] = _hash(*plan.starts)
    found["who is admitted"] = _hash(*([plan.admit] if plan.admit is not None else []))
    found["anytime"] = _hash(*plan.anytime)
    found["the order of medications"] = _digest([medication.name for medication in plan.medications])
    return found


def _hash(*elements: Element) -> str:
    return _digest([_bare(element.model_dump(mode="json")) for element in elements])


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=6).hexdigest()


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in _WORDS}
    if isinstance(value, list):
        return [_bare(v) for v in value]
    return value
