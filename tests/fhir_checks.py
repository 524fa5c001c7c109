"""Two checks of FHIR R4 resources that need nothing but Python: HL7's JSON schema, and required bindings.

Neither sees FHIR's invariants; `pytest -m slow` adds two validators that do. See tests/fhir/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft6Validator

FOLDER = Path(__file__).with_name("fhir")
SCHEMA: dict[str, Any] = json.loads((FOLDER / "fhir.schema.json").read_text("utf-8"))
BINDINGS: dict[str, dict[str, list[str]]] = json.loads((FOLDER / "bindings.json").read_text("utf-8"))


@cache
def _schema(kind: str) -> Draft6Validator:
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]})


def faults(resource: dict[str, Any]) -> list[str]:
    """What is wrong with a resource; a Bundle's resources are looked at one by one."""
    kind = resource.get("resourceType", "")
    if kind not in BINDINGS:
        return [f"{kind or 'nothing'} is not a resource that careplan writes"]
    found = [
        f"{kind}: {'/'.join(map(str, e.instance_path))}: {e.message[:300]}" for e in _errors(resource, kind)
    ]
    return [*found, *_wrong_codes(resource, kind, kind)]


def _errors(resource: dict[str, Any], kind: str) -> Iterator[Any]:
    if kind != "Bundle":
        yield from _schema(kind).iter_errors(resource)
        return
    shell = {
        **resource,
        "entry": [{k: v for k, v in e.items() if k != "resource"} for e in resource["entry"]],
    }
    yield from _schema("Bundle").iter_errors(shell)
    for entry in resource["entry"]:
        yield from _errors(entry["resource"], entry["resource"]["resourceType"])


def _wrong_codes(value: dict[str, Any], owner: str, path: str) -> Iterator[str]:
    """Codes that a required binding does not allow. `owner` is the definition of `value` in the schema."""
    properties = SCHEMA["definitions"][owner].get("properties", {})
    for name, part in value.items():
        items = part if isinstance(part, list) else [part]
        allowed = BINDINGS.get(owner, {}).get(name)
        if allowed is not None:
            yield from (
                f"{path}.{name}: `{code}` is not one of {', '.join(allowed)}"
                for item in items
                for code in _codes(item)
                if code not in allowed
            )
        inner = _definition(properties.get(name, {}))
        for item in items:
            if isinstance(item, dict):
                kind = item.get("resourceType", "") if inner == "ResourceList" else inner
                if kind in SCHEMA["definitions"]:
                    yield from _wrong_codes(item, kind, f"{path}.{name}")
            elif "properties" in SCHEMA["definitions"].get(inner, {}) and item is not None:
                yield f"{path}.{name}: must be a {inner}"  # the schema forgets to say so


def _definition(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref") or schema.get("items", {}).get("$ref", "")).rsplit("/", 1)[-1]


def _codes(value: Any) -> list[str]:
    if isinstance(value, dict):  # a Coding, or a CodeableConcept
        return [coding["code"] for coding in value.get("coding", [value]) if "code" in coding]
    return [str(value)]
