"""One dated session, test or dose, with all that a scheduling system asks for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Literal

from careplan.plan.model import Code
from careplan.plan.recurrence import weeks_of
from careplan.stay.schedule.lines import Line
from careplan.stay.schedule.slots import Slot

Status = Literal["planned", "moved", "cancelled"]


class Occurrence:
    """A session, test or dose on its date.

    `start` and `end` are aware of their zone; None where the plan says no time of day and the clinic
    chooses. `date` lies between `earliest` and `latest`, the window in which it may be moved. `uid` is the
    same each time that the plan is expanded, for each patient: put the patient's own key beside it.
    """

    __slots__ = (
        "_first_day",
        "date",
        "end",
        "moved_because",
        "moved_from",
        "owner",
        "slot",
        "start",
        "status",
    )

    def __init__(self, slot: Slot, owner: Owner, day: date, start: datetime | None, end: datetime | None):
        self.slot = slot
        self.owner = owner
        self.date = day
        self.start = start
        self.end = end
        self.status: Status = "planned"
        self.moved_because: str | None = None
        self.moved_from: date | None = None

    @property
    def line_of_plan(self) -> Line:
        """What it has in common with the other sessions of its line."""
        return self.slot.line

    @property
    def uid(self) -> str:
        """Plan, line, visit and number: never random."""
        slot = self.slot
        return f"{self.owner.plan}/{slot.line.key}/{slot.visit}/{slot.number}"

    @property
    def timing_hash(self) -> str:
        """Of the line's timing alone."""
        return self.slot.line.timing_hash

    @property
    def plan(self) -> str:
        """The plan's name."""
        return self.owner.plan

    @property
    def plan_version(self) -> str | None:
        """The plan's version, if it says one."""
        return self.owner.version

    @property
    def zone(self) -> str | None:
        """The name of the time zone."""
        return self.owner.zone

    @property
    def kind(self) -> str:
        """A session, test or dose."""
        return self.slot.line.kind

    @property
    def name(self) -> str:
        """The service, measure or medication."""
        return self.slot.line.name

    @property
    def title(self) -> str:
        """Its title for people."""
        return self.slot.line.title

    @property
    def phase(self) -> str:
        """The phase in which it falls due."""
        return self.slot.phase

    @property
    def visit(self) -> int:
        """The how manieth visit to the phase."""
        return self.slot.visit

    @property
    def number(self) -> int:
        """The how manieth of its line in this visit."""
        return self.slot.number

    @property
    def of(self) -> int | None:
        """Of how many; None where the line has no end."""
        return self.slot.of

    @property
    def plan_day(self) -> int:
        """Days since admission, which is day 1, as planned."""
        return self.slot.plan_day

    @property
    def phase_day(self) -> int:
        """The day of the phase's clock, as planned."""
        return self.slot.day

    @property
    def phase_week(self) -> int:
        """The week of the phase's clock, as planned."""
        return weeks_of(self.slot.day)

    @property
    def earliest(self) -> date:
        """The first date to which it may be moved."""
        return self.owner.on(self.slot.earliest)

    @property
    def latest(self) -> date:
        """The last date to which it may be moved."""
        return self.owner.on(self.slot.latest)

    @property
    def movable(self) -> bool:
        """Whether the clinic may place it within its window."""
        return self.slot.latest > self.slot.earliest

    @property
    def clinical_minutes(self) -> int | None:
        """Minutes that count toward a level of care."""
        return self.slot.line.clinical_minutes

    @property
    def clock_minutes(self) -> int | None:
        """Minutes with breaks."""
        return self.slot.line.clock_minutes

    @property
    def staff(self) -> tuple[str, ...]:
        """The roles that may hold or give it."""
        return self.slot.line.staff

    @property
    def formats(self) -> tuple[str, ...]:
        """Individual, group, family; of a dose its forms."""
        return self.slot.line.formats

    @property
    def seats(self) -> int | None:
        """The largest group."""
        return self.slot.line.seats

    @property
    def delivery(self) -> tuple[str, ...]:
        """In person, by telehealth or by phone."""
        return self.slot.line.delivery

    @property
    def owed(self) -> bool:
        """False where it is only urged."""
        return self.slot.line.owed

    @property
    def condition(self) -> str | None:
        """What must be known before it is booked, in the plan's words."""
        return self.slot.line.condition

    @property
    def topic(self) -> str | None:
        """The topic, of a curriculum that runs in order."""
        return self.slot.topic

    @property
    def dose(self) -> tuple[float, float, str] | None:
        """From, to, and the unit."""
        return self.slot.dose

    @property
    def times(self) -> int:
        """How often a dose is taken on the day."""
        return self.slot.times

    @property
    def often(self) -> str:
        """How often the line comes, in words."""
        return self.slot.line.often

    @property
    def codes(self) -> tuple[Code, ...]:
        """Codes of published systems."""
        return self.slot.line.codes

    @property
    def file(self) -> str:
        """The file of the line that brought it."""
        return self.slot.line.file

    @property
    def line(self) -> int:
        """The number of that line."""
        return self.slot.line.line

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON values; dates and times as ISO 8601 text."""
        found: dict[str, Any] = {name: getattr(self, name) for name in FIELDS}
        for name in ("date", "earliest", "latest", "moved_from", "start", "end"):
            found[name] = found[name].isoformat() if found[name] is not None else None
        for name in ("staff", "formats", "delivery"):
            found[name] = list(found[name])
        low, high, unit = self.dose or (None, None, None)
        found |= {"dose_low": low, "dose_high": high, "dose_unit": unit}
        found["codes"] = [{"system": c.system, "value": c.value, "title": c.title} for c in self.codes]
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Occurrence) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.uid, self.date))

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name} {self.date} {self.phase} {self.number}>"


class Owner:
    """What all occurrences of one stay share: the plan, the first day, and the zone."""

    __slots__ = ("first", "plan", "version", "zone")

    def __init__(self, plan: str, version: str | None, first: date, zone: str | None):
        self.plan, self.version, self.first, self.zone = plan, version, first, zone

    def on(self, plan_day: int) -> date:
        """The date of a day of the plan."""
        return self.first + timedelta(days=plan_day - 1)


FIELDS = (
    "uid", "timing_hash", "plan", "plan_version", "kind", "name", "title", "phase", "visit", "number", "of",
    "plan_day", "phase_day", "phase_week", "date", "earliest", "latest", "movable", "start", "end", "zone",
    "clinical_minutes", "clock_minutes", "staff", "formats", "seats", "delivery", "owed", "condition",
    "topic", "times", "often", "status", "moved_because", "moved_from", "file", "line",
)  # fmt: skip
"""The attributes of an occurrence that `to_dict` writes as they are, in their order."""
