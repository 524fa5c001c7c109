"""What several sections of the document share."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Named, Plan, Scenario
from careplan.render.document.html import Child, Html, join, link, tag
from careplan.render.plain.conditions import title_of


def section(anchor: str, title: str, *children: Child) -> Html:
    """A section with its heading, or nothing if it has no content."""
    content = join(children)
    if not content:
        return Html("")
    return tag(
        "section",
        tag("h2", title, id=f"{anchor}-title"),
        content,
        id=anchor,
        aria_labelledby=f"{anchor}-title",
    )


def notes_of(plan: Plan, element: Named | Scenario) -> Iterator[Html]:
    """The notes of an element, and where its facts come from."""
    for note in element.notes:
        yield tag("p", note, class_="note")
    places = []
    for cite in element.cites:
        where = f", {cite.where}" if cite.where else ""
        places.append(join([link(f"#source-{cite.source}", title_of(plan, cite.source)), where]))
    if places:
        yield tag("p", "Source: ", _with_between(places), class_="cite")


def codes_of(element: Named) -> str:
    """`LOINC 44261-6`, for those who look things up."""
    return "; ".join(f"{code.system.upper()} {code.value}" for code in element.codes)


def _with_between(places: list[Html]) -> Iterator[Child]:
    for number, place in enumerate(places):
        yield "; " if number else ""
        yield place
