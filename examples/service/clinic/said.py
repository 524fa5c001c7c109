"""What clients say: the bodies of requests. Careplan itself checks names and values against the plan."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr

Value = StrictBool | StrictInt | StrictFloat | StrictStr


class Body(BaseModel):
    """Fields that nobody knows are refused: a misspelt one would be lost."""

    model_config = ConfigDict(extra="forbid")


class Enrolment(Body):
    """A patient who is admitted: the plan's name, day 1, what is known, and the clinic's time zone."""

    plan: str
    start: date
    facts: dict[str, Value] = Field(default_factory=dict)
    zone: str | None = None


class Record(Body):
    """Something that happened on a day, as `Stay.record` takes it."""

    kind: str = Field(description="result, session, event or dose")
    name: str = Field(description="of the measure, service, event or medication")
    value: Value | None = None
    on: date
    number: int | None = None
    due_on: date | None = Field(None, description="of a session that is made up, or had early")


class Amendment(Record):
    """Something that is recorded late, or corrected; `withdraw` takes back what was recorded."""

    withdraw: bool = False


class Close(Body):
    """All days up to this one are over."""

    through: date
