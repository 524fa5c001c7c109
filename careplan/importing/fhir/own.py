"""A PlanDefinition that careplan wrote, back in the language.

What FHIR has a place for is read from there, and all else from careplan's own extensions. The words win: a
timing or a condition is read from its text in the plan's words. What somebody changed in the structure
beside these words is found by writing the plan as FHIR again, and told.
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.export.fhir.activities import KIND_OF_NAME
from careplan.export.fhir.definitions import CONTEXTS
from careplan.export.fhir.names import BLOCK, KIND, LEVEL, LINE, VALUES, system_name
from careplan.importing.fhir.changes import changes
from careplan.importing.fhir.documents import Documents, Json
from careplan.importing.imported import Block, Imported
from careplan.plan.words.sizes import duration_range_words, duration_words
from careplan.plan.words.texts import listed_words, quoted

_WORDS = {
    "population": "population",
    "substances": "substance",
    "settings": "setting",
    "approaches": "approach",
}


def is_own(plan: Json) -> bool:
    """Whether careplan wrote it."""
    return any(each.get("system") == KIND_OF_NAME for each in plan.get("identifier", []))


def own_plan(documents: Documents) -> Imported:
    """The plan's text, and what was changed elsewhere and is not brought over."""
    plan = documents.plan
    name = _name(plan)
    blocks = [_plan(plan, name), *_sources(plan)]
    text = "".join(block.text for block in blocks)
    text += "".join(f"{block}\n\n" for block in _extensions(plan, BLOCK))
    more = [*map(_activity, documents.activities), *_actions(plan), *_goals(plan)]
    text += "".join(block.text for block in more)
    return Imported(name, text, tuple(changes(documents, text)))


def _name(part: Json) -> str:
    return next(str(each["value"]) for each in part["identifier"] if each.get("system") == KIND_OF_NAME)


def _header(lead: str, name: str, title: str | None, more: str = "") -> str:
    return " ".join(filter(None, (lead, name, quoted(title) if title else "", more)))


def _extensions(part: Json, url: str) -> list[str]:
    return [each["valueString"] for each in part.get("extension", []) if each.get("url") == url]


def _lines(part: Json) -> Iterator[str]:
    yield from (" ".join(line.split()) for line in _extensions(part, LINE))


def _notes(part: Json) -> Iterator[str]:
    yield from (f"note {quoted(note)}" for note in part.get("description", "").split("\n\n") if note)


def _cites(artifacts: list[Json], type_: str = "citation") -> Iterator[str]:
    for each in artifacts:
        if each.get("type") == type_:
            where = f" {quoted(each['citation'])}" if "citation" in each else ""
            yield f"cite {each['label']}{where}"


def _codes(concepts: list[Json]) -> Iterator[str]:
    for coding in (coding for concept in concepts for coding in concept.get("coding", [])):
        system = system_name(coding.get("system", ""))
        if system is not None and coding["system"] not in (KIND, LEVEL):
            title = f" {quoted(coding['display'])}" if "display" in coding else ""
            yield f"code {system} {coding['code']}{title}"


def _kind(concepts: list[Json]) -> str:
    codings = [coding for concept in concepts for coding in concept.get("coding", [])]
    return next((coding["code"] for coding in codings if coding.get("system") == KIND), "")


def _plan(plan: Json, name: str) -> Block:
    block = Block(_header("plan", name, plan.get("title")))
    if "version" in plan:
        block.lines.append(f"version {plan['version']}")
    if plan.get("status", "unknown") != "unknown":
        block.lines.append(f"status {plan['status']}")
    period = plan.get("effectivePeriod", {})
    if "start" in period:
        block.lines.append(
            f"effective {period['start']}" + (f" to {period['end']}" if "end" in period else "")
        )
    for code, field in CONTEXTS:
        contexts = (c for c in plan.get("useContext", []) if c["code"]["code"] == code)
        words = [context["valueCodeableConcept"]["text"] for context in contexts]
        if words:
            block.lines.append(f"{_WORDS[field]} {listed_words(words)}")
    if plan.get("author"):
        block.lines.append(f"author {listed_words(author['name'] for author in plan['author'])}")
    block.lines += [*_lines(plan), *_notes(plan)]
    block.lines += [*_cites(plan.get("relatedArtifact", []), "justification"), *_codes(plan.get("topic", []))]
    return block


def _sources(plan: Json) -> Iterator[Block]:
    for each in plan.get("relatedArtifact", []):
        if each.get("type") == "citation":
            url = [f"url {quoted(each['url'])}"] if "url" in each else []
            yield Block(_header("source", each["label"], each.get("display")), [*url, *_lines(each)])


def _activity(part: Json) -> Block:
    kind = _kind(part.get("topic", []))
    block = Block(_header(kind, _name(part), part.get("title"), " ".join(_extensions(part, VALUES))))
    if kind == "medication":
        block.lines.append(f"drug {part['productCodeableConcept']['text']}")
        block.lines += [dose["text"] for dose in part.get("dosage", [])]
    staff = [each["role"]["text"] for each in part.get("participant", [])]
    if staff:
        block.lines.append(f"staff {listed_words(staff)}")
    block.lines += [*_lines(part), *_notes(part)]
    block.lines += [*_cites(part.get("relatedArtifact", [])), *_codes([part.get("code", {})])]
    return block


def _actions(plan: Json) -> Iterator[Block]:
    for action in plan.get("action", []):
        kind = _kind(action.get("code", []))
        if kind == "phase":
            yield _phase(action)
        elif kind == "anytime":
            yield Block(" ".join(("anytime", *_extensions(action, VALUES))), _inside(action))
        elif kind == "outcome":
            yield Block(_header("outcome", action["id"], action.get("title")), _common(action))


def _common(action: Json) -> list[str]:
    codes = _codes(action.get("code", []))
    return [*_lines(action), *_notes(action), *_cites(action.get("documentation", [])), *codes]


def _inside(action: Json) -> list[str]:
    """The lines of the actions within one, and its own."""
    words: list[str] = []
    for each in action.get("action", []):
        words += [
            part["textEquivalent"] for part in (each, *each.get("action", [])) if "textEquivalent" in part
        ]
    return [*words, *_common(action)]


def _phase(action: Json) -> Block:
    block = Block(_header("phase", action["id"], action.get("title")))
    codings = [coding for concept in action.get("code", []) for coding in concept.get("coding", [])]
    block.lines += [f"level {coding['code']}" for coding in codings if coding.get("system") == LEVEL]
    length = _length(action)
    if length:
        block.lines.append(f"lasts {length}")
    block.lines += _inside(action)
    return block


def _length(action: Json) -> str:
    if any(line.startswith("lasts ") for line in _extensions(action, LINE)):
        return ""
    if "timingDuration" in action:
        return duration_words(_days(action["timingDuration"]))
    ends = action.get("timingRange")
    if ends is None:
        return ""
    if "high" not in ends:
        return f"at least {duration_words(_days(ends['low']))}"
    high = _days(ends["high"])
    return (
        duration_range_words(_days(ends["low"]), high) if "low" in ends else f"up to {duration_words(high)}"
    )


def _days(length: Json) -> int:
    return int(length["value"]) * {"d": 1, "wk": 7}[length["code"]]


def _goals(plan: Json) -> Iterator[Block]:
    for goal in plan.get("goal", []):
        said = goal["description"]["text"]
        title = None if said == goal["id"].replace("-", " ") else said
        lines = [*_lines(goal), *_cites(goal.get("documentation", []))]
        yield Block(_header("goal", goal["id"], title), lines)
