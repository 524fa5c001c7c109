"""The PlanDefinition in a file, and the definitions that it refers to."""

from __future__ import annotations

from typing import Any, NamedTuple

from careplan.importing.imported import ImportProblem

Json = dict[str, Any]


class Documents(NamedTuple):
    """A PlanDefinition and the ActivityDefinitions beside it or within it."""

    plan: Json
    activities: tuple[Json, ...]
    others: tuple[str, ...] = ()  # the kinds of resources beside them

    @classmethod
    def of(cls, document: Any) -> Documents:
        """What a file holds; ImportProblem if that is no PlanDefinition, or several."""
        kind = document.get("resourceType") if isinstance(document, dict) else None
        if kind not in ("PlanDefinition", "Bundle"):
            what = f"a {kind}" if isinstance(kind, str) else "no FHIR resource"
            raise ImportProblem(f"this is {what}; a PlanDefinition is wanted, or a Bundle that holds one")
        found = [document] if kind == "PlanDefinition" else _entries(document)
        plans = [each for each in found if each.get("resourceType") == "PlanDefinition"]
        if len(plans) != 1:
            raise ImportProblem(f"this Bundle holds {len(plans) or 'no'} PlanDefinitions; one is wanted")
        contained = [each for each in plans[0].get("contained", []) if isinstance(each, dict)]
        beside = [*contained, *found]
        activities = tuple(each for each in beside if each.get("resourceType") == "ActivityDefinition")
        known = ("PlanDefinition", "ActivityDefinition")
        others = dict.fromkeys(
            str(e.get("resourceType")) for e in beside if e.get("resourceType") not in known
        )
        return cls(plans[0], activities, tuple(others))

    def activity(self, canonical: str | None) -> Json | None:
        """The definition at that address, or within the plan (`#id`); None if it is not in the file."""
        if not canonical:
            return None
        address = canonical.split("|", 1)[0]
        for each in self.activities:
            if address in (each.get("url"), f"#{each.get('id')}", f"ActivityDefinition/{each.get('id')}"):
                return each
        return None


def _entries(bundle: Json) -> list[Json]:
    entries = bundle.get("entry", [])
    resources = [entry.get("resource") for entry in entries if isinstance(entry, dict)]
    return [each for each in resources if isinstance(each, dict)]
