"""The actions of a PlanDefinition: phases with what happens in them, courses, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careplan.export.fhir.names import LEVEL, VALUES, Home
from careplan.export.fhir.parts import (
    Json,
    citations,
    coding,
    condition,
    days,
    extension,
    kind,
    lines,
    notes,
)
from careplan.export.fhir.timing import line_timing, offset
from careplan.plan.model import (
    Anytime,
    Assessment,
    Exit,
    Lasts,
    Medication,
    Outcome,
    Phase,
    Plan,
    ServiceLine,
)
from careplan.plan.words import (
    assessment_words,
    exit_words,
    level_words,
    listed,
    service_line_words,
)
from careplan.plan.words.blocks import anytime_lines, outcome_lines, phase_lines
from careplan.render.plain.conditions import title_of
from careplan.render.plain.exits import plain_action
from careplan.render.plain.lines import plain_assessment, plain_service_line
from careplan.render.plain.words import capital

WAYS_OUT = "ways-out"
AT_END = "at-end"


def plan_actions(plan: Plan, home: Home) -> Iterator[Json]:
    """The top actions: phases, medications, `anytime`, outcomes."""
    yield from (_phase(plan, home, phase) for phase in plan.phases)
    yield from (_course(plan, home, course) for course in plan.medications)
    for number, block in enumerate(plan.anytime, 1):
        yield _anytime(plan, block, f"anytime.{number}")
    yield from (_outcome(plan, outcome) for outcome in plan.outcomes)


def _phase(plan: Plan, home: Home, phase: Phase) -> Json:
    carried = {"level", "note", "cite", "code", "assess", "step", "move", "discharge", "extend", "at"}
    carried |= {line.service for line in phase.services}
    if phase.lasts is not None and phase.lasts.until is None:
        carried.add("lasts")
    level = phase.level and {"coding": [{"system": LEVEL, "code": level_words(phase.level)}]}
    doors = [door for door in plan.starts if door.phase == phase.name]
    first = doors or (not plan.starts and phase is plan.phases[0])
    inside = [_service_line(plan, home, phase, n, line) for n, line in enumerate(phase.services, 1)]
    inside += [_assessment(plan, home, phase, n, line) for n, line in enumerate(phase.assessments, 1)]
    inside += _ways_out(plan, phase.name, phase.exits, phase.at_end)
    return {
        "id": phase.name,
        "extension": lines(phase_lines(phase), *carried),
        "title": phase.title,
        "description": notes(phase.notes),
        "code": [kind("phase"), level or {}, {"coding": [coding(code) for code in phase.codes]}],
        "documentation": citations(plan, phase.cites),
        "condition": [
            *(condition(plan, "applicability", plan.admit) if first else ()),
            *(each for door in doors for each in condition(plan, "start", door.condition)),
        ],
        **_length(phase.lasts),
        "groupingBehavior": "logical-group",
        "action": inside,
    }


def _length(lasts: Lasts | None) -> Json:
    if lasts is None:
        return {}
    if lasts.low == lasts.high:
        return {"timingDuration": days(lasts.low)}
    low = {"low": days(lasts.low)} if lasts.low else {}
    high = {"high": days(lasts.high)} if lasts.high is not None else {}
    return {"timingRange": {**low, **high}}


def _service_line(plan: Plan, home: Home, phase: Phase, number: int, line: ServiceLine) -> Json:
    service = plan.service(line.service)
    own = service.minutes if line.minutes is None else line.minutes
    minutes = own and own + service.break_minutes
    return {
        "id": f"{phase.name}.{line.service}.{number}",
        "title": service.label,
        "description": capital(plain_service_line(plan, line)),
        "textEquivalent": service_line_words(line),
        "code": [kind("service")],
        "condition": _clauses(plan, line),
        "relatedAction": _after_start(phase, line),
        "timingTiming": line_timing(line, minutes),
        "requiredBehavior": "could" if line.encouraged else None,
        "definitionCanonical": home.canonical("ActivityDefinition", line.service),
    }


def _assessment(plan: Plan, home: Home, phase: Phase, number: int, line: Assessment) -> Json:
    definitions = [home.canonical("ActivityDefinition", name) for name in line.measures]
    several = len(definitions) > 1
    id_ = f"{phase.name}.assess.{number}"
    parts = [
        {"id": f"{id_}.{name}", "title": title_of(plan, name), "definitionCanonical": definition}
        for name, definition in zip(line.measures, definitions, strict=True)
    ]
    return {
        "id": id_,
        "title": listed(title_of(plan, name) for name in line.measures),
        "description": capital(plain_assessment(plan, line)),
        "textEquivalent": assessment_words(line),
        "code": [kind("assess")],
        "condition": _clauses(plan, line),
        "relatedAction": _after_start(phase, line),
        "timingTiming": line_timing(line),
        "definitionCanonical": None if several else definitions[0],
        "action": parts if several else [],
    }


def _clauses(plan: Plan, line: ServiceLine | Assessment) -> list[Json]:
    roles = (
        ("applicability", line.if_facts),
        ("applicability", line.while_),
        ("start", line.when),
        ("start", line.after),
    )
    return [each for role, clause in roles for each in condition(plan, role, clause)]


def _after_start(phase: Phase, line: ServiceLine | Assessment) -> list[Json]:
    later = offset(line)
    if later is None:
        return []
    return [{"actionId": phase.name, "relationship": "after-start", "offsetDuration": later}]


def _ways_out(plan: Plan, name: str, exits: Sequence[Exit], at_end: Sequence[Exit]) -> list[Json]:
    groups = ((WAYS_OUT, "Ways out", exits), (AT_END, "At the end", at_end))
    return [
        {
            "id": f"{name}.{id_}",
            "title": title,
            "code": [kind(id_)],
            "groupingBehavior": "logical-group",
            "selectionBehavior": "at-most-one",
            "action": [_exit(plan, f"{name}.{id_}.{n}", way, id_ == AT_END) for n, way in enumerate(ways, 1)],
        }
        for id_, title, ways in groups
        if ways
    ]


def _exit(plan: Plan, id_: str, way: Exit, at_end: bool) -> Json:
    return {
        "id": id_,
        "title": capital(f"{way.direction} {_toward(plan, way)}".strip()),
        "description": capital(plain_action(plan, way)),
        "textEquivalent": exit_words(way, at_end=at_end),
        "code": [kind("exit")],
        "condition": condition(plan, "applicability", way.when),
        "relatedAction": [{"actionId": way.target, "relationship": "before-start"}] if way.target else [],
    }


def _toward(plan: Plan, way: Exit) -> str:
    link = "as" if way.direction == "discharge" else "to"
    return f"{link} {title_of(plan, way.target)}" if way.target else ""


def _course(plan: Plan, home: Home, course: Medication) -> Json:
    start = course.start
    ends = (*course.continue_through, *course.stop_at_end_of)
    return {
        "id": course.name,
        "title": course.label,
        "code": [kind("medication")],
        "condition": [
            *condition(plan, "start", start.when if start else None),
            *condition(plan, "stop", course.stop_when),
        ],
        "relatedAction": [
            *({"actionId": p, "relationship": "after-start"} for p in (start.phases if start else ())),
            *({"actionId": p, "relationship": "before-end"} for p in ends),
        ],
        "definitionCanonical": home.canonical("ActivityDefinition", course.name),
    }


def _anytime(plan: Plan, block: Anytime, id_: str) -> Json:
    said = f"except {listed(block.excepted)}" if block.excepted else ""
    return {
        "id": id_,
        "extension": [
            *([extension(VALUES, said)] if said else []),
            *lines(anytime_lines(block), "step", "move", "discharge", "note", "cite"),
        ],
        "title": "At any time",
        "description": notes(block.notes),
        "code": [kind("anytime")],
        "documentation": citations(plan, block.cites),
        "action": _ways_out(plan, id_, block.exits, ()),
    }


def _outcome(plan: Plan, outcome: Outcome) -> Json:
    return {
        "id": outcome.name,
        "extension": lines(outcome_lines(outcome), "note", "cite", "code"),
        "title": outcome.title,
        "description": notes(outcome.notes),
        "code": [kind("outcome"), {"coding": [coding(code) for code in outcome.codes]}],
        "documentation": citations(plan, outcome.cites),
    }
