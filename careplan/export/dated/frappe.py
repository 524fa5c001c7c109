"""A dated stay for Frappe Health (Marley): a Therapy Plan Template, a Therapy Plan, and its appointments.

A Therapy Plan counts sessions and knows no dates, so each dated session is a Patient Appointment beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from careplan.export.carried import Carried, json_text
from careplan.plan.model import Plan
from careplan.plan.words import counted
from careplan.stay.schedule.occurrence import Occurrence

LOCATIONS = {"in-person": "Center", "telehealth": "Tele", "phone": "Tele"}
PATIENT = "PATIENT"
"""What stands for the patient where none is given."""


def frappe_json(plan: Plan, found: Sequence[Occurrence], patient: str = PATIENT) -> Carried:
    """The `documents`, each with its `doctype`, in the order in which they are inserted.

    `patient`: the name of a Patient document. A therapy type is known by its title, and must exist there.
    """
    sessions = [each for each in found if each.kind == "session" and each.status != "cancelled"]
    first = min((each.date for each in found), default=None)
    counts = Counter(each.title for each in sessions)
    rows = [{"therapy_type": title, "no_of_sessions": count} for title, count in counts.items()]
    template = {
        "doctype": "Therapy Plan Template",
        "plan_name": plan.label,
        "therapy_types": [{"doctype": "Therapy Plan Template Detail", **row} for row in rows],
        "total_sessions": len(sessions),
    }
    own = {
        "doctype": "Therapy Plan",
        "patient": patient,
        "start_date": first.isoformat() if first else None,
        "status": "Not Started",
        "therapy_plan_template": plan.label,
        "therapy_plan_details": [
            {"doctype": "Therapy Plan Detail", **row, "sessions_completed": 0} for row in rows
        ],
        "total_sessions": len(sessions),
        "total_sessions_completed": 0,
    }
    appointments = [_appointment(each, patient) for each in sessions]
    return Carried(json_text({"documents": [template, own, *appointments]}), tuple(_left_out(found)))


def _appointment(each: Occurrence, patient: str) -> dict[str, Any]:
    document = {
        "doctype": "Patient Appointment",
        "patient": patient,
        "therapy_type": each.title,
        "appointment_date": each.date.isoformat(),
        "appointment_time": each.start.strftime("%H:%M:%S") if each.start else None,
        "duration": each.clock_minutes,
        "location": LOCATIONS.get(each.delivery[0]) if each.delivery else None,
        "status": "Scheduled",
        "notes": "; ".join(
            filter(None, (each.topic, each.condition and f"only if {each.condition}", each.uid))
        ),
    }
    return {name: value for name, value in document.items() if value is not None}


def _left_out(found: Sequence[Occurrence]) -> Iterator[str]:
    for kind in ("test", "dose"):
        count = sum(each.kind == kind for each in found)
        if count:
            yield f"{counted(count, kind)}: a Therapy Plan holds therapy sessions only"
    cancelled = sum(each.status == "cancelled" for each in found)
    if cancelled:
        yield f"{counted(cancelled, 'cancelled session')}: left out"
    untimed = sum(each.kind == "session" and each.start is None for each in found)
    if untimed:
        yield f"{counted(untimed, 'session')} without a time of day, for the clinic to choose"
    yield (
        "a Therapy Plan has no place for phases, ways out, group sizes, roles and the days on which a "
        "session may lie; `company`, `practitioner` and `department` are the clinic's to add"
    )
