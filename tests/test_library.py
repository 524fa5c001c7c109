"""The standard library against figures typed from the published sources, independently of the files."""

from __future__ import annotations

import pytest

import careplan
from careplan.plan.build.standard import library_names, library_tree
from careplan.plan.model import DoseRate, Plan
from careplan.reading import Reading, read_text

LIBRARY = ["library/dbt", "library/formulary", "library/matrix", "library/measures"]

# name: range, which way is better, where the bands begin, LOINC code
SCORES: dict[str, tuple[tuple[int, int], str | None, list[int], str | None]] = {
    "phq-9": ((0, 27), "lower", [0, 5, 10, 15, 20], "44261-6"),
    "gad-7": ((0, 21), "lower", [0, 5, 10, 15], "70274-6"),
    "audit": ((0, 40), "lower", [0, 8, 16, 20], "75624-7"),
    "audit-c": ((0, 12), "lower", [], "75626-2"),
    "dast-10": ((0, 10), "lower", [0, 1, 3, 6, 9], "82667-7"),
    "cows": ((0, 48), "lower", [0, 5, 13, 25, 37], None),
    "ciwa-ar": ((0, 67), "lower", [0, 10, 19], None),
    "bam-use": ((0, 12), "lower", [0, 1], None),
    "bam-risk": ((0, 24), "lower", [0, 12], None),
    "bam-protective": ((0, 24), "higher", [0, 13], None),
    "crcl": ((0, 200), "higher", [0, 31, 51], None),
    "qtc": ((300, 700), None, [], None),
}
TESTS = ("uds", "uds-opioids", "uds-other", "breath-alcohol")

# name: class, first dose, usual, maximum (mg, per), interval in days, RxNorm codes
Rate = tuple[float, float, str] | None
DRUGS: dict[str, tuple[str, Rate, Rate, Rate, tuple[int, int | None] | None, set[str]]] = {
    "methadone": ("opioid-full-agonist", None, None, None, None, set()),
    "buprenorphine": (
        "opioid-partial-agonist", (2, 4, "dose"), (16, 24, "day"), None, None, {"351264", "351265"},
    ),
    "buprenorphine-naloxone": (
        "opioid-partial-agonist", (2, 4, "dose"), (16, 24, "day"), None, None,
        {"351266", "351267", "1010600", "1307056", "1010604", "1307061"},
    ),
    "sublocade": (
        "opioid-partial-agonist", (300, 300, "dose"), (100, 300, "dose"), None, (26, None),
        {"1996184", "1996192"},
    ),
    "brixadi-weekly": (
        "opioid-partial-agonist", None, (8, 32, "dose"), (32, 32, "week"), (7 - 2, 7 + 2), set(),
    ),
    "brixadi-monthly": (
        "opioid-partial-agonist", None, (64, 128, "dose"), (128, 128, "dose"), (28 - 7, 28 + 7), set(),
    ),
    "naltrexone-oral": ("opioid-antagonist", (25, 25, "dose"), (50, 50, "day"), None, None, {"1483744"}),
    "naltrexone-xr": (
        "opioid-antagonist", (380, 380, "dose"), (380, 380, "dose"), (380, 380, "dose"), (28, 31), {"637213"},
    ),
    "acamprosate": (
        "alcohol-abstinence-aid", (666, 666, "dose"), (3 * 666, 3 * 666, "day"), (1998, 1998, "day"), None,
        {"835726"},
    ),
    "disulfiram": (
        "alcohol-deterrent", None, (125, 500, "day"), (500, 500, "day"), None, {"197623", "197624"},
    ),
    "naloxone": ("opioid-overdose-reversal", None, None, None, None, set()),
}  # fmt: skip
NO_MAXIMUM = {"methadone", "buprenorphine", "buprenorphine-naloxone"}


def _read(name: str) -> Reading:
    tree = library_tree(name)
    assert tree is not None
    return read_text(tree.source.text, f"{name}.careplan")


@pytest.fixture(scope="module")
def library() -> dict[str, Plan]:
    plans = {name: _read(name).plan for name in LIBRARY}
    assert all(plan is not None for plan in plans.values())
    return {name: plan for name, plan in plans.items() if plan is not None}


def test_the_library_is_these_files() -> None:
    assert library_names() == LIBRARY


@pytest.mark.parametrize("name", LIBRARY)
def test_reads_without_a_finding_and_is_formatted(name: str) -> None:
    reading = _read(name)
    assert reading.diagnostics == ()
    assert reading.is_library
    text = next(iter(reading.sources.values())).text
    assert text.startswith("# ")
    assert "rests on" in text
    assert careplan.format_text(text) == text


@pytest.mark.parametrize("name", LIBRARY)
def test_everything_declared_cites_a_source_with_an_address(name: str, library: dict[str, Plan]) -> None:
    plan = library[name]
    for element in (*plan.measures, *plan.drugs, *plan.services):
        assert element.cites, element.name
    cited = {cite.source for e in (*plan.measures, *plan.drugs, *plan.services) for cite in e.cites}
    assert {source.name for source in plan.sources} == cited
    for source in plan.sources:
        assert source.url
        assert source.url.startswith("http")


def test_all_files_can_be_used_together() -> None:
    uses = "\n".join(f'use "{name}"' for name in LIBRARY)
    assert careplan.check(uses) == []


def test_the_measures_are_these(library: dict[str, Plan]) -> None:
    names = {measure.name for measure in library["library/measures"].measures}
    assert names == {*SCORES, *TESTS, "lft"}


@pytest.mark.parametrize("name", SCORES)
def test_range_direction_bands_and_code_of_a_score(name: str, library: dict[str, Plan]) -> None:
    measure = library["library/measures"].measure(name)
    (low, high), better, begins, code = SCORES[name]
    assert (measure.domain.kind, measure.domain.low, measure.domain.high) == ("number", low, high)
    assert measure.better == better
    assert [band.low for band in measure.bands] == begins
    ends = [*(b - 1 for b in begins[1:]), high] if begins else []
    assert [band.high for band in measure.bands] == ends  # whole numbers: no gap, no overlap
    assert [c.value for c in measure.codes if c.system == "loinc"] == ([code] if code else [])
    assert len({band.name for band in measure.bands}) == len(measure.bands)


def test_bam_has_no_total(library: dict[str, Plan]) -> None:
    names = [m.name for m in library["library/measures"].measures if m.name.startswith("bam")]
    assert names == ["bam-use", "bam-risk", "bam-protective"]


@pytest.mark.parametrize("name", TESTS)
def test_a_missed_test_counts_as_positive(name: str, library: dict[str, Plan]) -> None:
    measure = library["library/measures"].measure(name)
    assert measure.domain.values == ("negative", "positive")
    assert measure.missing_as == "positive"


def test_the_drugs_are_these(library: dict[str, Plan]) -> None:
    assert {drug.name for drug in library["library/formulary"].drugs} == set(DRUGS)


def _rate(rate: DoseRate | None) -> Rate:
    return None if rate is None else (rate.low, rate.high, rate.per)


@pytest.mark.parametrize("name", DRUGS)
def test_figures_of_a_drug(name: str, library: dict[str, Plan]) -> None:
    drug = library["library/formulary"].drug(name)
    drug_class, first, usual, maximum, interval, codes = DRUGS[name]
    assert drug.drug_class == drug_class
    assert _rate(drug.first_dose) == first
    assert _rate(drug.usual) == usual
    assert _rate(drug.maximum) == maximum
    assert drug.no_maximum == (name in NO_MAXIMUM)
    assert (None if drug.interval is None else (drug.interval.low, drug.interval.high)) == interval
    assert {code.value for code in drug.codes if code.system == "rxnorm"} == codes
    assert all(rate is None or rate.unit == "mg" for rate in (drug.first_dose, drug.usual, drug.maximum))


def test_naloxone_is_not_naltrexone(library: dict[str, Plan]) -> None:
    formulary = library["library/formulary"]
    naltrexone = {d.name for d in formulary.drugs if "naltrexone" in d.ingredients}
    naloxone = {d.name for d in formulary.drugs if "naloxone" in d.ingredients}
    assert naltrexone == {"naltrexone-oral", "naltrexone-xr"}
    assert naloxone == {"naloxone", "buprenorphine-naloxone"}
    assert {d.name for d in formulary.drugs if d.drug_class == "opioid-antagonist"} == naltrexone


def test_no_drug_has_an_ingredient_code(library: dict[str, Plan]) -> None:
    unchecked = {"6813", "1819", "7243", "7242", "82819", "3554", "352364"}
    assert not unchecked & {c.value for d in library["library/formulary"].drugs for c in d.codes}


def test_the_curricula_have_the_manuals_counts(library: dict[str, Plan]) -> None:
    matrix, dbt = library["library/matrix"], library["library/dbt"]
    skills, prevention = matrix.service("early-recovery-skills"), matrix.service("relapse-prevention")
    assert skills.topic_sessions == 8
    assert prevention.topic_sessions == 32
    assert len([t for t in prevention.topics if t.elective]) == 3
    minutes = {service.name: service.minutes for service in matrix.services}
    assert minutes == {
        "individual-conjoint": 50,
        "early-recovery-skills": 50,
        "relapse-prevention": 90,
        "family-education": 90,
        "social-support": 90,
    }
    assert all(service.kind == "therapy" for service in matrix.services)
    modules = dbt.service("dbt-skills")
    assert [topic.sessions for topic in modules.topics] == [2, 6, 2, 7, 2, 5]
    assert modules.topic_sessions == 24
    assert modules.curriculum == "in order"
