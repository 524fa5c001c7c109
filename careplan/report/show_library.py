"""What a library declares, by kind, with one line for each name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from careplan.plan.model import Domain, Drug, Measure, Named, Plan, Service
from careplan.plan.words import counted, listed, minutes_words, number_words, range_words
from careplan.report.columns import table

N = TypeVar("N", bound=Named)


class Declared(NamedTuple):
    """A declared name, its title, and one line about it."""

    name: str
    title: str
    about: str


def declared(plan: Plan) -> dict[str, list[Declared]]:
    """Everything that the file itself declares (not what it uses), under the plural of its kind."""

    def rows(elements: Iterable[N], about: Callable[[N], str]) -> list[Declared]:
        own = [e for e in elements if not plan.file or e.span.file == plan.file]
        return [Declared(e.name, e.title or "", about(e)) for e in own]

    groups = {
        "Facts": rows(plan.facts, lambda fact: domain_words(fact.domain)),
        "Measures": rows(plan.measures, measure_words),
        "Events": rows(plan.events, lambda _: ""),
        "Services": rows(plan.services, service_words),
        "Drugs": rows(plan.drugs, drug_words),
        "Medications": rows(plan.medications, lambda medication: f"drug {medication.drug}"),
        "Outcomes": rows(plan.outcomes, lambda _: ""),
        "Sources": rows(plan.sources, lambda source: source.url or ""),
    }
    return {kind: found for kind, found in groups.items() if found}


def library_text(plan: Plan, width: int = 100, plain: bool = False) -> str:
    """What a library declares, as tables or (`plain`) as one sentence each."""
    groups = declared(plan)
    if not groups:
        return f"{plan.label} declares nothing.\n"
    lines = [f"{plan.label} is a library: it declares {_summary(groups)}."]
    for kind, rows in groups.items():
        lines += ["", kind, ""]
        if plain:
            lines += [": ".join(part for part in (r.name, r.title, r.about) if part) + "." for r in rows]
        else:
            lines += table(["Name", "Title", "What it is"], rows, width)
    return "\n".join(lines) + "\n"


def domain_words(domain: Domain) -> str:
    """The values of a fact or a measure: `0 to 27`, `one of day, evening`, `yes or no`."""
    if domain.kind == "yes-no":
        return "yes or no"
    if domain.kind == "choice":
        return f"one of {', '.join(domain.values)}"
    ends = [domain.low, domain.high]
    words = " to ".join(number_words(end) for end in ends if end is not None)
    return f"{words} {domain.unit}" if domain.unit else words


def measure_words(measure: Measure) -> str:
    """A measure's values, which way is better, and its bands."""
    parts = [domain_words(measure.domain)]
    if measure.better:
        parts.append(f"{measure.better} is better")
    bands = [f"{b.name} {range_words(b.low, b.high)}" for b in measure.bands]
    return ", ".join(parts) + (f"; {', '.join(bands)}" if bands else "")


def service_words(service: Service) -> str:
    """A service's kind, formats, length and curriculum."""
    parts: list[str] = [service.kind, *(f.kind for f in service.formats)]
    if service.minutes:
        parts.append(minutes_words(service.minutes))
    if service.topics:
        parts.append(counted(len(service.topics), "topic"))
    return ", ".join(parts)


def drug_words(drug: Drug) -> str:
    """A drug's class and how it is given."""
    return ", ".join([drug.drug_class, *(drug.forms or drug.routes)])


def _summary(groups: dict[str, list[Declared]]) -> str:
    return listed(counted(len(rows), kind.lower().removesuffix("s")) for kind, rows in groups.items())
