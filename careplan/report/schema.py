"""The JSON Schema (2020-12) of `careplan check --format json`."""

from __future__ import annotations

from typing import Any

from careplan.report import Totals
from careplan.report.json import FORMAT_VERSION, OPTIONAL

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_FROM_1 = {"type": "integer", "minimum": 0, "description": "From 1; 0 where the finding is about no line."}
_PLACE = {"file": _TEXT, "line": _FROM_1, "column": _FROM_1, "end_line": _FROM_1, "end_column": _FROM_1}


def report_schema() -> dict[str, Any]:
    """The schema; its `$id` changes with the report's `format_version`."""
    report = {
        "format_version": {"const": FORMAT_VERSION},
        "careplan": {**_TEXT, "description": "The version of careplan that wrote this."},
        "files": {"type": "array", "items": {"$ref": "#/$defs/file"}},
        "totals": _object(dict.fromkeys(Totals._fields, _COUNT), *OPTIONAL),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:careplan:report:{FORMAT_VERSION}",
        "title": "A report of careplan check",
        **_object(report),
        "$defs": {"file": _file(), "diagnostic": _diagnostic(), "label": _object({**_PLACE, "text": _TEXT})},
    }


def _file() -> dict[str, Any]:
    file = {
        "file": _TEXT,
        "problem": {**_TEXT, "description": "Why the file could not be checked."},
        "failures": {
            "type": "array",
            "items": _TEXT,
            "description": "Rules that failed by a fault of careplan's own: their findings are missing.",
        },
        "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
    }
    return _object(file, "problem", "failures")


def _diagnostic() -> dict[str, Any]:
    labels = {"type": "array", "items": {"$ref": "#/$defs/label"}}
    fix = _object({"title": _TEXT, "edits": labels})
    diagnostic = {
        "name": {
            **_TEXT,
            "pattern": "^[a-z][a-z0-9-]*$",
            "description": "`careplan explain NAME` tells more.",
        },
        "severity": {"enum": ["error", "warning", "note"]},
        "message": {**_TEXT, "description": "What is wrong."},
        **_PLACE,
        "here": {**_TEXT, "description": "What the marked text is, or empty."},
        "help": {**_TEXT, "description": "What would be right, or empty."},
        "related": labels,
        "fix": {**fix, "description": "Put each `text` in the place of its stretch."},
    }
    return _object(diagnostic, "fix")


def _object(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    # Members may be added without a new version, so others than these are allowed.
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}
