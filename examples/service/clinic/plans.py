"""The plans that the clinic works by: every sound plan in a folder."""

from __future__ import annotations

from pathlib import Path

import careplan
from careplan import Plan


def plans_in(folder: Path) -> tuple[dict[str, Plan], list[str]]:
    """The plans of a folder by name, and a line for each file that is left out. Libraries are no plans."""
    plans: dict[str, Plan] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.careplan")):
        try:
            plan = careplan.load(path)
        except careplan.PlanError as error:
            faults = [d for d in error.diagnostics if d.severity is careplan.Severity.ERROR]
            if any(fault.name != "no-plan" for fault in faults):
                problems.append(f"{path.name}: {faults[0].message}")
            continue
        if plan.name in plans:
            problems.append(f"{path.name}: there is another plan named {plan.name}")
        elif plan.status == "retired":
            problems.append(f"{path.name}: the plan is retired")
        else:
            plans[plan.name] = plan
    return plans, problems
