"""The state graph as Mermaid text: everything is there, and nothing in a title can break it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_plans import plans
from npm import install

import careplan
from careplan.plan.model import Anytime, Exit, FrontDoor, Outcome, Phase, Plan
from careplan.render.graph import Detail
from careplan.render.graph.content import graph_content
from careplan.render.mermaid import graph_mermaid

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.careplan"))
DETAILS: tuple[Detail, ...] = ("summary", "full")
ID = r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9_]+)*"
WORDS = r'"[^"<>&`{}\[\]|\\\n]*(?:<br/>[^"<>&`{}\[\]|\\\n]*)*"'
BOX = re.compile(rf"  {ID}(\(|\(\[|\{{\{{|\[|>|\[\[){WORDS}(\)|\]\)|\}}\}}|\]|\]\])")
ARROW = re.compile(rf"  {ID} (==>|-\.->|--o|-->)(\|{WORDS}\|)? {ID}")
TRICKY_TITLE = 'He said "<b>&amp;\\N;#35; `x` {a} |b| [c] %%{init: {}}%% --> 1. List\nclick a'
# Words that mean something to Mermaid.
TRICKY_NAMES = (
    "end graph subgraph style click default class weekend o x end-of-care v tb a--b - 中文 1 linkstyle "
    "flowchart href call interpolate direction-tb -1 _1"
).split()


def decoded(text: str) -> str:
    return re.sub(r"#(\d+);", lambda sign: chr(int(sign[1])), text)


def assert_sound(plan: Plan, detail: Detail) -> None:
    content = graph_content(plan, detail)
    head, *lines = graph_mermaid(plan, detail).removesuffix("\n").split("\nflowchart TB")[1].split("\n")
    assert head == ""
    boxes, arrows = lines[: len(content.boxes)], lines[len(content.boxes) :]
    assert len(arrows) == len(content.arrows)
    for box, line in zip(content.boxes, boxes, strict=True):
        assert BOX.fullmatch(line), line
        assert " ".join(box.heading.split()) in decoded(line)
    for arrow, line in zip(content.arrows, arrows, strict=True):
        assert ARROW.fullmatch(line), line
        assert all(" ".join(text.split()) in decoded(line) for text in arrow.texts)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_whole(path: Path, detail: Detail) -> None:
    assert_sound(careplan.load(path), detail)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from(DETAILS))
def test_any_plan_is_whole(plan: Plan, detail: Detail) -> None:
    assert_sound(plan, detail)


def tricky_plan(name: str, title: str = TRICKY_TITLE) -> Plan:
    ends = Exit(direction="discharge", target=f"{name}-over", called=title)
    return Plan(
        name=name,
        title=title,
        phases=(Phase(name=name, title=title, exits=(ends,)),),
        outcomes=(Outcome(name=f"{name}-over", title=f"1. {name}"),),
        starts=(FrontDoor(phase=name),),
        anytime=(Anytime(exits=(ends,)),),
    )


@pytest.mark.parametrize("name", TRICKY_NAMES)
def test_no_name_or_title_breaks_a_line(name: str) -> None:
    assert_sound(tricky_plan(name), "full")


@given(st.text(max_size=40))
def test_no_title_breaks_the_head(title: str) -> None:
    head = graph_mermaid(tricky_plan("a", title)).split("\nflowchart TB\n")[0].split("\n")
    assert len(head) == 3
    assert json.loads(head[1].removeprefix("title: ")).split() == json.loads(json.dumps(head_words(title)))
    assert "%%" not in head[1]


def head_words(title: str) -> list[str]:
    from careplan.render.graph.sizes import printable

    return printable(" ".join((title or "a").split())).split()


PARSE = """
import { JSDOM } from "jsdom";
const dom = new JSDOM("<!doctype html><body></body>");
global.window = dom.window;
global.document = dom.window.document;
const mermaid = (await import("mermaid")).default;
let given = "";
for await (const part of process.stdin) given += part;
const faults = [];
for (const text of JSON.parse(given)) {
  try { await mermaid.parse(text); faults.push(null); } catch (fault) { faults.push(String(fault)); }
}
console.log(JSON.stringify(faults));
"""


@pytest.mark.slow
def test_mermaid_itself_accepts_all_of_it(tmp_path: Path) -> None:
    install(tmp_path, "mermaid@11", "jsdom@22")
    (tmp_path / "parse.mjs").write_text(PARSE)
    read = [careplan.load(path) for path in EXAMPLES]
    texts = [graph_mermaid(plan, detail) for plan in read for detail in DETAILS]
    texts += [graph_mermaid(tricky_plan(name), detail) for name in TRICKY_NAMES for detail in DETAILS]
    broken = 'flowchart TB\n  a["x" --> b'
    done = subprocess.run(
        ["node", "parse.mjs"],
        cwd=tmp_path,
        input=json.dumps([*texts, broken]),
        capture_output=True,
        text=True,
        timeout=300,
    )
    *faults, last = json.loads(done.stdout)
    assert faults == [None] * len(texts)
    assert last is not None
