"""A plan as a PlanDefinition and its ActivityDefinitions, in one Bundle."""

from __future__ import annotations

from collections.abc import Iterable

from careplan.export.carried import Carried, json_text
from careplan.export.fhir.actions import plan_actions
from careplan.export.fhir.activities import KIND_OF_NAME, activity_definitions
from careplan.export.fhir.left_out import left_out
from careplan.export.fhir.names import BLOCK, Home, machine_name, stable_uuid
from careplan.export.fhir.parts import (
    Json,
    citations,
    coding,
    days,
    extension,
    lines,
    notes,
    text,
    without_empty,
)
from careplan.plan.model import Goal, Plan, SourceEntry
from careplan.plan.words.blocks import goal_lines, plan_blocks, plan_lines, source_lines

CONTEXTS = (("age", "population"), ("focus", "substances"), ("venue", "settings"), ("workflow", "approaches"))
"""For whom and where a plan is: FHIR's kinds of context, and the fields of a plan."""
_WHOLE_BLOCKS = ("fact", "event", "formulary", "claim", "scenario")
_CONTEXT_TYPE = "http://terminology.hl7.org/CodeSystem/usage-context-type"
_PLAN_TYPE = "http://terminology.hl7.org/CodeSystem/plan-definition-type"


def fhir_definitions(plan: Plan, base: str | None = None) -> Carried:
    """The Bundle as JSON text, and what FHIR could not carry. `base`: the address of a FHIR server."""
    bundle = definitions_bundle(plan, base)
    return Carried(json_text(bundle), tuple(left_out(plan, bundle)))


def definitions_bundle(plan: Plan, base: str | None = None) -> Json:
    """A transaction that puts each definition at its own id: sent again, it changes nothing."""
    home = Home(plan.name, plan.version, base)
    return bundle_of([plan_definition(plan, home), *activity_definitions(plan, home)])


def bundle_of(resources: Iterable[Json]) -> Json:
    """A transaction of these resources, each put at its own id."""
    entries = []
    for resource in resources:
        where = f"{resource['resourceType']}/{resource['id']}"
        entries.append(
            {
                "fullUrl": f"urn:uuid:{stable_uuid(where)}",
                "resource": without_empty(resource),
                "request": {"method": "PUT", "url": where},
            }
        )
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def plan_definition(plan: Plan, home: Home) -> Json:
    """The PlanDefinition."""
    blocks = [b.text.strip() for b in plan_blocks(plan) if b.header.split(" ", 1)[0] in _WHOLE_BLOCKS]
    carried = "version status effective population substance approach setting author note cite code".split()
    return {
        "resourceType": "PlanDefinition",
        "id": home.id(),
        "extension": [
            *lines(plan_lines(plan), *carried),
            *(extension(BLOCK, block) for block in blocks),
        ],
        "url": home.url("PlanDefinition"),
        "identifier": [{"system": KIND_OF_NAME, "value": plan.name}],
        "version": plan.version,
        "name": machine_name(plan.name),
        "title": plan.title,
        "type": {"coding": [{"system": _PLAN_TYPE, "code": "clinical-protocol"}]},
        "status": plan.status or "unknown",
        "description": notes(plan.notes),
        "useContext": [
            {"code": {"system": _CONTEXT_TYPE, "code": code}, "valueCodeableConcept": text(word)}
            for code, field in CONTEXTS
            for word in getattr(plan, field)
        ],
        "approvalDate": max((each.on for each in plan.approvals), default=None),
        "effectivePeriod": {"start": plan.effective_from, "end": plan.effective_to},
        "topic": [{"coding": [coding(code)]} for code in plan.codes],
        "author": [{"name": name} for name in plan.authors],
        "endorser": [{"name": name} for each in plan.approvals for name in each.by],
        "relatedArtifact": [
            *(_source(source) for source in plan.sources),
            *citations(plan, plan.cites, "justification"),
        ],
        "goal": [_goal(plan, goal) for goal in plan.goals],
        "action": list(plan_actions(plan, home)),
    }


def _source(source: SourceEntry) -> Json:
    return {
        "extension": lines(source_lines(source), "url"),
        "type": "citation",
        "label": source.name,
        "display": source.title,
        "url": source.url,
    }


def _goal(plan: Plan, goal: Goal) -> Json:
    return {
        "id": goal.name,
        "extension": lines(goal_lines(goal), "cite"),
        "description": text(goal.label),
        "documentation": citations(plan, goal.cites),
        "target": [{"due": days(7 * goal.by_week)}] if goal.by_week is not None else [],
    }
