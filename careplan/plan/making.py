"""Making models without validation, for code that knows that the values are right."""

from __future__ import annotations

from typing import Any, TypeVar

from careplan.plan.model import Element
from careplan.source import Span

E = TypeVar("E", bound=Element)

_TEMPLATES: dict[type[Element], dict[str, Any]] = {}
_set = object.__setattr__


def make(cls: type[E], span: Span, fields: dict[str, Any]) -> E:
    """A frozen `cls`, made without validation and without the validator that pydantic would first build."""
    template = _TEMPLATES.get(cls)
    if template is None:
        template = {n: None if f.is_required() else f.default for n, f in cls.model_fields.items()}
        _TEMPLATES[cls] = template
    element = cls.__new__(cls)
    values = template.copy()
    values["span"] = span
    values.update(fields)
    _set(element, "__dict__", values)
    _set(element, "__pydantic_fields_set__", set(values))
    _set(element, "__pydantic_extra__", None)
    _set(element, "__pydantic_private__", None)
    return element
