"""What the plan is held against: claims about every path, and scenarios about one."""

from __future__ import annotations

from careplan.plan.model import Claim, Plan, Scenario
from careplan.render.document.html import Html, bullets, paragraphs, tag
from careplan.render.document.parts import notes_of, section
from careplan.render.plain.claims import plain_promise
from careplan.render.plain.scenarios import plain_expectation, plain_patient, plain_said


def claims(plan: Plan) -> Html:
    """What must hold whatever happens."""
    return section("claims", "What must hold on every path", [_claim(plan, claim) for claim in plan.claims])


def _claim(plan: Plan, claim: Claim) -> Html:
    lines = bullets(plain_promise(plan, promise) for promise in claim.claims)
    return tag("article", tag("h3", claim.label), lines, notes_of(plan, claim), id=f"claim-{claim.name}")


def scenarios(plan: Plan) -> Html:
    """Stories of single patients."""
    told = [_scenario(plan, scenario) for scenario in plan.scenarios]
    return section("scenarios", "Stories that this plan is held against", told)


def _scenario(plan: Plan, scenario: Scenario) -> Html:
    return tag(
        "article",
        tag("h3", scenario.title),
        paragraphs([plain_patient(plan, scenario)]),
        bullets(plain_said(plan, said) for said in scenario.says),
        tag("p", "Then this is expected:"),
        bullets(plain_expectation(plan, expected) for expected in scenario.expects),
        notes_of(plan, scenario),
    )
