"""The timeline on a page of its own, for a browser or a printer."""

from __future__ import annotations

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.render.page import picture_page
from careplan.render.timeline.sheet import timeline


def timeline_html(plan: Plan, facts: Facts | None = None) -> str:
    """A self-contained HTML page with just the timeline."""
    return picture_page(timeline(plan, facts).svg, f"{plan.label}: timeline")
