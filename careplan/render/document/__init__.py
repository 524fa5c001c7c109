"""The whole plan as one self-contained page in plain English."""

from __future__ import annotations

import re
from importlib.resources import files

from careplan.plan.model import Plan
from careplan.render.document.html import Html, join, link, picture, tag

__all__ = ["document_html"]

TITLE = re.compile(r'<section id="([^"]+)"[^>]*><h2[^>]*>(.*?)</h2>')


def document_html(plan: Plan) -> str:
    """The plan as one HTML page that needs nothing else; everything that people wrote in it is escaped."""
    from careplan.render.document import care, closing, overview, phases, stories
    from careplan.render.document.parts import section

    sections = [
        overview.glance(plan, _timeline(plan)),
        overview.for_whom(plan),
        section("pathway", "The way through treatment", _graph(plan)),
        phases.phases(plan),
        care.medications(plan),
        care.services(plan),
        closing.measures(plan),
        closing.goals(plan),
        closing.outcomes(plan),
        stories.claims(plan),
        stories.scenarios(plan),
        closing.sources(plan),
    ]
    skip = tag("a", "Skip to the plan", href="#plan", class_="skip")
    main = tag("main", *sections, id="plan")
    body = tag("body", skip, overview.head(plan), _contents(sections), main, _foot(plan))
    return f"<!DOCTYPE html>\n{tag('html', _head(plan), body, lang='en')}"


def _head(plan: Plan) -> Html:
    style = files("careplan.render.document").joinpath("style.css").read_text("utf-8")
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", plan.label),
        tag("style", Html(style)),
    )


def _contents(sections: list[Html]) -> Html:
    """The list of the sections that are there, with links."""
    entries = [match for part in sections if (match := TITLE.match(part))]
    items = [tag("li", link(f"#{match[1]}", Html(match[2]))) for match in entries]
    return tag(
        "nav", tag("h2", "Contents", id="contents-title"), tag("ul", *items), aria_labelledby="contents-title"
    )


def _timeline(plan: Plan) -> Html:
    from careplan.render.timeline import timeline_svg

    if not plan.phases:
        return Html("")
    return picture(timeline_svg(plan), "timeline", "The plan week by week", "tall")


def _graph(plan: Plan) -> Html:
    from careplan.render.errors import RenderError
    from careplan.render.graph import graph_svg

    if not plan.phases:
        return Html("")
    lead = tag("p", "The phases, and when you move from one to another.")
    try:
        drawn = graph_svg(plan)
    except RenderError:
        return lead  # no Graphviz is installed; the ways out are told phase by phase as well
    return join([lead, picture(drawn, "graph", "Phases and the ways between them", "graph")])


def _foot(plan: Plan) -> Html:
    version = f", version {plan.version}" if plan.version else ""
    return tag("footer", tag("p", f"Made by careplan from the plan “{plan.name}”{version}."))
