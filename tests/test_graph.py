"""The state graph: everything is there, nothing is clipped or overlaps, whatever the plan says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from growth import seconds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_plans import plans

import careplan
from careplan.plan.graph import ways_of
from careplan.plan.levels import level_rank
from careplan.plan.model import (
    AllOf,
    AnyOf,
    Anytime,
    Condition,
    Exit,
    FrontDoor,
    Lasts,
    Level,
    Measure,
    Outcome,
    Phase,
    Plan,
)
from careplan.plan.model import (
    Test as PlanTest,
)
from careplan.plan.words import condition_words
from careplan.render.graph import Detail, graph_dot, graph_svg
from careplan.render.graph.content import graph_content
from careplan.render.graph.sizes import labels_of, printable
from careplan.render.layout_engine import engine_names
from careplan.render.text import ASCENT, DESCENT, text_width

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.careplan"))
SVG = "{http://www.w3.org/2000/svg}"
DETAILS: tuple[Detail, ...] = ("summary", "full")
SLACK = 0.6  # pixels: Graphviz rounds what it writes

pytestmark = pytest.mark.skipif(not engine_names(), reason="no Graphviz engine is installed")


class Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Area) -> bool:
        return (
            self.left - SLACK <= other.left
            and self.top - SLACK <= other.top
            and other.right <= self.right + SLACK
            and other.bottom <= self.bottom + SLACK
        )

    def meets(self, other: Area) -> bool:
        return (
            self.left + SLACK < other.right
            and other.left + SLACK < self.right
            and self.top + SLACK < other.bottom
            and other.top + SLACK < self.bottom
        )


def union(areas: list[Area]) -> Area:
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


def text_area(text: ElementTree.Element, dx: float, dy: float) -> Area:
    size = float(text.get("font-size", "0"))
    width = text_width(text.text or "", size, text.get("font-weight") == "bold")
    x, y = float(text.get("x", "0")) + dx, float(text.get("y", "0")) + dy
    left = x - width / 2 if text.get("text-anchor") == "middle" else x
    return Area(left, y - ASCENT * size, left + width, y + DESCENT * size)


def canvas(root: ElementTree.Element) -> Area:
    left, top, width, height = (float(n) for n in root.get("viewBox", "").split())
    return Area(left, top, left + width, top + height)


def shift_of(root: ElementTree.Element) -> tuple[float, float]:
    whole = root.find(f"{SVG}g")
    assert whole is not None
    found = re.search(r"translate\((\S+) (\S+)\)", whole.get("transform", ""))
    assert found
    return float(found[1]), float(found[2])


def nodes_of(root: ElementTree.Element) -> Iterator[tuple[str, list[Area], Area | None]]:
    """Every node: its id, the areas of its texts, and that of its shape, if it has one."""
    dx, dy = shift_of(root)
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "node":
            continue
        numbers = []
        for shape in (*group.findall(f"{SVG}polygon"), *group.findall(f"{SVG}path")):
            numbers += re.findall(r"(-?[\d.]+),(-?[\d.]+)", shape.get("points", "") + shape.get("d", ""))
        points = [Area(float(x) + dx, float(y) + dy, float(x) + dx, float(y) + dy) for x, y in numbers]
        texts = [text_area(t, dx, dy) for t in group.findall(f"{SVG}text")]
        yield group.get("id", ""), texts, union(points) if points else None


def faults(svg: str) -> list[str]:
    """Every label that leaves its shape or the page, and every two nodes that overlap."""
    root = ElementTree.fromstring(svg)
    page, found, areas = canvas(root), [], []
    for id_, texts, shape in nodes_of(root):
        whole = union([*texts, *([shape] if shape else [])])
        areas.append((id_, whole))
        if not page.holds(whole):
            found.append(f"{id_} is off the page")
        if shape and not all(shape.holds(text) for text in texts):
            found.append(f"{id_} does not hold its words")
    pairs = itertools.combinations(areas, 2)
    return found + [f"{a} meets {b}" for (a, one), (b, other) in pairs if one.meets(other)]


def edge_points(group: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Points along every curve of an edge, close to one another."""
    for path in group.findall(f"{SVG}path"):
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path.get("d", ""))]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        for start in range(0, len(points) - 3, 3):
            curve = points[start : start + 4]
            for step in range(21):
                t = step / 20
                parts = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
                x, y = (sum(w * p[axis] for w, p in zip(parts, curve, strict=True)) for axis in (0, 1))
                yield x, y


def struck_through(svg: str) -> set[tuple[str, str]]:
    """Every edge and the box or label whose words it runs through."""
    root = ElementTree.fromstring(svg)
    dx, dy = shift_of(root)
    words = [(id_, union(texts)) for id_, texts, _ in nodes_of(root) if texts]
    return {
        (group.get("id", ""), id_)
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "edge"
        for x, y in edge_points(group)
        for id_, area in words
        if area.left + 1 < x + dx < area.right - 1 and area.top + 2 < y + dy < area.bottom - 2
    }


def words_of(svg: str) -> str:
    root = ElementTree.fromstring(svg)
    return " ".join(" ".join(t.text or "" for t in root.iter(f"{SVG}text")).split())


def conditions(plan: Plan) -> Iterator[Condition]:
    for ways in ways_of(plan).values():
        yield from (way.exit.when for way in ways if way.exit.when is not None)
    yield from (door.condition for door in plan.starts if door.condition is not None)


def said_in(svg: str, words: str) -> bool:
    """Whether a text is there, whatever lines and, if a word is very long, pieces it is broken into."""
    return "".join(printable(words).split()) in "".join(words_of(svg).split())


def assert_whole(plan: Plan, detail: Detail) -> None:
    svg = graph_svg(plan, detail)
    assert faults(svg) == []
    content = graph_content(plan, detail)
    ids = {element.get("id") for element in ElementTree.fromstring(svg).iter()}
    assert {box.id for box in content.boxes} <= ids
    assert {f"{arrow.id}-a" for arrow in content.arrows} <= ids
    for element in (*plan.phases, *plan.outcomes):
        assert said_in(svg, element.label)
    if detail == "full":
        for condition in conditions(plan):
            assert said_in(svg, condition_words(condition))


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_whole(path: Path, detail: Detail) -> None:
    assert_whole(careplan.load(path), detail)


@pytest.mark.parametrize("detail", DETAILS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_any_plan_is_whole(detail: Detail, plan: Plan) -> None:
    assert_whole(plan, detail)


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_arrow_runs_through_words(path: Path, detail: Detail) -> None:
    assert struck_through(graph_svg(careplan.load(path), detail)) == set()


def test_an_arrow_through_words_is_found() -> None:
    svg = graph_svg(two_phases())
    dx, dy = shift_of(ElementTree.fromstring(svg))
    _, texts, _ = next(nodes_of(ElementTree.fromstring(svg)))
    x, y = (texts[0].left + texts[0].right) / 2 - dx, (texts[0].top + texts[0].bottom) / 2 - dy
    through = f"M{x},{y}C{x},{y} {x},{y} {x},{y}"
    assert struck_through(
        re.sub(r'(class="edge">.*?<path [^>]*?\bd=")[^"]*', rf"\g<1>{through}", svg, count=1, flags=re.S)
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_more_intensive_level_stands_higher(path: Path) -> None:
    plan = careplan.load(path)
    root = ElementTree.fromstring(graph_svg(plan))
    tops = {id_: shape.top for id_, _, shape in nodes_of(root) if shape}
    levels = {f"phase-{p.name}": level_rank(p.level.code) for p in plan.phases if p.level}
    for one, other in itertools.permutations(levels, 2):
        if levels[one] > levels[other]:
            assert tops[one] < tops[other]


def test_every_exit_is_an_arrow_of_its_own_in_full() -> None:
    for path in EXAMPLES:
        plan = careplan.load(path)
        exits = sum(not way.anywhere for ways in ways_of(plan).values() for way in ways)
        exits += sum(len(block.exits) for block in plan.anytime)
        arrows = graph_content(plan, "full").arrows
        assert sum(arrow.kind != "door" for arrow in arrows) == exits
        assert len(graph_content(plan, "summary").arrows) <= len(arrows)


def measure(value: float) -> PlanTest:
    return PlanTest(subject="measure", name="phq-9", operator=">=", value=value)


def two_phases(title: str = "Two", name: str = "light") -> Plan:
    """A plan with an exit of every kind."""
    down = Exit(direction="step down", target=name, when=measure(3))
    end = Exit(direction="step down", target=name)
    up = Exit(direction="step up", target="heavy", when=measure(9), called="relapse")
    move = Exit(direction="move", target="beside")
    lasts = Lasts(low=14, high=28)
    more = Exit(direction="extend", extend_days=14, extend_times=2, when=measure(5))
    leave = Exit(direction="discharge", target="left", when=measure(20))
    done = Exit(direction="discharge", target="done", otherwise=True)
    return Plan(
        name="two",
        title=title,
        starts=(FrontDoor(phase="heavy"),),
        measures=(Measure.model_construct(name="phq-9"),),
        phases=(
            Phase(
                name="heavy", title=title, level=Level(code="3.5"), lasts=lasts, exits=(down,), at_end=(end,)
            ),
            Phase(name=name, level=Level(code="1"), lasts=lasts, exits=(up, move), at_end=(more, done)),
            Phase(name="beside", level=Level(code="1")),
        ),
        anytime=(Anytime(excepted=("heavy",), exits=(leave,)),),
        outcomes=(Outcome(name="done", title=title, planned=True), Outcome(name="left", planned=False)),
    )


def look(svg: str, id_: str) -> tuple[str | None, int, str]:
    """Dashes of an arrow's line, corners of its head, and whether the head is filled."""
    root = ElementTree.fromstring(svg)
    group = next(g for g in root.iter(f"{SVG}g") if g.get("id") == id_)
    path = group.find(f"{SVG}path")
    heads = group.findall(f"{SVG}polygon")
    assert path is not None
    corners = len(heads[-1].get("points", "").split()) if heads else 0
    return path.get("stroke-dasharray"), corners, heads[-1].get("fill", "") if heads else ""


def test_kinds_of_exits_differ_without_colour() -> None:
    plan = two_phases()
    arrows = [a for a in graph_content(plan).arrows if a.kind != "door"]
    svg = graph_svg(plan)
    looks = {}
    for arrow in arrows:
        dashes, corners, fill = look(svg, f"{arrow.id}-b")
        looks.setdefault(arrow.kind, (dashes, corners, fill == "none"))
    assert len(set(looks.values())) == len(looks) == 4
    headings = {arrow.heading.split()[0] for arrow in arrows}
    assert headings == {"▼", "▲", "↔", "■"}


def test_what_a_summary_says() -> None:
    words = words_of(graph_svg(two_phases()))
    for wanted in (
        "Level 3.5 · 2 to 4 weeks",
        "phq-9 ≥ 3 or at end",
        "↻ at end, 2 weeks more, at most 2 times, when phq-9 ≥ 5",
        "At any time from every phase, but not from Two",
        "planned end",
        "unplanned end",
    ):
        assert said_in(graph_svg(two_phases()), wanted), (wanted, words)


def test_long_conditions_are_cut_in_a_summary_only() -> None:
    many = AllOf(parts=tuple(measure(n) for n in range(1, 7)))
    either = AnyOf(parts=(many, measure(8)))
    plan = two_phases().model_copy(
        update={
            "phases": (Phase(name="heavy", exits=(Exit(direction="discharge", target="left", when=many),)),)
        }
    )
    assert said_in(graph_svg(plan), "phq-9 ≥ 1 and phq-9 ≥ 2 and 4 more")
    assert said_in(graph_svg(plan, "full"), condition_words(many))
    assert condition_words(either)


TRICKY = (
    'He said "so" & <b>more</b> &amp; \\N \\l \\n &#35; {x|y}',
    "<all of it>",
    "</text><script>alert(1)</script>",
    "back\\slash\\",
    "Лечение зависимости",
    "依存症の治療",
    "a\x00b\x1fc\ufffe",
    "",
    "   ",
    "wide " * 60,
    "unbreakable" * 30,
)


@pytest.mark.parametrize("title", TRICKY)
@pytest.mark.parametrize("detail", DETAILS)
def test_texts_mean_themselves(title: str, detail: Detail) -> None:
    plan = two_phases(title)
    svg = graph_svg(plan, detail)
    assert "<script" not in svg
    assert faults(svg) == []
    assert said_in(svg, title)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=60).filter(lambda t: t.strip()), st.text(min_size=1, max_size=12))
def test_any_letters_can_be_drawn(title: str, name: str) -> None:
    if name in ("heavy", "beside"):
        return
    svg = graph_svg(two_phases(title, name))
    ElementTree.fromstring(svg)
    assert said_in(svg, title.replace("‧", "·"))


def test_a_plan_without_phases_is_drawn() -> None:
    ElementTree.fromstring(graph_svg(Plan(name="empty")))


def test_words_for_readers_of_the_screen() -> None:
    root = ElementTree.fromstring(graph_svg(two_phases()))
    assert root.get("role") == "img"
    title, words = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert words is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
    assert title.text == "Two: state graph"
    assert "light → Two: step up, phq-9 ≥ 9" in (words.text or "")
    drawn = next(g for g in root.iter(f"{SVG}g") if g.get("id") == "phase-light")
    assert (drawn.findtext(f"{SVG}title") or "").startswith("light. Level 1")


def test_dot_is_the_same_each_time_and_has_the_title() -> None:
    plan = two_phases("“Title” & more")
    assert graph_dot(plan) == graph_dot(plan)
    assert 'label="“Title” &amp; more"' in graph_dot(plan)


def many_phases(count: int) -> Plan:
    levels = ("3.7", "3.5", "2.5", "2.1", "1.5", "1")
    phases = []
    for n in range(count):
        up = Exit(direction="step up", target=f"p{max(n - 3, 0)}", when=measure(13))
        bad = Exit(direction="discharge", target="left", when=measure(20))
        on = Exit(direction="step down", target=f"p{n + 1}", when=AllOf(parts=(measure(n), measure(5))))
        done = Exit(direction="discharge", target="done")
        exits = [*([up] if n > 3 else []), *([bad] if n % 4 == 0 else []), *([on] if n + 1 < count else [])]
        phases.append(
            Phase(
                name=f"p{n}",
                title=f"Phase number {n} of the plan",
                level=Level(code=levels[n * 6 // count]),
                exits=tuple(exits),
                at_end=(done,) if n + 1 == count else (),
            )
        )
    ends = (Outcome(name="done", planned=True), Outcome(name="left", planned=False))
    return Plan(name="many", phases=tuple(phases), outcomes=ends, starts=(FrontDoor(phase="p0"),))


@pytest.mark.parametrize("detail", DETAILS)
def test_fifty_phases_cost_a_few_times_five_phases(detail: Detail) -> None:
    """The ratio is the machine's own; `benchmarks/` has the figure in milliseconds."""
    few, many = many_phases(5), many_phases(50)
    assert_whole(many, detail)  # engines are loaded once, before the clock starts
    five = seconds(lambda: graph_svg(few, detail), times=3)
    assert seconds(lambda: graph_svg(many, detail), times=3) < 45 * five


def test_labels_are_as_large_as_their_words() -> None:
    content = graph_content(two_phases())
    for lines in labels_of(content).values():
        bold, plain = lines.lines[: lines.headings], lines.lines[lines.headings :]
        widths = [text_width(line, lines.style.heading, bold=True) for line in bold]
        widths += [text_width(line, lines.style.size) for line in plain]
        assert max(widths) < lines.width
