"""The base of every part of a plan."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from careplan.source import NOWHERE, Span


class Element(BaseModel):
    """A part of a plan that knows where it is written."""

    # Validators are built when JSON first comes in: reading a plan from text does not pay for them.
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    span: Span = NOWHERE
