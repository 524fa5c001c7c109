"""The timeline: phases along their weeks, what happens in each, and the ways out, as one SVG picture."""

from __future__ import annotations

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.render.timeline.page import timeline_html
from careplan.render.timeline.sheet import Timeline, timeline


def timeline_svg(plan: Plan, facts: Facts | None = None) -> str:
    """The timeline of a plan as SVG text, for everybody or for the facts given."""
    return timeline(plan, facts).svg


__all__ = ["Timeline", "timeline", "timeline_html", "timeline_svg"]
