"""A lean base for the models of a plan, for a process that does nothing but check plans.

Reading a plan from text validates nothing that the reader has not checked already, and checking writes no
JSON. So the command `careplan check`, which runs in a process of its own, may do without pydantic, whose
loading would be a third of its time. The models are the same classes, made on this base: frozen values with
the same fields, defaults, equality and copies. Whoever imports careplan always gets pydantic's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, ClassVar

on = False
"""Whether the models are to be made on this base; it is asked once, when they are first imported."""


def turn_on() -> None:
    """Make the models on this base, where they are not made yet."""
    global on
    on = "careplan.plan.model" not in sys.modules


def ConfigDict(**_settings: Any) -> dict[str, Any]:
    """Settings of a model; here they are fixed."""
    return {}


def Field(**_settings: Any) -> None:
    """Tells pydantic how to read a union; nothing is read here."""


class Known:
    """A field of a model, as far as pydantic's is asked for it."""

    __slots__ = ("default", "required")

    def __init__(self, required: bool, default: Any):
        self.required, self.default = required, default

    def is_required(self) -> bool:
        """Whether it has no default."""
        return self.required


class BaseModel:
    """The parts of pydantic's BaseModel that checking needs."""

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
    model_fields: ClassVar[dict[str, Known]] = {}

    def __init_subclass__(cls, **_more: Any) -> None:
        own = {
            name: Known(name not in cls.__dict__, cls.__dict__.get(name))
            for name, kind in cls.__annotations__.items()
            if not str(kind).startswith(("typing.ClassVar", "ClassVar"))
        }
        cls.model_fields = {**cls.model_fields, **own}

    def __init__(self, **values: Any):
        fields = type(self).model_fields
        unknown = values.keys() - fields.keys()
        missing = [name for name, field in fields.items() if field.required and name not in values]
        if unknown or missing:
            raise TypeError(f"{type(self).__name__} has no {sorted(unknown)}, or lacks {missing}")
        self.__dict__.update({name: values.get(name, field.default) for name, field in fields.items()})

    def model_copy(self, *, update: dict[str, Any] | None = None) -> Any:
        """The same with some fields changed."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self._values())
        copy.__dict__.update(update or {})
        return copy

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield from self._values().items()

    def _values(self) -> dict[str, Any]:
        return {name: self.__dict__[name] for name in type(self).model_fields}

    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values().values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self._values().items())})"
