"""`careplan show` as JSON values: every number's key names its unit, and null is no limit."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from careplan.plan.courses import Course
from careplan.plan.levels import HoursRange
from careplan.plan.model import DoseStep, Plan
from careplan.plan.paths import Path, Step
from careplan.plan.show import show
from careplan.plan.stretches import OtherWeeks, Stretch
from careplan.plan.words import dose_words
from careplan.report.show_library import declared

SHOW_FORMAT_VERSION = 1

UNITS: dict[type, str] = {
    Stretch: "minutes",
    OtherWeeks: "minutes",
    HoursRange: "hours",
    Step: "days",
    Course: "course_day",
}


def show_json(plan: Plan) -> dict[str, object]:
    """Everything computed from a plan, or what a library declares, as values that JSON knows."""
    head: dict[str, object] = {"format_version": SHOW_FORMAT_VERSION, "name": plan.name, "title": plan.title}
    if not plan.phases:
        return {**head, "library": _value(declared(plan))}
    view = show(plan)
    return {
        **head,
        "version": plan.version,
        "status": plan.status,
        "phases": _value(view.phases),
        "services": _value(view.services),
        "clinical_minutes": {name or "usual way": _value(r) for name, r in view.clinical.items()},
        "paths": _value(view.paths),
        "medication": _value(view.courses),
        "claims": [claim.name for claim in plan.claims],
        "scenarios": [scenario.title for scenario in plan.scenarios],
    }


def _with_unit(kind: type, name: str) -> str:
    unit = UNITS.get(kind, "") if name in ("low", "high", "first", "last") else ""
    if kind in (Stretch, OtherWeeks) and name in ("first", "last"):
        unit = "week"
    return f"{name}_{unit}" if unit else name


def _value(value: object) -> object:
    if isinstance(value, DoseStep):
        return dose_words(value)
    if isinstance(value, Path):
        days = {"low": value.low, "high": value.high}
        return {"days": days, "phases": _value(value.steps), "outcome": value.outcome}
    if is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        named = value._asdict().items()
        return {_with_unit(type(value), name): _value(item) for name, item in named}
    if isinstance(value, dict):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_value(item) for item in value]
    return value
