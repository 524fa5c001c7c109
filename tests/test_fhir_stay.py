"""A dated stay in FHIR R4: valid, stable, linked, and with nothing about the patient but the reference."""

from __future__ import annotations

import json
from typing import Any

import pytest
from dated_plans import EXAMPLES, stay
from fhir_checks import faults

from careplan.export.carried import ExportError
from careplan.export.fhir.definitions import definitions_bundle
from careplan.export.fhir.stay import fhir_stay, stay_bundle


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["reference"]] if isinstance(part.get("reference"), str) else []
        return own + [r for value in part.values() for r in references(value)]
    return [r for value in part for r in references(value)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_stay_is_valid_and_linked(name: str) -> None:
    plan, found = stay(name)
    bundle = stay_bundle(plan, found, "Patient/7", part_2=True)
    assert faults(bundle) == []
    known = {entry["request"]["url"] for entry in bundle["entry"]}
    assert len(known) == len(bundle["entry"])
    assert set(references(bundle)) <= known | {"Patient/7"}
    definitions = {e["resource"]["url"] for e in definitions_bundle(plan)["entry"]}
    for resource in (e["resource"] for e in bundle["entry"]):
        assert {c.split("|")[0] for c in resource.get("instantiatesCanonical", [])} <= definitions
    assert len(resources(bundle, "Appointment")) == sum(each.kind != "dose" for each in found)


def test_the_same_stay_gives_the_same_bytes_and_another_patient_other_ids() -> None:
    plan, found = stay()
    one = fhir_stay(plan, found, "Patient/7")
    assert one == fhir_stay(plan, found, "Patient/7")
    ids, others = (
        {e["resource"]["id"] for e in stay_bundle(plan, found, patient)["entry"]}
        for patient in ("Patient/7", "Patient/8")
    )
    assert not ids & others
    assert "Patient/7" not in "".join(ids)


def test_the_label_of_part_2_is_on_every_resource_or_on_none() -> None:
    plan, found = stay()
    for part_2 in (True, False):
        bundle = stay_bundle(plan, found, "Patient/7", part_2=part_2)
        parts = [bundle, *(e["resource"] for e in bundle["entry"])]
        labelled = [
            p for p in parts if p.get("meta", {}).get("security", [{}])[0].get("code") == "42CFRPart2"
        ]
        assert len(labelled) == (len(parts) if part_2 else 0)


def test_appointments_have_a_time_or_a_period() -> None:
    plan, found = stay(holidays=True)
    bundle = stay_bundle(plan, found, "Patient/7")
    for each in resources(bundle, "Appointment"):
        assert ("start" in each) == ("end" in each) != ("requestedPeriod" in each)
        assert each["status"] in ("proposed", "cancelled")
        assert ("cancelationReason" in each) == (each["status"] == "cancelled")
    starts = [each["start"] for each in resources(bundle, "Appointment") if "start" in each]
    assert "2026-03-02T09:00:00-06:00" in starts
    assert "2026-03-16T09:30:00-05:00" in starts  # the clocks have changed


def test_a_service_request_has_the_days_of_its_sessions() -> None:
    plan, found = stay()
    bundle = stay_bundle(plan, found, "Patient/7")
    request = next(
        r for r in resources(bundle, "ServiceRequest") if "iop/process-group" in r["identifier"][0]["value"]
    )
    events = request["occurrenceTiming"]["event"]
    want = [
        each.start.isoformat()
        for each in found
        if each.phase == "iop" and each.name == "process-group" and each.start
    ]
    assert events == want
    assert request["quantityQuantity"]["value"] == len(want)


def test_a_course_names_no_strength_that_the_plan_does_not() -> None:
    plan, found = stay()
    course = resources(stay_bundle(plan, found, "Patient/7"), "MedicationRequest")[0]
    systems = [coding["system"] for coding in course["medicationCodeableConcept"].get("coding", [])]
    assert len(systems) == len(set(systems))
    assert "http://www.nlm.nih.gov/research/umls/rxnorm" not in systems
    assert [d["sequence"] for d in course["dosageInstruction"]] == [1, 2, 3]
    assert course["dosageInstruction"][1]["timing"]["repeat"]["boundsPeriod"]["end"] == "2026-03-05"
    assert any("strength" in line for line in fhir_stay(plan, found, "Patient/7").left_out)


@pytest.mark.parametrize("patient", ["", "123", "Patient/", "Group/1", "Patient/ "])
def test_a_patient_that_is_no_reference_is_refused(patient: str) -> None:
    with pytest.raises(ExportError, match="Patient/123"):
        stay_bundle(*stay(), patient)


def test_nothing_to_send_is_said() -> None:
    with pytest.raises(ExportError, match="no sessions"):
        stay_bundle(stay().plan, [], "Patient/7")


def test_what_it_cannot_carry_is_said_in_lines() -> None:
    said = fhir_stay(*stay(), "Patient/7").left_out
    assert all("\n" not in line for line in said)
    assert json.dumps(said).count("condition") >= 1
