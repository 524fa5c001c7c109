"""ActivityDefinitions: one for each service, measure and medication of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.export.fhir.names import VALUES, Home, machine_name
from careplan.export.fhir.parts import Json, citations, concept, extension, kind, lines, notes, product, text
from careplan.export.fhir.timing import dosage
from careplan.plan.model import Measure, Medication, Named, Plan, Service
from careplan.plan.words import dose_words
from careplan.plan.words.courses import medication_lines
from careplan.plan.words.services import domain_words, measure_lines, service_lines

STEPS = frozenset(
    "induction titration stabilization maintenance taper dose then also".split()
)  # the words that lead dose lines
SHARED = ("note", "cite", "code", "staff")
"""The lines that every definition has a place for."""


def activity_definitions(plan: Plan, home: Home) -> Iterator[Json]:
    """The definitions, in the plan's order."""
    yield from (_service(plan, home, each) for each in plan.services)
    yield from (_measure(plan, home, each) for each in plan.measures)
    yield from (_medication(plan, home, each) for each in plan.medications)


def _head(plan: Plan, home: Home, element: Named, block: str) -> Json:
    return {
        "resourceType": "ActivityDefinition",
        "id": home.id(element.name),
        "url": home.url("ActivityDefinition", element.name),
        "identifier": [{"system": KIND_OF_NAME, "value": element.name}],
        "version": plan.version,
        "name": machine_name(plan.name, element.name),
        "title": element.title,
        "status": plan.status or "unknown",
        "description": notes(element.notes),
        "topic": [kind(block)],
        "relatedArtifact": citations(plan, element.cites),
    }


KIND_OF_NAME = "urn:careplan:name"
"""Identifier system: the names of a plan's elements."""


def _service(plan: Plan, home: Home, service: Service) -> Json:
    return {
        **_head(plan, home, service, service.kind),
        "extension": lines(service_lines(service), *SHARED),
        "kind": "ServiceRequest",
        "intent": "proposal",
        "code": concept(service.codes, service.label),
        "participant": [{"type": "practitioner", "role": text(staff)} for staff in service.staff],
    }


def _measure(plan: Plan, home: Home, measure: Measure) -> Json:
    values = extension(VALUES, domain_words(measure))
    return {
        **_head(plan, home, measure, "measure"),
        "extension": [values, *lines(measure_lines(measure), *SHARED)],
        "kind": "ServiceRequest",
        "intent": "proposal",
        "code": concept(measure.codes, measure.label),
    }


def _medication(plan: Plan, home: Home, course: Medication) -> Json:
    drug = plan.drug(course.drug)
    route = drug.routes[0] if len(drug.routes) == 1 else None
    return {
        **_head(plan, home, course, "medication"),
        "extension": lines(medication_lines(course), *SHARED, "drug", *STEPS),
        "kind": "MedicationRequest",
        "intent": "proposal",
        "code": concept(course.codes, course.label),
        "participant": [{"type": "practitioner", "role": text(staff)} for staff in course.staff],
        "productCodeableConcept": product(drug),
        "dosage": [
            dosage(step, _sequence(course, place), dose_words(step), route)
            for place, step in enumerate(course.steps)
        ],
    }


def _sequence(course: Medication, place: int) -> int:
    """Steps follow one another; one called `also` runs beside the one before it."""
    return sum(step.step != "also" for step in course.steps[: place + 1]) or 1
