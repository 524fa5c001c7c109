"""The timeline on a page of its own, for a browser or a printer."""

from __future__ import annotations

from html import escape

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.render.timeline.sheet import timeline

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0; background: #fff; }}
main {{ max-width: {width:.0f}px; margin: 0 auto; overflow-x: auto; }}
svg {{ display: block; min-width: 900px; width: 100%; height: auto; }}
@page {{ size: A4 {across}; margin: 8mm; }}
@media print {{ main {{ overflow: visible; }} svg {{ min-width: 0; max-height: {high}mm; }} }}
</style>
</head>
<body>
<main>
{svg}</main>
</body>
</html>
"""


def timeline_html(plan: Plan, facts: Facts | None = None) -> str:
    """A self-contained HTML page with just the timeline."""
    drawn = timeline(plan, facts)
    across = drawn.width > 1.2 * drawn.height
    return PAGE.format(
        title=escape(f"{plan.label}: timeline"),
        width=drawn.width,
        across="landscape" if across else "portrait",
        high=192 if across else 279,
        svg=drawn.svg,
    )
