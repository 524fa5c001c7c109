"""Whether the plan has what a record names, and whether the value is one that it can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from careplan.language.likeness import near
from careplan.plan.facts import FactValue, holds
from careplan.plan.model import Domain, Fact, Measure, Named, Plan
from careplan.plan.words import listed, number_words
from careplan.stay.expected import deciding_facts
from careplan.stay.live.events import KINDS, RecordKind
from careplan.stay.live.trouble import RecordError
from careplan.stay.records import MISSING, Value

CANCELLED = "cancelled"
SESSION_VALUES = ("attended", "missed", CANCELLED, "extra", "made up", "early")
DOSE_VALUES = ("given", "missed")
EVENT_VALUES = ("yes",)


def checked_name(plan: Plan, kind: str, name: str) -> Named:
    """What of the plan a record names. Raises RecordError: unknown-kind, unknown-name."""
    known = _known(plan)
    if kind not in KINDS:
        raise RecordError("unknown-kind", f"a record is a {listed(known, 'or')}")
    noun, elements = known[kind]
    element = next((e for e in elements if e.name == name), None)
    if element is None:
        raise _unknown(noun, name, [e.name for e in elements])
    return element


def checked_value(plan: Plan, kind: str, name: str, value: object) -> Value:
    """The value as the stay keeps it. Raises RecordError: unknown-kind, unknown-name, not-a-value,
    out-of-range."""
    element = checked_name(plan, kind, name)
    if isinstance(element, Measure):
        return _result(element, value)
    allowed = {"session": SESSION_VALUES, "dose": DOSE_VALUES, "event": EVENT_VALUES}[kind]
    if kind == "event" and value in (None, True):
        return "yes"
    if value not in allowed:
        raise RecordError("not-a-value", f"a record of `{name}` says {listed(allowed, 'or')}")
    return str(value)


def _known(plan: Plan) -> dict[RecordKind, tuple[str, tuple[Named, ...]]]:
    """For each kind of record: what it names, in words, and those that the plan has."""
    everything: tuple[tuple[str, tuple[Named, ...]], ...] = (
        ("measure", plan.measures), ("service", plan.services), ("event", plan.events),
        ("medication", plan.medications),
    )  # fmt: skip
    return dict(zip(KINDS, everything, strict=True))


def _unknown(noun: str, name: str, names: list[str]) -> RecordError:
    # A name that the plan does not have is not repeated: it could be anything.
    better = near(name, names) if isinstance(name, str) else None
    hint = f"did you mean `{better}`?" if better else f"it has {_names(names)}"
    return RecordError("unknown-name", f"the plan has no {noun} of that name: {hint}")


def _result(measure: Measure, value: object) -> Value:
    if value in (MISSING, CANCELLED) and value not in measure.domain.values:
        return str(value)
    return domain_value(measure.name, measure.domain, value)


def domain_value(name: str, domain: Domain, value: object) -> Value:
    """A value of a measure or a fact; True and False are yes and no."""
    if domain.kind != "number":
        if isinstance(value, bool):
            value = "yes" if value else "no"
        allowed = domain.values or ("yes", "no")
        if not isinstance(value, str) or value not in allowed:
            raise RecordError("not-a-value", f"`{name}` is {listed(allowed, 'or')}")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise RecordError("not-a-value", f"`{name}` is a number")
    low, high = domain.low, domain.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise RecordError("out-of-range", f"`{name}` runs {_range(low, high)}")
    return float(value)


def _range(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"from {number_words(low)} to {number_words(high)}"
    return f"from {number_words(low)} up" if low is not None else f"up to {number_words(high or 0)}"


def checked_facts(plan: Plan, facts: Mapping[str, Any]) -> dict[str, FactValue]:
    """What is known at admission, complete as far as the plan decides by it.

    Raises RecordError: unknown-fact, not-a-value, out-of-range, fact-not-given, not-admitted.
    """
    known: dict[str, Fact] = {fact.name: fact for fact in plan.facts}
    found: dict[str, FactValue] = {}
    for name, value in facts.items():
        if name not in known:
            raise RecordError("unknown-fact", f"the plan has no fact of that name; it has {_names(known)}")
        found[name] = domain_value(name, known[name].domain, value)
    lacking = [name for name in deciding_facts(plan) if name not in found]
    if lacking:
        raise RecordError("fact-not-given", f"the plan decides by {_names(lacking)}: say what it is")
    if holds(plan.admit, found) is False:
        raise RecordError("not-admitted", "the plan does not admit somebody of whom this is known")
    return found


def _names(names: Iterable[str]) -> str:
    return listed([f"`{name}`" for name in names] or ["none"])
