"""What each verb does for its user, besides `check` with its options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for

import careplan
from careplan.commands.new import plan_name, templates
from tests.conftest import Run
from tests.starter_plans import LINE, PLAN


def test_new_writes_a_plan_that_checks_clean_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    done = run("new", "My Plan")
    assert done.code == 0
    assert "next: careplan check" in done.err
    assert careplan.load(tmp_path / "My Plan.careplan").name == "my-plan"
    assert run("check", "My Plan.careplan").code == 0
    again = run("new", "My Plan.careplan")
    assert (again.code, again.err.count("\n")) == (2, 1)
    assert "is there already" in again.err


@pytest.mark.parametrize("name", templates())
def test_every_plan_to_start_from(run: Run, tmp_path: Path, name: str) -> None:
    assert run("new", "x", "--from", name).code == 0
    assert careplan.load(tmp_path / "x.careplan").name == "x"
    assert name in run("new", "--list").out.split()


def test_plan_names() -> None:
    names = {"My Plan": "my-plan", "3 weeks": "plan-3-weeks", "日本": "plan", "IOP_v2": "iop-v2"}
    assert {stem: plan_name(Path(f"{stem}.careplan")) for stem in names} == names


UNTIDY = PLAN.replace("  lasts", " lasts").replace("\n\nphase", "\nphase")


def test_fmt(run: Run, plan: Path) -> None:
    plan.write_text(UNTIDY, "utf-8")
    for option in ("--check", "--diff"):
        done = run("fmt", option, plan)
        assert done.code == 1
        assert plan.read_text("utf-8") == UNTIDY
    assert "+  lasts 8 to 12 weeks" in done.out
    assert run("fmt", plan).code == 0
    tidy = plan.read_text("utf-8")
    assert tidy == careplan.format_text(UNTIDY)
    assert careplan.loads(tidy) == careplan.loads(tidy)
    assert run("fmt", "--check", plan).code == 0
    assert run("fmt", "-", stdin=UNTIDY.encode()).out == tidy


def test_fmt_leaves_a_plan_that_it_cannot_read_alone(run: Run, bad: Path, plan: Path) -> None:
    plan.write_text(UNTIDY, "utf-8")
    unreadable = UNTIDY.replace("lasts 8 to 12 weeks", "lasts 8 to weeks")
    bad.write_text(unreadable, "utf-8")
    done = run("fmt", bad.parent)
    assert done.code == 1
    assert bad.read_text("utf-8") == unreadable
    assert plan.read_text("utf-8") != UNTIDY
    assert "lasts 8 to weeks" in done.err
    assert "of 2 files: 1 changed, 1 left alone because of mistakes" in done.err


def test_export_json_is_the_plan_and_what_the_schema_says(run: Run, plan: Path) -> None:
    from careplan.plan.model import Plan

    exported = run("export", "json", plan).out
    assert Plan.model_validate_json(exported) == careplan.load(plan)
    schema = json.loads(run("schema", "plan").out)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(exported))
    validator_for(schema).validate(json.loads(exported))
    wrong = {**json.loads(exported), "phases": 3}
    assert not Draft202012Validator(schema).is_valid(wrong)
    assert not validator_for(schema).is_valid(wrong)


def test_schema_of_the_report(run: Run, bad: Path) -> None:
    schema = json.loads(run("schema", "report").out)
    report = json.loads(run("check", bad, "--format", "json").out)
    Draft202012Validator(schema).validate(report)
    validator_for(schema).validate(report)


@pytest.mark.parametrize("verb", ["show", "render", "export json"])
def test_a_plan_with_mistakes_is_not_shown(run: Run, bad: Path, verb: str) -> None:
    done = run(*verb.split(), bad)
    assert done.code == 1
    assert done.out == ""
    assert f"Error on line {LINE}" in done.err


@pytest.mark.parametrize("verb", ["render", "export json"])
def test_a_library_is_no_plan(run: Run, tmp_path: Path, verb: str) -> None:
    (tmp_path / "lib.careplan").write_text('measure cows "COWS" 0 to 48, lower is better\n')
    done = run(*verb.split(), "lib.careplan")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "it is a library" in done.err


def test_show(run: Run, plan: Path) -> None:
    assert "9.8 h" in run("show", plan).out
    assert json.loads(run("show", plan, "--format", "json").out)["phases"]
    assert "phq-9" in run("show", "library/measures").out
    assert run("show", "library/nothing").code == 2
    assert "9.8 h" in run("show", "-", "--format", "full", stdin=PLAN.encode()).out


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        ("-o x.svg", b"<svg"),
        ("-o x.txt", None),
        ("--timeline -o x.html", b"<!DOCTYPE html>"),
        ("-o x.html", b"<!DOCTYPE html>"),
        ("--graph -o x.dot", b"digraph"),
        ("-o x.mmd", None),
        ("--week iop:3 -o x.svg", b"<svg"),
        ("--week iop:3 --format png -o x", b"\x89PNG"),
        ("-o x.pdf", b"%PDF"),
    ],
)
def test_pictures(run: Run, plan: Path, arguments: str, starts: bytes | None) -> None:
    done = run("render", plan, *arguments.split())
    assert (done.code, done.err.count("\n")) == (0, 1)
    name = done.err.removeprefix("wrote ").strip()
    content = (plan.parent / name).read_bytes()
    assert (
        content.lstrip()
        .removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>')
        .lstrip()
        .startswith(starts or b"")
    )
    assert len(content) > 200


def test_pictures_on_the_standard_output(run: Run, plan: Path) -> None:
    assert "Intensive outpatient" in run("render", plan).out
    assert "Group therapy" in run("render", plan, "--week", "iop:3").out
    assert run("render", plan, "--format", "png", "-o", "-").data.startswith(b"\x89PNG")
    assert run("render", "-", "--format", "svg", "-o", "-", stdin=PLAN.encode()).out.count("<svg") >= 1


@pytest.mark.parametrize("target", ["plan.careplan", "other.careplan", "link.svg"])
def test_a_picture_never_replaces_a_plan(run: Run, plan: Path, target: str) -> None:
    if target == "link.svg":
        (plan.parent / target).symlink_to(plan)
    done = run("render", plan, "--format", "svg", "-o", target)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "would be overwritten" in done.err
    assert plan.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["track"], "needs a name and a value"),
        (["trak=evening"], "the plan has no fact `trak`; it has: track, age"),
        (["track=night"], "`track` is one of day, evening, not `night`"),
        (["age=old"], "`age` is a number"),
        (["age=17"], "`age` is 18 to 99, not 17"),
    ],
)
def test_facts_are_held_against_the_plan(run: Run, plan: Path, facts: list[str], said: str) -> None:
    more = "fact track one of day, evening\nfact age 18 to 99 years\nphase iop"
    lines = "individual weekly if track is day\n  individual 2 per week if track is evening and age < 30"
    plan.write_text(PLAN.replace("phase iop", more).replace("individual weekly", lines), "utf-8")
    done = run("render", plan, *[part for fact in facts for part in ("--fact", fact)])
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert run("render", plan, "--fact", "track=day", "--fact", "age=20").code == 0


def test_a_week_that_is_not_there(run: Run, plan: Path) -> None:
    for week in ("iop:99", "nothing:1"):
        done = run("render", plan, "--week", week)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_explain(run: Run) -> None:
    page = run("explain", "missing-on-return").out
    assert page.startswith("missing-on-return\n\nseverity: error\n")
    assert "A plan with this fault:\n\n    plan" in page
    assert "```" not in page
    assert "lasts 8 to 16 weeks" in run("explain", "lasts").out
    assert "step down to aftercare" in run("explain", "step", "down", "to").out
    listed = run("explain", "--list").out
    assert "missing-on-return" in listed
    assert "\nlasts " in listed


@pytest.mark.parametrize("format_", ["dot", "mermaid"])
def test_export_graph(run: Run, plan: Path, format_: str) -> None:
    done = run("export", format_, plan)
    assert done.code == 0
    assert "iop" in done.out
