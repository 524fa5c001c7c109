"""The base of every part of a plan."""

from typing import TYPE_CHECKING, ClassVar

from careplan import lean
from careplan.source import NOWHERE, Span

if TYPE_CHECKING or not lean.on:
    from pydantic import BaseModel, ConfigDict
else:
    from careplan.lean import BaseModel, ConfigDict


class Element(BaseModel):
    """A part of a plan that knows where it is written."""

    # Validators are built when JSON first comes in: reading a plan from text does not pay for them.
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    span: Span = NOWHERE
