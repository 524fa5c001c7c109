"""The document: one sound HTML page, complete, in plain words, with everything escaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from careplan.plan import model
from careplan.plan.model import (
    AllOf,
    AnyOf,
    Cite,
    Domain,
    Fact,
    Measure,
    NotSo,
    Outcome,
    Phase,
    Plan,
    Service,
    SourceEntry,
)
from careplan.reading import read_file
from careplan.render.document import document_html
from careplan.render.document.html import bullets, link, picture, table, tag
from careplan.render.plain.conditions import plain_condition
from careplan.render.plain.exits import ways_out

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))
VOID = {"meta", "br", "hr", "link", "img", "input"}


def example(path: Path) -> Plan:
    reading = read_file(path)
    assert reading.plan is not None, reading.diagnostics
    return reading.plan


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def plan_and_page(request: pytest.FixtureRequest) -> tuple[Plan, str]:
    plan = example(request.param)
    return plan, document_html(plan)


class Outline(HTMLParser):
    """Reads a page strictly: every element is closed where it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.text: list[str] = []
        self.labels: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        assert len(said) == len(attrs), f"an attribute twice in {tag}"
        self.ids += [said["id"] or ""] if "id" in said else []
        self.labels += (said.get("aria-labelledby") or "").split()
        if tag == "a" and "href" in said:
            self.links.append(said["href"] or "")
        elif "src" in said or (tag in ("link", "image", "use") and "href" in said):
            self.loads.append(said.get("src") or said.get("href") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)


def test_the_page_is_well_formed_and_its_links_lead_somewhere(plan_and_page: tuple[Plan, str]) -> None:
    page = Outline(plan_and_page[1])
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), sorted({i for i in page.ids if page.ids.count(i) > 1})
    assert {target[1:] for target in page.links if target.startswith("#")} <= set(page.ids)
    assert set(page.labels) <= set(page.ids)


def test_headings_make_an_outline(plan_and_page: tuple[Plan, str]) -> None:
    levels = Outline(plan_and_page[1]).headings
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))


def test_the_page_needs_nothing_from_elsewhere(plan_and_page: tuple[Plan, str]) -> None:
    page = plan_and_page[1]
    assert all(target.startswith(("#", "data:")) for target in Outline(page).loads)
    assert "<script" not in page
    assert "@import" not in page
    assert not re.search(r"url\((?!#|['\"]?(#|data:))", page)


def test_everything_of_the_plan_is_in_it(plan_and_page: tuple[Plan, str]) -> None:
    plan, html = plan_and_page
    text = " ".join(" ".join(Outline(html).text).split())
    named = (*plan.phases, *plan.services, *plan.measures, *plan.medications, *plan.outcomes, *plan.goals)
    for element in (*named, *plan.sources, *plan.events):
        assert " ".join(element.label.split()) in text, element.name
        for note in element.notes:
            assert " ".join(note.split()) in text
    for measure in plan.measures:
        for band in measure.bands:
            assert (band.title or band.name.replace("-", " ")) in text


def test_people_read_titles_and_not_names(plan_and_page: tuple[Plan, str]) -> None:
    plan, html = plan_and_page
    words = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    words = " ".join(Outline(words).text).replace(f"“{plan.name}”", "")
    titled = [e for e in (*plan.services, *plan.measures, *plan.medications) if e.title and "-" in e.name]
    for element in titled:
        words = words.replace(element.label, "")
    for element in titled:
        assert not re.search(rf"(?<![\w/.-]){re.escape(element.name)}(?![\w/.-])", words), element.name


def test_html5lib_finds_no_fault(plan_and_page: tuple[Plan, str]) -> None:
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(plan_and_page[1])


# --------------------------------------------------------------------------------------- escaping


def test_what_people_wrote_is_escaped_everywhere() -> None:
    bad = '<img src=x onerror="alert(1)"> & "quotes"'
    cites = (Cite(source="s", where=bad),)
    plan = Plan(
        name="bad",
        title=bad,
        notes=(bad,),
        authors=(bad,),
        population=(bad,),
        sources=(SourceEntry(name="s", title=bad, url='javascript:alert("1")', notes=(bad,)),),
        facts=(Fact(name="f", title=bad, domain=Domain(kind="yes-no", values=("yes", "no"))),),
        measures=(Measure(name="m", title=bad, domain=Domain(kind="number", low=0, high=9, unit=bad)),),
        services=(Service(kind="therapy", name="t", title=bad, staff=(bad,), cites=cites),),
        phases=(Phase(name="p", title=bad, notes=(bad,), cites=cites),),
        outcomes=(Outcome(name="o", title=bad),),
    )
    html = document_html(plan)
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert Outline(html).open == []


def test_an_empty_plan_is_still_a_page() -> None:
    page = Outline(document_html(Plan(name="nothing")))
    assert page.open == []
    assert "nothing" in " ".join(page.text)


def test_small_parts() -> None:
    assert tag("p", "a < b", class_="x", title=None) == '<p class="x">a &lt; b</p>\n'
    assert bullets([]) == ""
    assert table(("A", "B"), [], "none") == ""
    assert "B" not in table(("A", "B"), [("1", ""), ("2", "")], "one column")
    assert link("ftp://x", "y") == "y"


def test_ids_of_pictures_are_kept_apart() -> None:
    svg = '<?xml?><svg aria-labelledby="t"><title id="t">x</title><g fill="url(#a)" id="a"/></svg>'
    html = picture(svg, "one", "caption", "wide")
    assert "<?xml" not in html
    assert 'id="one-t"' in html
    assert 'aria-labelledby="one-t"' in html
    assert "url(#one-a)" in html


# ---------------------------------------------------------------------------------- plain sentences

One = model.Test
PEOPLE = Plan(
    name="p",
    measures=(
        Measure(
            name="uds",
            title="Urine drug screen",
            domain=Domain(kind="choice", values=("negative", "positive")),
        ),
        Measure(name="phq-9", title="Depression (PHQ-9)", domain=Domain(kind="number", low=0, high=27)),
    ),
)


def measured(name: str, operator: str, value: object, **more: object) -> model.Test:
    return One.model_validate(
        {"subject": "measure", "name": name, "operator": operator, "value": value, **more}
    )


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (measured("uds", "is", "negative", for_days=28), "Urine drug screen is negative for 4 weeks"),
        (measured("phq-9", "<", 10), "Depression (PHQ-9) is below 10"),
        (measured("phq-9", "falls by", 50, percent=True),
         "Depression (PHQ-9) has fallen by 50% or more since the first result"),
        (One(subject="missed", operator=">=", value=3, in_a_row=True),
         "the number of missed sessions in a row is 3 or more"),
        (measured("phq-9", ">=", 20, times=2, within_days=28),
         "Depression (PHQ-9) is 20 or more, at least 2 times within 4 weeks"),
        (One(subject="weeks", operator=">=", value=8), "8 weeks of this phase have passed"),
        (NotSo(part=AnyOf(parts=(measured("phq-9", ">=", 10), measured("uds", "is", "positive")))),
         "Depression (PHQ-9) is below 10 and Urine drug screen is not positive"),
        (NotSo(part=AllOf(parts=(One(subject="medication", name="bup", operator="taking"),
                                 measured("uds", "is", "positive", times=2)))),
         "either treatment with bup is not running or this is not so: Urine drug screen is positive at least "
         "2 times"),
        (AllOf(parts=(measured("phq-9", ">", 5),
                      AnyOf(parts=(measured("phq-9", "<", 3), measured("phq-9", ">", 9))))),
         "Depression (PHQ-9) is more than 5 and (either Depression (PHQ-9) is below 3 or Depression (PHQ-9) "
         "is more than 9)"),
    ],
)  # fmt: skip
def test_conditions_in_plain_english(condition: model.Condition, words: str) -> None:
    assert plain_condition(PEOPLE, condition) == words


def test_ways_out_are_sentences_to_the_reader() -> None:
    plan = example(ROOT / "examples" / "oud-step-down.careplan")
    leads = [way.lead for way in ways_out(plan, plan.phase("iop"))]
    assert leads == [
        "You step up to Residential stabilisation when any one of these is true:",
        "You step down to Continuing care when all of these are true:",
        "At the end of 16 weeks, you step down to Continuing care when attendance is 60% or more.",
        "At the end of 16 weeks, if none of this applies, this treatment ends as “Ended without meeting the "
        "criteria”.",
    ]


def test_the_page_is_whole_where_no_graphviz_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from careplan.render import layout_engine

    monkeypatch.setattr(layout_engine, "_engines", lambda: iter(()))
    plan = read_file(EXAMPLES[0]).plan
    assert plan is not None
    page = document_html(plan)
    assert "Phases and the ways between them" not in page
    assert plan.phases[0].label in page
