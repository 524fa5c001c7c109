"""What FHIR definitions cannot carry of a plan, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from careplan.export.fhir.names import BLOCK, LINE
from careplan.export.fhir.parts import Json, strengths
from careplan.export.fhir.timing import words_only
from careplan.plan.model import Plan

_TWO_WORDS = frozenset(
    "on may missed start stop if hold continue admit approved by hours first no".split()
)  # lines that two words tell apart


def left_out(plan: Plan, bundle: Json) -> Iterator[str]:
    """One line for each thing that other systems will not see, or not understand, in the bundle."""
    leads = Counter(_lead(line) for line in _values(bundle, LINE))
    if leads:
        said = ", ".join(f"`{lead}`" + (f" ({count})" if count > 1 else "") for lead, count in leads.items())
        yield (
            "FHIR has no place for some lines; they travel as extensions (urn:careplan:line), "
            f"which other systems pass over: {said}"
        )
    blocks = [_name(block) for block in _values(bundle, BLOCK)]
    if blocks:
        yield (
            "FHIR has no place for some blocks; they travel as extensions (urn:careplan:block), "
            f"which other systems pass over: {', '.join(f'`{block}`' for block in blocks)}"
        )
    if any(name == "expression" for name in _keys(bundle)):
        yield (
            "conditions travel as text in the plan's own words (text/x-careplan): other systems can show "
            "them, and cannot evaluate them"
        )
    yield from _by_words_alone(plan)
    yield from strengths(plan.drug(course.drug) for course in plan.medications)


def _lead(line: str) -> str:
    first = line.split(" ", 1)[0]
    return " ".join(line.split()[:2]) if first in _TWO_WORDS else first


def _name(block: str) -> str:
    """The kind and the name of a block; all of the header of one that has a title only."""
    header = block.split("\n", 1)[0]
    return header if header.startswith("scenario ") else " ".join(header.split()[:2])


def _by_words_alone(plan: Plan) -> Iterator[str]:
    found = [
        f"`{phase.name}`: {name}"
        for phase in plan.phases
        for name, line in (
            *((line.service, line) for line in phase.services),
            *((f"assess {line.measures[0]}", line) for line in phase.assessments),
        )
        if words_only(line)
    ]
    if found:
        yield (
            "FHIR timings cannot say everything of these lines (which weeks, what they follow, that a day is "
            f"unannounced); their words say it: {'; '.join(found)}"
        )


def _values(part: object, url: str) -> Iterator[str]:
    """The texts of our extensions of one kind, wherever they stand."""
    if isinstance(part, dict):
        if part.get("url") == url and "valueString" in part:
            yield part["valueString"]
        for each in part.values():
            yield from _values(each, url)
    elif isinstance(part, list):
        for each in part:
            yield from _values(each, url)


def _keys(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part
        for each in part.values():
            yield from _keys(each)
    elif isinstance(part, list):
        for each in part:
            yield from _keys(each)
