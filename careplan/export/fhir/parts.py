"""The small parts that FHIR resources are made of, as plain dictionaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from careplan.export.fhir.names import EXPRESSION, KIND, LANGUAGE, LINE, system_address
from careplan.plan.model import Cite, Code, Condition, Drug, Plan
from careplan.plan.words import condition_words, listed
from careplan.render.plain.conditions import plain_condition

Json = dict[str, Any]
"""A FHIR element or resource."""


def without_empty(value: Any) -> Any:
    """Without what holds nothing: FHIR knows no empty lists, texts or objects."""
    if isinstance(value, dict):
        kept = {name: without_empty(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list):
        return [part for part in map(without_empty, value) if part not in (None, "", [], {})]
    return value


def text(words: str | None) -> Json:
    """A concept that is known by its words only."""
    return {"text": words} if words else {}


def kind(word: str) -> Json:
    """Which block or line of a plan something is."""
    return {"coding": [{"system": KIND, "code": word}]}


def coding(code: Code) -> Json:
    """A code of a published system."""
    return {"system": system_address(code.system), "code": code.value, "display": code.title}


def product(drug: Drug) -> Json:
    """A drug as a concept. Codes that a system has several of are left out: they name one strength each,
    and all codes of a concept must mean the same.
    """
    counts = Counter(code.system for code in drug.codes)
    return concept([code for code in drug.codes if counts[code.system] == 1], drug.name)


def strengths(drugs: Iterable[Drug]) -> Iterator[str]:
    """What `product` leaves out, in plain words."""
    for drug in drugs:
        counts = Counter(code.system for code in drug.codes)
        several = [system for system, count in counts.items() if count > 1]
        if several:
            yield (
                f"{drug.name}: the {listed(several)} codes of its products name a strength each, which the "
                "plan leaves to the prescriber: they are left out"
            )


def concept(codes: Iterable[Code], words: str | None) -> Json:
    """A concept with its codes and its words."""
    return {"coding": [coding(code) for code in codes], "text": words}


def extension(url: str, value: str) -> Json:
    """An extension of ours that holds a text."""
    return {"url": url, "valueString": value}


def lines(said: Iterable[str], *carried: str) -> list[Json]:
    """The lines of a block that FHIR has no place for: those that do not begin with a `carried` word."""
    return [extension(LINE, line) for line in said if line.split(" ", 1)[0] not in carried]


def notes(said: Sequence[str]) -> str:
    """Notes as one Markdown text, a paragraph each."""
    return "\n\n".join(said)


def expression(plan: Plan, condition: Condition) -> Json:
    """A condition in the plan's words, with everyday English beside it."""
    return {
        "description": plain_condition(plan, condition),
        # HL7's JSON schema lets no other language be named here, though the binding is open.
        "_language": {"extension": [{"url": EXPRESSION, "valueCode": LANGUAGE}]},
        "expression": condition_words(condition),
    }


def condition(plan: Plan, role: str, holds: Condition | None) -> list[Json]:
    """An action's condition (`role`: applicability, start or stop); nothing for None."""
    return [] if holds is None else [{"kind": role, "expression": expression(plan, holds)}]


def citations(plan: Plan, cites: Iterable[Cite], type_: str = "citation") -> list[Json]:
    """The sources that back an element."""
    sources = {source.name: source for source in plan.sources}
    found = []
    for cite in cites:
        source = sources[cite.source]
        found.append(
            {
                "type": type_,
                "label": source.name,
                "display": source.label,
                "citation": cite.where,
                "url": source.url,
            }
        )
    return found


def days(count: int) -> Json:
    """A length of time: whole weeks as weeks, others as days."""
    whole = count > 0 and count % 7 == 0
    value, code, word = (count // 7, "wk", "week") if whole else (count, "d", "day")
    unit = word if value == 1 else f"{word}s"
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": code}
