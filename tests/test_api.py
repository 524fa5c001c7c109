"""What `import careplan` gives: load, loads, check, JSON in and out, and the schema."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

import careplan
from careplan.diagnostics import Severity
from careplan.plan.model import Plan

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))

SMALL = """\
plan small "A small plan"
  start in iop

therapy individual
  length 50 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 to 16 weeks
  individual 2 per week
  at end discharge as completed

outcome completed
  planned
"""


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_loads_and_survives_json(path: Path) -> None:
    plan = careplan.load(path)
    text = plan.model_dump_json()
    again = Plan.model_validate_json(text)
    assert again == plan
    assert again.model_dump_json() == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_builder_makes_what_validation_would_make(path: Path) -> None:
    """The builder leaves validation out; here pydantic looks at every value that it made."""
    plan = careplan.load(path)
    assert Plan.model_validate(plan.model_dump(), strict=True) == plan


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_element_knows_its_place(path: Path) -> None:
    plan = careplan.load(path)
    text = path.read_text("utf-8")
    for phase in plan.phases:
        assert text[phase.span.start : phase.span.end].startswith(f"phase {phase.name}")
        for line in phase.services:
            written = text[line.span.start : line.span.end]
            assert written.startswith(line.service)
            assert text.splitlines()[line.span.line - 1][line.span.column - 1 :].startswith(line.service)


def test_a_plan_is_frozen() -> None:
    plan = careplan.loads(SMALL)
    with pytest.raises(ValidationError):
        plan.name = "other"


def test_units_are_resolved() -> None:
    phase = careplan.loads(SMALL).phase("iop")
    assert phase.lasts is not None
    assert (phase.lasts.low, phase.lasts.high) == (56, 112)
    assert careplan.loads(SMALL).service("individual").minutes == 50


def test_loads_raises_one_error_with_every_finding() -> None:
    with pytest.raises(careplan.PlanError) as caught:
        careplan.loads(SMALL.replace("50 min", "50").replace("8 to 16 weeks", "8 to 16 months"))
    names = [d.name for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    assert names == ["incomplete-line", "ambiguous-unit"]
    assert "incomplete-line" in str(caught.value)


def test_a_library_is_no_plan_but_can_be_checked() -> None:
    text = "therapy individual\n  length 50 min\n"
    assert careplan.check(text) == []
    with pytest.raises(careplan.PlanError, match="no-plan"):
        careplan.loads(text)


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "#", '"', "plan", "phase", "\x00", "plan x\n" * 3, "((((" * 5000, "\ud800", "and and and"],
    ids=repr,
)
def test_check_never_raises(text: str) -> None:
    assert isinstance(careplan.check(text), list)


def test_json_of_another_version_is_refused() -> None:
    data = json.loads(careplan.loads(SMALL).model_dump_json())
    data["format_version"] = 2
    with pytest.raises(ValidationError):
        Plan.model_validate(data)


def test_import_is_light() -> None:
    """Neither Lark nor pydantic is imported before it is needed."""
    code = "import sys, careplan; print([m for m in ('lark', 'pydantic', 'graphviz') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_reading_builds_no_validator() -> None:
    """Pydantic's validators cost more to build than a plan does to read: only JSON needs them."""
    code = (
        "import careplan; from careplan.plan.model import Element;"
        "careplan.load('examples/oud-step-down.careplan');"
        "print([c.__name__ for c in Element.__subclasses__() if c.__pydantic_complete__])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"


LAYERS = (
    "source",
    "diagnostics",
    "language",
    "vocabulary",
    "plan",
    "rules",
    "stay",
    "render",
    "export",
    "importing",
    "report",
)


def test_imports_run_one_way() -> None:
    """A module imports only from its own layer and the layers before it; `commands` stands last."""
    order = {name: rank for rank, name in enumerate(LAYERS)}
    wrong = []
    for path in sorted((ROOT / "careplan").rglob("*.py")):
        parts = path.relative_to(ROOT / "careplan").with_suffix("").parts
        layer = order.get(parts[0])
        if layer is None:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("careplan."):
                target = (node.module or "").split(".")[1]
                if target == "commands" or order.get(target, 0) > layer:
                    wrong.append(f"{'/'.join(parts)} imports careplan.{target}")
    assert wrong == []
