"""From a FHIR R4 PlanDefinition: careplan's own comes back whole, another's as far as the language goes."""

from __future__ import annotations

import json
from typing import Any

from careplan.importing.fhir.documents import Documents
from careplan.importing.fhir.foreign import foreign_plan
from careplan.importing.fhir.own import is_own, own_plan
from careplan.importing.imported import Imported, ImportProblem


def from_fhir(text: str) -> Imported:
    """The plan that a PlanDefinition, or a Bundle that holds one, says; ImportProblem if there is none."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise ImportProblem("this is no JSON") from trouble
    documents = Documents.of(document)
    try:
        return own_plan(documents) if is_own(documents.plan) else foreign_plan(documents)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError) as trouble:
        # Whatever is malformed in a file of somebody else's: the validators of FHIR say what, and where.
        raise ImportProblem("this PlanDefinition is not built as FHIR R4 says") from trouble
