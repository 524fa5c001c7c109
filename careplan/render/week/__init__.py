"""The weekly grid that a person puts on the fridge."""

from __future__ import annotations

from careplan.plan.facts import Facts
from careplan.plan.model import Plan
from careplan.render.week.sheet import WeekProblem

__all__ = ["WeekProblem", "week_svg", "week_text"]


def week_svg(plan: Plan, phase_name: str, week: int, facts: Facts | None = None) -> str:
    """The phase's week `week` (from 1) as SVG, A4 landscape; WeekProblem if there is no such week or fact."""
    from careplan.render.week.content import week_sheet
    from careplan.render.week.drawing import sheet_svg

    return sheet_svg(week_sheet(plan, phase_name, week, facts))


def week_text(plan: Plan, phase_name: str, week: int, facts: Facts | None = None, width: int = 100) -> str:
    """The same for the terminal, in lines of at most `width` characters; WeekProblem as for `week_svg`."""
    from careplan.render.week.content import week_sheet
    from careplan.render.week.text import sheet_text

    return sheet_text(week_sheet(plan, phase_name, week, facts), width)
