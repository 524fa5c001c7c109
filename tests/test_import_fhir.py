"""Plans from FHIR: ours come back whole, others as far as the language goes; nothing is lost in silence."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fhir_checks import faults
from hypothesis import given, settings
from hypothesis import strategies as st
from test_words import PLANS, bare

import careplan
from careplan.commands.main import main
from careplan.export.fhir.definitions import definitions_bundle
from careplan.importing.fhir import from_fhir
from careplan.importing.fhir.medicines import course, drug_of
from careplan.importing.fhir.seen import Seen
from careplan.importing.imported import ImportProblem
from careplan.language.format import format_text
from careplan.reading import read_file, read_text

FOREIGN = Path(__file__).with_name("fhir") / "foreign"
EXAMPLE = Path(__file__).parents[1] / "examples/oud-step-down.careplan"
BUNDLE = definitions_bundle(careplan.load(EXAMPLE))
APART = {"file", "uses", "drugs"}
"""What of a plan is its file's, or not part of what FHIR carries."""


def said(text: str) -> dict[str, Any]:
    reading = read_text(text)
    assert reading.plan is not None, [d for d in reading.diagnostics if d.severity.word == "error"]
    return {k: v for k, v in bare(reading.plan).items() if k not in APART}


# ---------------------------------------------------------------------------------------------- ours


STORIES = sorted((Path(__file__).parent / "corpus/scenarios").glob("*.careplan"))


@pytest.mark.parametrize("path", [*PLANS, *STORIES], ids=lambda path: path.stem)
@pytest.mark.parametrize("base", [None, "https://clinic.example/fhir"])
def test_a_plan_comes_back_as_it_was(path: Path, base: str | None) -> None:
    reading = read_file(path)
    if reading.is_library:
        pytest.skip("a library")
    assert reading.plan is not None
    found = from_fhir(json.dumps(definitions_bundle(reading.plan, base)))
    assert found.left_out == ()
    assert said(format_text(found.text)) == {k: v for k, v in bare(reading.plan).items() if k not in APART}


def plan_definition(bundle: dict[str, Any]) -> dict[str, Any]:
    return next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "PlanDefinition")


def iop(bundle: dict[str, Any]) -> dict[str, Any]:
    return next(action for action in plan_definition(bundle)["action"] if action["id"] == "iop")


CHANGES: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (
        lambda b: iop(b)["action"][0]["timingTiming"]["repeat"].update(frequency=5),
        "`timingTiming` was changed",
    ),
    (lambda b: iop(b)["action"].append({"id": "x", "title": "Yoga"}), "`Yoga`: this action was added"),
    (lambda b: iop(b)["action"].pop(0), "`iop.process-group.1`"),
    (lambda b: iop(b).update(prefix="2"), "`prefix` was added"),
    (lambda b: plan_definition(b).update(publisher="Clinic"), "the plan: `publisher` was added"),
    (
        lambda b: b["entry"].append({"resource": {"resourceType": "Library"}}),
        "resources of other kinds: Library",
    ),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_what_was_changed_elsewhere_is_told(change: Callable[[dict[str, Any]], Any], told: str) -> None:
    bundle = copy.deepcopy(BUNDLE)
    change(bundle)
    assert told in "\n".join(from_fhir(json.dumps(bundle)).left_out)


def test_a_changed_length_or_title_is_brought_over() -> None:
    bundle = copy.deepcopy(BUNDLE)
    iop(bundle)["timingRange"]["high"] = {"value": 20, "code": "wk", "system": "http://unitsofmeasure.org"}
    iop(bundle)["title"] = "Evening programme"
    text = from_fhir(json.dumps(bundle)).text
    assert "lasts 8 to 20 weeks" in text
    assert 'phase iop "Evening programme"' in text


def test_what_a_server_adds_is_no_change() -> None:
    bundle = copy.deepcopy(BUNDLE)
    for entry in bundle["entry"]:
        entry["resource"]["meta"] = {"versionId": "3", "lastUpdated": "2026-01-01T00:00:00Z"}
        entry["resource"]["text"] = {"status": "generated", "div": "<div/>"}
    assert from_fhir(json.dumps(bundle)).left_out == ()


# -------------------------------------------------------------------------------------------- others


@pytest.mark.parametrize("path", sorted(FOREIGN.glob("*.json")), ids=lambda path: path.stem)
def test_a_foreign_plan_is_checked_and_formatted(path: Path) -> None:
    found = from_fhir(path.read_text("utf-8"))
    text = format_text(found.text)
    said(text)
    assert format_text(text) == text
    assert found.left_out
    assert all("\n" not in line and len(line) < 400 for line in found.left_out)


def foreign(name: str) -> tuple[str, str]:
    found = from_fhir((FOREIGN / f"{name}.json").read_text("utf-8"))
    return format_text(found.text), "\n".join(found.left_out)


def test_phases_activities_and_timing() -> None:
    text, told = foreign("outpatient-detox")
    assert text.index("phase withdrawal-at-home") < text.index("phase counselling")  # as their actions relate
    for line in (
        "group-counselling 2 per week on tue and thu at 18:00",
        "assess phq-9 every 4 weeks",
        "nurse-s-visit          daily in days 1 to 5",
        "family-meeting 3 sessions",
        "lasts 8 to 12 weeks",
        "dose 50 mg daily",
        "drug naltrexone-oral",
        '# FHIR condition (applicability): text/cql; "CIWA below 10"',
    ):
        assert line in text
    for words in (
        "Unknown tablet",
        "every 1 months",
        "`library`",
        "action.trigger",
        "Library",
        "is not in the file",
    ):
        assert words in told
    assert "hours not counted" in text


def test_nothing_is_made_up_where_fhir_says_no_length() -> None:
    text, told = foreign("in-a-circle")
    assert "move to continuing-care when phase-is-complete" in text
    assert "3 months: they differ in length" in told
    assert "circle" in told
    assert "in weeks 5 to 8" in text


def test_names_are_never_words_of_the_language_and_texts_hold_no_quotes() -> None:
    text, _ = foreign("in-a-circle")
    assert "phase days-phase" in text
    text, _ = foreign("order-set")
    assert "\"Review, weekly visits & 'more'\"" in text


def dose(**more: Any) -> Seen:
    plain: dict[str, Any] = {
        "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": 50, "unit": "mg"}}],
    }
    return Seen({**plain, **more})


def test_a_dose_that_says_more_than_the_language_is_not_brought_over() -> None:
    assert course([dose(text="50 mg daily")]) == ["dose 50 mg daily"]
    for more in (
        {"asNeededBoolean": True},
        {"maxDosePerPeriod": {"numerator": {"value": 1}}},
        {"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]},
        {"timing": {"repeat": {"frequency": 1, "period": 6, "periodUnit": "h"}}},
        {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["MORN"]}}},
        {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "count": 3}}},
    ):
        assert course([dose(**more)]) == []
        assert course([dose(), dose(**more)]) == []


@pytest.mark.parametrize(
    "product",
    [
        {"text": "buprenorphine/naltrexone"},
        {"text": "naltrexon"},
        {"text": "Naltrexone or naloxone"},
        {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "352364"}]},
        {
            "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "1483744"}],
            "text": "disulfiram",
        },
    ],
)
def test_a_drug_is_never_guessed(product: dict[str, Any]) -> None:
    assert drug_of(Seen(product)) is None


# -------------------------------------------------------------------------------- whatever it is given


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("", "this is no JSON"),
        ("[" * 100_000, "this is no JSON"),
        ("[]", "this is no FHIR resource"),
        ('{"resourceType": "Patient"}', "this is a Patient; a PlanDefinition is wanted"),
        ('{"resourceType": "Bundle"}', "holds no PlanDefinitions"),
        ('{"resourceType": "PlanDefinition"}', "has no actions"),
        (
            '{"resourceType": "PlanDefinition", "action": [{"timingTiming": {"repeat": {"timeOfDay": 5}}}]}',
            "is not built as FHIR R4 says",
        ),
    ],
)
def test_what_is_no_plan_is_told_in_a_line(document: str, told: str) -> None:
    with pytest.raises(ImportProblem) as problem:
        from_fhir(document)
    assert told in str(problem.value)


KEYS = (
    "action title timingTiming repeat period periodUnit frequency code coding condition expression value "
    "timingDuration goal description text definitionCanonical relatedAction participant role"
).split()
FUZZ = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(("id", "title", "action", "timingTiming", "condition")), FUZZ))
)
def test_anything_gives_a_text_or_a_plain_problem(actions: list[dict[str, Any]]) -> None:
    document = {"resourceType": "PlanDefinition", "title": "A plan", "action": actions}
    try:
        found = from_fhir(json.dumps(document))
    except ImportProblem:
        return
    read_text(found.text)  # whatever it says, it is read and reported like any other text


# --------------------------------------------------------------------------------------- the command


def test_the_command_never_overwrites_without_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "plan.json", tmp_path / "plan.careplan"
    source.write_text(json.dumps(BUNDLE), "utf-8")
    assert main(["import", str(source), "--from", "fhir", "-o", str(target)]) == 0
    assert said(target.read_text("utf-8"))["name"] == "oud-step-down"
    target.write_text("mine", "utf-8")
    assert main(["import", str(source), "--from", "fhir", "-o", str(target)]) == 2
    assert target.read_text("utf-8") == "mine"
    assert "--force writes over it" in capsys.readouterr().err
    assert main(["import", str(source), "--from", "fhir", "-o", str(target), "--force"]) == 0
    assert target.read_text("utf-8") != "mine"


def test_the_command_tells_what_it_left_out_and_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(FOREIGN / "outpatient-detox.json"), "--from", "fhir"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith('use "library/measures"')
    assert all(line.startswith("not carried: ") for line in captured.err.splitlines())
    bundle = copy.deepcopy(BUNDLE)
    iop(bundle)["action"][0]["textEquivalent"] = "process-group 3 per wek"
    (tmp_path / "bad.json").write_text(json.dumps(bundle), "utf-8")
    assert main(["import", str(tmp_path / "bad.json"), "--from", "fhir"]) == 1
    assert "wek" in capsys.readouterr().err


def test_no_plan_at_all_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    assert main(["import", str(tmp_path / "x.json"), "--from", "fhir"]) == 2
    said_ = capsys.readouterr()
    assert "no FHIR resource" in said_.err
    assert "itself failed" not in said_.err


def test_the_foreign_samples_are_valid_fhir() -> None:
    for path in FOREIGN.glob("*.json"):
        document = json.loads(path.read_text("utf-8"))
        known = [e for e in document.get("entry", []) if e["resource"]["resourceType"] != "Library"]
        assert faults({**document, "entry": known} if known else document) == [], path.name
