"""The head of the document: what the plan is, whom it is for, and all of it at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Fact, Plan
from careplan.plan.weeks import phase_hours
from careplan.plan.words import listed, range_words
from careplan.render.document.html import Child, Html, bullets, join, link, paragraphs, tag
from careplan.render.document.parts import notes_of, section
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.words import capital, plain_hours, plain_lasts, sentence, small_number


def head(plan: Plan) -> Html:
    """The title, and which version of the plan this is."""
    return tag(
        "header",
        tag("p", "Treatment plan", class_="kind"),
        tag("h1", plan.label),
        bullets(_edition(plan), class_="edition"),
        *notes_of(plan, plan),
    )


def _edition(plan: Plan) -> Iterator[str]:
    if plan.version:
        yield f"Version {plan.version}"
    if plan.status:
        yield {"draft": "Draft, not yet in use", "active": "In use", "retired": "No longer in use"}[
            plan.status
        ]
    if plan.effective_from:
        to = f" to {plan.effective_to}" if plan.effective_to else ""
        yield f"{'' if to else 'From '}{plan.effective_from}{to}"
    if plan.authors:
        yield f"Written by {listed(plan.authors)}"
    for approval in plan.approvals:
        yield f"Approved by {listed(approval.by)} on {approval.on}"


def glance(plan: Plan, timeline: Html) -> Html:
    """The phases in the plan's order, each with its length and hours, and the timeline."""
    count = len(plan.phases)
    noun = "phase" if count == 1 else "phases"
    lead = f"This plan has {small_number(count)} {noun}." if count else ""
    return section(
        "glance",
        "At a glance",
        tag("p", lead, class_="lead") if lead else None,
        bullets((_step(plan, number) for number in range(count)), ordered=True, class_="steps"),
        timeline,
    )


def _step(plan: Plan, number: int) -> Html:
    phase = plan.phases[number]
    hours = capital(hours_a_week(plan, number))
    return join([
        tag("strong", link(f"#phase-{phase.name}", phase.label)),
        tag("span", capital(plain_lasts(phase.lasts))) if phase.lasts else None,
        tag("span", hours) if hours else None,
    ])  # fmt: skip


COMPOUNDS = ("-based", "-informed", "-focused", "-centred", "-centered", "-specific", "-affirming")


def hours_a_week(plan: Plan, number: int) -> str:
    """The treatment hours per week of the phase of that number, over all its weeks and facts."""
    spans = phase_hours(plan, plan.phases[number])
    if not spans or not max(span.high for span in spans):
        return ""
    return f"{plain_hours(min(s.low for s in spans), max(s.high for s in spans))} of treatment a week"


def for_whom(plan: Plan) -> Html:
    """Who may enter, what is asked at admission, and where treatment starts."""
    return section(
        "for-whom",
        "Who this plan is for",
        paragraphs(_about(plan)),
        tag("h3", "What is asked at admission") if plan.facts else None,
        bullets(fact_words(fact) for fact in plan.facts),
    )


def _about(plan: Plan) -> Iterator[Child]:
    about = (
        ("It is for", (*plan.population,)),
        ("It treats problems with", plan.substances),
        ("It builds on", plan.approaches),
        ("It is offered in", plan.settings),
    )
    for lead, words in about:
        if words:
            yield sentence(f"{lead} {listed(map(_as_read, words))}")
    if plan.admit is not None:
        yield sentence(f"A person can enter when {plain_condition(plan, plan.admit)}")
    for at, door in enumerate(plan.starts):
        lead = "Otherwise treatment" if at and door.condition is None else "Treatment"
        where = f"{lead} starts in {title_of(plan, door.phase)}"
        yield sentence(where + (f" if {plain_condition(plan, door.condition)}" if door.condition else ""))


def _as_read(word: str) -> str:
    """A name without its hyphens; a text in quotes, and a word such as `evidence-based`, as it is."""
    is_name = word.islower() and " " not in word and not word.endswith(COMPOUNDS)
    return word.replace("-", " ") if is_name and not word[0].isdigit() else word


def fact_words(fact: Fact) -> str:
    """A fact and its possible answers: `Schedule track: day or evening`."""
    domain = fact.domain
    if domain.kind == "number":
        unit = f" {domain.unit}" if domain.unit else ""
        return f"{capital(fact.label)}: {range_words(domain.low or 0, domain.high or 0)}{unit}"
    values = listed((v.replace("-", " ") for v in domain.values or ("yes", "no")), last="or")
    return f"{capital(fact.label)}: {values}"
