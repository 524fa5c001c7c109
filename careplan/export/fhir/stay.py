"""A dated stay in FHIR R4: a CarePlan, a ServiceRequest for each activity with the days on which it falls, a
MedicationRequest for each course, and a proposed Appointment for each session and test.

The patient is a reference that the caller gives; nothing else about a person is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from careplan.export.carried import Carried, ExportError, json_text
from careplan.export.fhir.appointments import appointment
from careplan.export.fhir.definitions import bundle_of
from careplan.export.fhir.names import Home, stable_uuid
from careplan.export.fhir.parts import Json, concept, notes, product, strengths, text
from careplan.export.fhir.timing import amount
from careplan.plan.model import Plan
from careplan.plan.words import counted, listed
from careplan.stay.schedule.occurrence import Occurrence

PART_2 = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "code": "42CFRPart2",
    "display": "42 CFR Part2",
}
"""The security label of records that 42 CFR Part 2 protects: programmes for substance use disorders."""

Activity = tuple[Occurrence, ...]
"""The occurrences of one line in one visit, in order of time."""


def fhir_stay(
    plan: Plan, found: Sequence[Occurrence], patient: str, *, base: str | None = None, part_2: bool = False
) -> Carried:
    """The stay as a Bundle, and what FHIR could not carry. `patient`: a reference such as Patient/123.

    Sent again, the same stay of the same patient changes nothing. `part_2` labels every resource.
    """
    bundle = stay_bundle(plan, found, patient, base=base, part_2=part_2)
    return Carried(json_text(bundle), tuple(_left_out(plan, found)))


def stay_bundle(
    plan: Plan, found: Sequence[Occurrence], patient: str, *, base: str | None = None, part_2: bool = False
) -> Json:
    """The Bundle; ExportError if there is nothing to send, or `patient` is no reference."""
    if not found:
        raise ExportError("this stay has no sessions, tests or doses to send")
    if not _is_reference(patient):
        raise ExportError(f"`{patient}` is no reference to a patient; write it as Patient/123")
    home = Home(plan.name, plan.version, base)
    stay = Stay(plan, home, patient, min(each.date for each in found).isoformat())
    resources = list(_resources(stay, found))
    if part_2:
        resources = [{**each, "meta": {"security": [PART_2]}} for each in resources]
    bundle = bundle_of(resources)
    return {**bundle, "meta": {"security": [PART_2]}} if part_2 else bundle


def _is_reference(said: str) -> bool:
    kind, slash, rest = said.rpartition("/")
    return said.startswith("urn:") or (kind.endswith("Patient") and bool(slash) and bool(rest.strip()))


class Stay:
    """What the resources of one stay share: the plan, its definitions' home, the patient, the first day."""

    def __init__(self, plan: Plan, home: Home, patient: str, first: str):
        self.plan, self.home, self.patient, self.first = plan, home, patient, first

    def id(self, *parts: str) -> str:
        """A resource's id, the same for the same stay; the patient cannot be read from it."""
        return stable_uuid(self.plan.name, self.patient, self.first, *parts)

    def reference(self, kind: str, *parts: str) -> Json:
        """A reference to a resource of this stay."""
        return {"reference": f"{kind}/{self.id(*parts)}"}

    def identifier(self, *parts: str) -> list[Json]:
        """The same in the plan's own words, for matching at a later import."""
        return [{"system": "urn:careplan:uid", "value": "/".join(parts)}]


def _resources(stay: Stay, found: Sequence[Occurrence]) -> Iterator[Json]:
    activities = list(_activities(each for each in found if each.kind != "dose"))
    courses = list(_courses(each for each in found if each.kind == "dose"))
    yield _care_plan(stay, found, activities, courses)
    yield from (_service_request(stay, activity) for activity in activities)
    yield from (_medication_request(stay, course) for course in courses)
    for activity in activities:
        request = stay.reference("ServiceRequest", _key(activity[0]))
        yield from (appointment(stay.plan, stay, each, request) for each in activity)


def _activities(found: Iterable[Occurrence]) -> Iterator[Activity]:
    groups: dict[str, list[Occurrence]] = {}
    for each in found:
        groups.setdefault(_key(each), []).append(each)
    yield from (tuple(group) for group in groups.values())


def _courses(found: Iterable[Occurrence]) -> Iterator[Activity]:
    groups: dict[str, list[Occurrence]] = {}
    for each in found:
        groups.setdefault(each.name, []).append(each)
    yield from (tuple(group) for group in groups.values())


def _key(each: Occurrence) -> str:
    """A line in a visit: the uid without the number."""
    return each.uid.rsplit("/", 1)[0]


def _care_plan(
    stay: Stay, found: Sequence[Occurrence], activities: list[Activity], courses: list[Activity]
) -> Json:
    plan = stay.plan
    return {
        "resourceType": "CarePlan",
        "id": stay.id("stay"),
        "identifier": stay.identifier(plan.name, stay.first),
        "instantiatesCanonical": [stay.home.canonical("PlanDefinition")],
        "status": "draft",
        "intent": "plan",
        "title": plan.label,
        "description": notes(plan.notes),
        "subject": {"reference": stay.patient},
        "period": {"start": stay.first, "end": max(each.date for each in found).isoformat()},
        "activity": [
            *({"reference": stay.reference("ServiceRequest", _key(each[0]))} for each in activities),
            *({"reference": stay.reference("MedicationRequest", each[0].name)} for each in courses),
        ],
    }


def _request(stay: Stay, kind: str, key: str, first: Occurrence) -> Json:
    said = [f"only if known before: {first.condition}"] if first.condition else []
    said += [] if first.owed else ["encouraged, not required"]
    return {
        "resourceType": kind,
        "id": stay.id(key),
        "identifier": stay.identifier(key),
        "instantiatesCanonical": [stay.home.canonical("ActivityDefinition", first.name)],
        "basedOn": [stay.reference("CarePlan", "stay")],
        "status": "draft",
        "intent": "plan",
        "subject": {"reference": stay.patient},
        "performerType": text(listed(first.staff, last="or") if first.staff else None),
        "note": [{"text": words} for words in said],
    }


def _service_request(stay: Stay, activity: Activity) -> Json:
    first = activity[0]
    planned = [each for each in activity if each.status != "cancelled"]
    minutes = {"duration": first.clock_minutes, "durationUnit": "min"} if first.clock_minutes else {}
    return {
        **_request(stay, "ServiceRequest", _key(first), first),
        "code": concept(first.codes, first.title),
        "quantityQuantity": {
            "value": len(planned),
            "unit": "sessions" if first.kind == "session" else "tests",
        },
        "occurrenceTiming": {
            "event": [_moment(each) for each in planned],
            "repeat": minutes,
            "code": text(first.often),
        },
    }


def _moment(each: Occurrence) -> str:
    return each.start.isoformat() if each.start is not None else each.date.isoformat()


def _medication_request(stay: Stay, course: Activity) -> Json:
    first = course[0]
    drug = stay.plan.drug(stay.plan.medication(first.name).drug)
    return {
        **_request(stay, "MedicationRequest", first.name, first),
        "medicationCodeableConcept": product(drug),
        "dosageInstruction": [
            {
                "sequence": number,
                "text": step[0].often,
                "timing": _dose_timing(step),
                "doseAndRate": [amount(*step[0].dose)] if step[0].dose else [],
            }
            for number, step in enumerate(_steps(course), 1)
        ],
    }


def _steps(course: Activity) -> Iterator[Activity]:
    """Doses of one line and one amount that follow one another."""
    step: list[Occurrence] = []
    for each in course:
        if step and (each.line, each.dose) != (step[0].line, step[0].dose):
            yield tuple(step)
            step = []
        step.append(each)
    yield tuple(step)


def _dose_timing(step: Activity) -> Json:
    days = [each.date for each in step]
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    bounds = {"boundsPeriod": {"start": days[0].isoformat(), "end": days[-1].isoformat()}}
    times = step[0].times
    if len(gaps) > 1:  # on certain weekdays: the days themselves
        return {"event": [day.isoformat() for day in days]}
    rate = {"frequency": times, "period": gaps.pop() if gaps else 1, "periodUnit": "d"}
    return {"repeat": {**bounds, **rate}}


def _left_out(plan: Plan, found: Sequence[Occurrence]) -> Iterator[str]:
    yield (
        "the ways out of each phase are not in a dated stay: this is its expected course, and "
        f"{plan.name}'s PlanDefinition says what else may happen"
    )
    conditions = sum(each.condition is not None for each in found)
    if conditions:
        yield f"{counted(conditions, 'occurrence')} with a condition: it stands in a note, for people to read"
    movable = sum(each.movable and each.start is not None for each in found)
    if movable:
        yield f"{counted(movable, 'session')} with a time may lie on other days: an Appointment cannot say so"
    cancelled = sum(each.status == "cancelled" for each in found)
    if cancelled:
        yield f"{counted(cancelled, 'occurrence')} cancelled: kept as cancelled Appointments"
    yield "clinical minutes have no place, and the size of a group stands in a comment"
    courses = dict.fromkeys(each.name for each in found if each.kind == "dose")
    yield from strengths(plan.drug(plan.medication(name).drug) for name in courses)
