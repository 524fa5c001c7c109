"""A plan as JSON, and the JSON Schema (2020-12) of it."""

from __future__ import annotations

from typing import Any

from careplan.plan.model import FORMAT_VERSION, Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_json(plan: Plan) -> str:
    """The whole plan; `Plan.model_validate_json` makes an equal plan of it."""
    return plan.model_dump_json(indent=2) + "\n"


def plan_schema() -> dict[str, Any]:
    """The schema of `plan_json`. Its `$id` changes with the plan's `format_version`."""
    schema = Plan.model_json_schema(mode="serialization")
    head = {"$schema": DIALECT, "$id": f"urn:careplan:plan:{FORMAT_VERSION}"}
    return {**head, **schema, "title": "An addiction treatment plan"}
