"""Plans of a given size, and the same plan in other tools' formats."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy
from typing import Any

import careplan
from careplan.plan.model import DoseStep, Phase, Plan
from careplan.plan.words import condition_words, dose_words
from careplan.stay import scenario

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "oud-step-down.careplan"


def phase_text(number: int, last: bool) -> str:
    """One phase of 14 lines."""
    onward = "discharge as completed" if last else f"step down to phase-{number + 1}"
    leave = (
        "" if last else f"  step down to phase-{number + 1} when uds is negative for 4 weeks and phq-9 < 10\n"
    )
    return f"""\
phase phase-{number} "Phase {number}"
  lasts 8 to 16 weeks
  review every 2 weeks
  process-group 3 per week on mon, wed, fri at 18:00 if track is evening
  process-group 3 per week on mon, wed, fri at 09:30 if track is day
  individual weekly
  family once in weeks 2, 6 and 10
  skills 2 per week in weeks 1 to 8
  assess uds 2 per week at random
  assess phq-9 every 2 weeks
{leave.replace("step down", "move")}  at end {onward.replace("step down", "move")}

"""


def plan_text(lines: int) -> str:
    """A sound plan of about `lines` lines."""
    head = """\
plan bench "A plan to measure with"
  version 1.0.0
  status active
  start in phase-1

fact track "Schedule track" one of day, evening

measure uds "Urine drug screen" one of negative, positive
measure phq-9 "Depression (PHQ-9)" 0 to 27, lower is better

therapy individual "Individual counselling"
  format individual
  length 50 min

therapy process-group "Process group"
  format group of 6 to 12
  length 3 hours plus 30 min break

therapy skills "Skills group"
  format group of 5 to 9
  length 90 min

therapy family "Family session"
  format family
  length 60 min

outcome completed "Completed treatment"
  planned

"""
    count = max(1, (lines - head.count("\n")) // 13)
    return head + "".join(phase_text(n, n == count) for n in range(1, count + 1))


def as_fhir(plan: Plan) -> dict[str, Any]:
    """The same plan as a FHIR PlanDefinition: phases, services, assessments, exits, courses and goals."""
    phases = [_fhir_phase(plan, phase) for phase in plan.phases]
    courses = [
        {"id": m.name, "title": m.label, "action": [_fhir_dose(m.name, n, s) for n, s in enumerate(m.steps)]}
        for m in plan.medications
    ]
    return {
        "resourceType": "PlanDefinition",
        "status": "active",
        "title": plan.label,
        "goal": [{"id": g.name, "description": {"text": g.label}} for g in plan.goals],
        "action": [*phases, *courses],
    }


def _fhir_phase(plan: Plan, phase: Phase) -> dict[str, Any]:
    services = [(plan.service(line.service).label, line.frequency, line.if_facts) for line in phase.services]
    tests = [(plan.measure(m).label, a.moments[0], a.if_facts) for a in phase.assessments for m in a.measures]
    inner = []
    for n, (title, often, facts) in enumerate([*services, *tests]):
        repeat = {"frequency": often.low, "period": often.period_days or 7, "periodUnit": "d"}
        action: dict[str, Any] = {
            "id": f"{phase.name}-{n}",
            "title": title,
            "timingTiming": {"repeat": repeat},
        }
        if facts is not None:
            action["condition"] = [_fhir_condition("applicability", condition_words(facts))]
        inner.append(action)
    exits = [
        {
            "id": f"{phase.name}-exit-{n}",
            "title": f"{e.direction} {e.target or ''}".strip(),
            "condition": [_fhir_condition("start", condition_words(e.when))] if e.when is not None else [],
        }
        for n, e in enumerate(plan.exits_of(phase))
    ]
    return {"id": phase.name, "title": phase.label, "action": [*inner, *exits]}


def _fhir_condition(kind: str, words: str) -> dict[str, Any]:
    return {"kind": kind, "expression": {"language": "text/x-careplan", "expression": words}}


def _fhir_dose(name: str, number: int, step: DoseStep) -> dict[str, Any]:
    return {"id": f"{name}-{number}", "title": dose_words(step), "timingTiming": {"repeat": {"frequency": 1}}}


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan in careplan's own JSON."""
    data: dict[str, Any] = json.loads(plan.model_dump_json())
    return data


def example_plan() -> Plan:
    """The example that single-file measurements use."""
    return careplan.load(EXAMPLE)


def example_file(folder: Path) -> Path:
    """A copy of it in the folder, where no settings of a project are near, as beside the peers' files."""
    return Path(copy(EXAMPLE, folder))


def many(folder: Path, number: int) -> None:
    """Write so many plans into a new folder: the example, under other names."""
    folder.mkdir()
    text = EXAMPLE.read_text("utf-8")
    for n in range(number):
        (folder / f"plan-{n:04}.careplan").write_text(
            text.replace("plan oud-step-down", f"plan oud-step-down-{n}"), "utf-8"
        )


STORY = """
scenario "Story {number}"
  given track is evening, co-occurring is no
  on day 1 cows is 14
  from day 2 cows is 3
  from day 1 uds is negative
  from day 1 phq-9 is 12
  from day 1 attend 90%
  in iop weeks 3 to {last} uds is positive
  in second iop week {last} miss individual
  expect phase residential by iop week {last}
  expect because step up to residential
  expect taking bup-nx on day 20
  expect phase iop again
  expect outcome completed by week 60
"""


def with_scenarios(count: int) -> Plan:
    """The example with so many scenarios in place of its own, all different, each about a year long."""
    stories = "".join(STORY.format(number=n, last=4 + n % 5) for n in range(count))
    plan = careplan.loads(EXAMPLE.read_text("utf-8") + stories)
    return plan.model_copy(update={"scenarios": plan.scenarios[len(example_plan().scenarios) :]})


def told(plan: Plan) -> list[scenario.Result]:
    """What comes of the plan's scenarios, run as `careplan test` runs them."""
    programs: scenario.Programs = {}
    results = [scenario.run(plan, each, "1", programs).result for each in plan.scenarios]
    assert all(result.passed for result in results), results[0]
    return results
