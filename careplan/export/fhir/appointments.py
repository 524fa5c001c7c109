"""One session or test of a stay as a proposed Appointment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from careplan.export.fhir.parts import Json, concept, text
from careplan.plan.model import Plan
from careplan.stay.schedule.occurrence import Occurrence

if TYPE_CHECKING:
    from careplan.export.fhir.stay import Stay


def appointment(plan: Plan, stay: Stay, each: Occurrence, request: Json) -> Json:
    """The Appointment. With no time of day, the days on which it may lie are its requested period."""
    cancelled = each.status == "cancelled"
    return {
        "resourceType": "Appointment",
        "id": stay.id(each.uid),
        "identifier": stay.identifier(each.uid),
        "status": "cancelled" if cancelled else "proposed",
        "cancelationReason": text(each.moved_because) if cancelled else {},
        "serviceType": [concept(each.codes, each.title)],
        "description": f"{each.title}: {each.topic}" if each.topic else each.title,
        **_when(each),
        "minutesDuration": each.clock_minutes,
        "comment": "; ".join(_comments(plan, each)),
        "basedOn": [request],
        "participant": [
            {
                "actor": {"reference": stay.patient},
                "required": "required" if each.owed else "optional",
                "status": "needs-action",
            },
            *(
                {"type": [text(staff)], "required": "information-only", "status": "needs-action"}
                for staff in each.staff
            ),
        ],
    }


def _when(each: Occurrence) -> Json:
    """FHIR wants both ends of a meeting or none: one without a length, or a time, has a requested period."""
    if each.start is not None and each.end is not None:
        return {"start": each.start.isoformat(), "end": each.end.isoformat()}
    if each.start is not None:
        return {"requestedPeriod": [{"start": each.start.isoformat()}]}
    first, last = (each.earliest, each.latest) if each.movable else (each.date, each.date)
    return {"requestedPeriod": [{"start": first.isoformat(), "end": last.isoformat()}]}


def _comments(plan: Plan, each: Occurrence) -> Iterator[str]:
    of = f" of {each.of}" if each.of is not None else ""
    yield f"{plan.phase(each.phase).label}, week {each.phase_week}; number {each.number}{of}"
    if each.condition:
        yield f"only if known before: {each.condition}"
    if each.seats is not None:
        yield f"up to {each.seats} people"
    if each.status == "moved" and each.moved_because:
        yield each.moved_because
