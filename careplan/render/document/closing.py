"""Measures with their bands, goals, outcomes and sources."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Goal, Measure, Outcome, Plan, SourceEntry
from careplan.plan.words import duration_words, listed, range_words
from careplan.render.document.html import Child, Html, bullets, join, link, paragraphs, table, tag
from careplan.render.document.parts import codes_of, notes_of, section
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.words import sentence


def measures(plan: Plan) -> Html:
    """What is measured on the way, and what its values mean."""
    parts = [_measure(plan, measure) for measure in plan.measures]
    return section("measures", "Tests and questionnaires explained", parts, _events(plan))


def _measure(plan: Plan, measure: Measure) -> Html:
    bands = (
        (band.title or band.name.replace("-", " "), range_words(band.low, band.high))
        for band in measure.bands
    )
    return tag(
        "article",
        tag("h3", measure.label),
        paragraphs([" ".join(_measure_words(measure))]),
        table(("What the score means", "Score"), bands, "Bands"),
        tag("p", codes_of(measure), class_="code") if measure.codes else None,
        notes_of(plan, measure),
        id=f"measure-{measure.name}",
    )


def _measure_words(measure: Measure) -> Iterator[str]:
    domain = measure.domain
    if domain.kind == "number":
        unit = f" {domain.unit}" if domain.unit else ""
        yield f"A number from {range_words(domain.low or 0, domain.high or 0)}{unit}."
    else:
        yield sentence(f"the result is {listed((v.replace('-', ' ') for v in domain.values), last='or')}")
    if measure.better is not None:
        yield sentence(f"{measure.better} is better")
    if measure.missing_as is not None:
        yield sentence(f"a test that is missed counts as {measure.missing_as}")


def _events(plan: Plan) -> Html:
    if not plan.events:
        return Html("")
    return join([tag("h3", "Events your team writes down"), bullets(event.label for event in plan.events)])


def goals(plan: Plan) -> Html:
    """What a stay should reach."""
    return section(
        "goals", "Goals", bullets(join([_goal(plan, goal), *notes_of(plan, goal)]) for goal in plan.goals)
    )


def _goal(plan: Plan, goal: Goal) -> Html:
    words = f": {plain_condition(plan, goal.reach)}" if goal.reach is not None else ""
    if goal.by_end_of:
        words += f", by the end of {title_of(plan, goal.by_end_of)}"
    if goal.by_week:
        words += f", by week {goal.by_week} of treatment"
    return join([tag("strong", goal.label), f"{words}."])


def outcomes(plan: Plan) -> Html:
    """The ways the plan ends."""
    return section(
        "outcomes", "How treatment can end", [_outcome(plan, outcome) for outcome in plan.outcomes]
    )


def _outcome(plan: Plan, outcome: Outcome) -> Html:
    kinds = {True: "A planned ending.", False: "An unplanned ending.", None: ""}
    said = [kinds[outcome.planned]]
    for back in outcome.returns:
        after = f" after {duration_words(back.after_days)}" if back.after_days else ""
        said.append(sentence(f"you may return to {title_of(plan, back.phase)}{after}"))
    words = " ".join(filter(None, said))
    return tag(
        "article",
        tag("h3", outcome.label),
        paragraphs([words]),
        notes_of(plan, outcome),
        id=f"outcome-{outcome.name}",
    )


def sources(plan: Plan) -> Html:
    """The references that the plan rests on, each once, however many names it has."""
    by_text: dict[tuple[str, str | None], list[SourceEntry]] = {}
    for entry in plan.sources:
        by_text.setdefault((entry.label, entry.url), []).append(entry)
    entries = [_source(same) for same in by_text.values()]
    follows = f"This plan follows: {listed(plan.follows)}." if plan.follows else ""
    return section("sources", "Sources", paragraphs([follows]), tag("ul", *entries) if entries else None)


def _source(same: list[SourceEntry]) -> Html:
    entry, *others = same
    strength = f" ({listed(s.replace('-', ' ') for s in entry.strength)})" if entry.strength else ""
    address: Child = [" ", link(entry.url, entry.url)] if entry.url else None
    notes = [tag("p", note, class_="note") for note in dict.fromkeys(n for each in same for n in each.notes)]
    anchors = [tag("span", id=f"source-{other.name}") for other in others]
    return tag("li", anchors, entry.label, strength, address, notes, id=f"source-{entry.name}")
