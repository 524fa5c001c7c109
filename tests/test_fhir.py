"""Plans as FHIR R4 definitions: valid, stable, and honest about what they leave out."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fhir_checks import faults

import careplan
from careplan.export.fhir.definitions import definitions_bundle, fhir_definitions
from careplan.plan.model import Plan

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))
GOOD = sorted((ROOT / "tests/corpus/good").glob("*.careplan"))


def plan_of(path: Path) -> Plan:
    try:
        return careplan.load(path)
    except careplan.PlanError:
        pytest.skip("a library")


def definition(bundle: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The PlanDefinition, or the ActivityDefinition of that element."""
    for entry in bundle["entry"]:
        resource: dict[str, Any] = entry["resource"]
        if resource["resourceType"] == ("ActivityDefinition" if name else "PlanDefinition") and (
            not name or resource["identifier"][0]["value"] == name
        ):
            return resource
    raise KeyError(name)


def actions(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for action in part.get("action", []):
        yield action
        yield from actions(action)


@pytest.mark.parametrize("path", [*EXAMPLES, *GOOD], ids=lambda path: path.stem)
def test_definitions_are_valid(path: Path) -> None:
    plan = plan_of(path)
    bundle = definitions_bundle(plan)
    assert faults(bundle) == []
    known = {action["id"] for action in actions(definition(bundle))}
    every = [action["id"] for action in actions(definition(bundle))]
    assert len(known) == len(every)  # the ids of actions are unique
    for action in actions(definition(bundle)):
        assert {to["actionId"] for to in action.get("relatedAction", [])} <= known
    urls = {e["resource"]["url"] for e in bundle["entry"]}
    used = {
        a["definitionCanonical"].split("|")[0]
        for a in actions(definition(bundle))
        if "definitionCanonical" in a
    }
    assert used <= urls


@pytest.mark.parametrize("base", [None, "https://clinic.example/fhir"])
def test_the_same_plan_gives_the_same_bytes(base: str | None) -> None:
    path = ROOT / "examples/oud-step-down.careplan"
    first = fhir_definitions(careplan.load(path), base)
    assert first == fhir_definitions(careplan.load(path), base)
    url = definition(json.loads(first.content))["url"]
    assert url == (
        f"{base}/PlanDefinition/oud-step-down" if base else "urn:careplan:PlanDefinition:oud-step-down"
    )


def test_phases_with_what_happens_in_them() -> None:
    plan = careplan.load(ROOT / "examples/oud-step-down.careplan")
    root = definition(definitions_bundle(plan))
    iop = next(action for action in root["action"] if action["id"] == "iop")
    assert iop["timingRange"]["low"]["value"] == 8
    evening = iop["action"][0]
    assert (
        evening["textEquivalent"]
        == "process-group 3 per week on mon, wed and fri at 18:00 if track is evening"
    )
    assert evening["timingTiming"]["repeat"] == {
        "frequency": 3, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "wed", "fri"],
        "timeOfDay": ["18:00:00"], "duration": 210, "durationUnit": "min",
    }  # fmt: skip
    assert evening["condition"][0]["expression"]["expression"] == "track is evening"
    ways = next(action for action in iop["action"] if action["id"] == "iop.ways-out")
    assert ways["action"][0]["relatedAction"] == [{"actionId": "residential", "relationship": "before-start"}]
    skills = next(a for a in iop["action"] if a["id"].startswith("iop.relapse-prevention"))
    assert skills["timingTiming"]["repeat"]["boundsDuration"]["value"] == 8


def test_a_course_of_medication() -> None:
    bundle = definitions_bundle(careplan.load(ROOT / "examples/oud-step-down.careplan"))
    course = definition(bundle, "bup-nx")
    assert course["kind"] == "MedicationRequest"
    assert course["dosage"][0]["text"] == "induction 4 mg daily for 1 day"
    assert course["dosage"][2]["doseAndRate"][0]["doseRange"]["high"]["value"] == 24
    assert course["productCodeableConcept"]["text"] == "buprenorphine-naloxone"


def test_what_fhir_cannot_carry_is_said() -> None:
    said = fhir_definitions(careplan.load(ROOT / "examples/oud-step-down.careplan")).left_out
    whole = "\n".join(said)
    assert all("\n" not in line for line in said)
    for words in ("`on return` (3)", "`fact track`", "cannot evaluate", "`iop`: family"):
        assert words in whole


# ------------------------------------------------------------------------ the checks find what is wrong

PLAN = definitions_bundle(careplan.load(ROOT / "examples/oud-step-down.careplan"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("status",), "live"),
        (("action", 0, "timingRange", "low"), "14 days"),
        (("action", 0, "selectionBehavior"), "one"),
        (("action", 1, "action", 0, "timingTiming", "repeat", "periodUnit"), "weeks"),
        (("action", 1, "action", 0, "timingTiming", "repeat", "dayOfWeek"), ["monday"]),
        (("action", 1, "action", 0, "condition", 0, "kind"), "if"),
        (("relatedArtifact", 0, "type"), "source"),
        (("colour",), "red"),
        (("id",), "not an id"),
        (("goal", 0, "description"), "sobriety"),
    ],
)
def test_a_fault_is_found(path: tuple[str | int, ...], value: object) -> None:
    bundle = copy.deepcopy(PLAN)
    place: Any = definition(bundle)
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert faults(bundle)
