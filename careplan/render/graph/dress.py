"""The finishing of Graphviz's SVG: bold headings, the plan's title, and words for readers of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from careplan.render.graph.content import Arrow, GraphContent
from careplan.render.graph.look import ARROWS
from careplan.render.graph.sizes import PITCH, Lines, label_id, printable, wrapped
from careplan.render.text import FONT_FAMILY, LINE_HEIGHT
from careplan.render.timeline.style import INK, PAPER

SVG = "http://www.w3.org/2000/svg"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TITLE = 17.0
LEAST_WIDTH = 320.0
MARGIN = 12.0
CORNER = 9.0
OCTAGON = ((1, 0), (2, 0), (3, 1), (3, 2), (2, 3), (1, 3), (0, 2), (0, 1))
GRAPHVIZ_DOTTED, DOTTED = "1,5", "2,3"


def dressed(svg: str, content: GraphContent, labels: Mapping[str, Lines]) -> str:
    """The picture as it is shown; raises ValueError if `svg` is not Graphviz's drawing of `content`."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    colours = {label_id(arrow): ARROWS[arrow.kind]["color"] for arrow in content.arrows}
    said = _said(content)
    unplanned = {box.id for box in content.boxes if box.kind == "unplanned"}
    for group in root.iter(f"{{{SVG}}}g"):
        id_ = group.get("id", "")
        title = group.find(f"{{{SVG}}}title")
        if title is not None:
            title.text = printable(said.get(id_, content.title))
        if id_ in labels:
            _dress_label(group, labels[id_], colours.get(id_))
        if id_ in unplanned:
            _cut_corners(group)
        for path in group.findall(f"{{{SVG}}}path"):
            if path.get("stroke-dasharray") == GRAPHVIZ_DOTTED:
                path.set("stroke-dasharray", DOTTED)
    _frame(root, content)
    return ElementTree.tostring(root, encoding="unicode")


def sentences(content: GraphContent) -> list[str]:
    """The whole graph in sentences, a box or an arrow each."""
    headings = {box.id: box.heading for box in content.boxes}
    said = [f"{_NOUNS.get(box.kind, '')}{box.said}" for box in content.boxes]
    return said + [_arrow_said(a, headings) for a in content.arrows]


_NOUNS = {"phase": "Phase: ", "planned": "Outcome: ", "unplanned": "Outcome: ", "outcome": "Outcome: "}


def _said(content: GraphContent) -> dict[str, str]:
    headings = {box.id: box.heading for box in content.boxes}
    said = {box.id: box.said for box in content.boxes}
    for arrow in content.arrows:
        said |= dict.fromkeys((f"{arrow.id}-{part}" for part in "ab"), _arrow_said(arrow, headings))
        said[label_id(arrow)] = said[f"{arrow.id}-a"]
    return said


def _arrow_said(arrow: Arrow, headings: dict[str, str]) -> str:
    kind = "the stay begins" if arrow.kind == "door" else arrow.kind
    texts = "".join(f", {text}" for text in arrow.texts)
    return f"{headings[arrow.source]} → {headings[arrow.target]}: {kind}{texts}"


def _dress_label(group: ElementTree.Element, lines: Lines, colour: str | None) -> None:
    texts = group.findall(f"{{{SVG}}}text")
    if not texts:
        return
    pitch = lines.style.size * PITCH
    first, last = (float(text.get("y", "0")) for text in (texts[0], texts[-1]))
    first = (
        first + last - pitch * (len(texts) - 1)
    ) / 2  # some engines give lines of other letters more room
    for number, text in enumerate(texts):
        text.set("y", f"{first + number * pitch:.2f}")
        text.attrib.pop(XML_SPACE, None)
        if number < lines.headings:
            text.set("font-weight", "bold")
            text.set("font-size", f"{lines.style.heading:g}")
            if colour:
                text.set("fill", colour)


def _cut_corners(group: ElementTree.Element) -> None:
    """An octagon with small corners, in the place of the box with strokes across its corners."""
    for stroke in group.findall(f"{{{SVG}}}polyline"):
        group.remove(stroke)
    for polygon in group.findall(f"{{{SVG}}}polygon"):
        points = [tuple(map(float, point.split(","))) for point in polygon.get("points", "").split()]
        left, top = (min(p[axis] for p in points) for axis in (0, 1))
        right, bottom = (max(p[axis] for p in points) for axis in (0, 1))
        sides = ((left, left + CORNER, right - CORNER, right), (top, top + CORNER, bottom - CORNER, bottom))
        outline = [(sides[0][x], sides[1][y]) for x, y in OCTAGON]
        polygon.set("points", " ".join(f"{x:.2f},{y:.2f}" for x, y in outline))


def _frame(root: ElementTree.Element, content: GraphContent) -> None:
    """The title above the graph, a white ground, and the roles that readers of the screen look for."""
    _, _, width, height = (float(n) for n in root.get("viewBox", "0 0 0 0").split())
    whole = max(width + 2 * MARGIN, LEAST_WIDTH)
    lines = wrapped(content.title, TITLE, whole - 2 * MARGIN, bold=True)
    top = len(lines) * TITLE * LINE_HEIGHT + 2 * MARGIN
    left = -(whole - width) / 2
    box = (left, -top, whole, height + top + MARGIN)
    root.set("viewBox", " ".join(f"{n:.2f}" for n in box))
    root.set("width", f"{box[2]:.0f}")
    root.set("height", f"{box[3]:.0f}")
    root.set("role", "img")
    root.set("aria-labelledby", "graph-title graph-words")
    heading = _element("text", {"font-family": FONT_FAMILY, "font-size": f"{TITLE:g}", "fill": INK})
    heading.set("font-weight", "bold")
    for number, line in enumerate(lines):
        y = -top + MARGIN + TITLE + number * TITLE * LINE_HEIGHT
        part = ElementTree.SubElement(
            heading, f"{{{SVG}}}tspan", {"x": f"{left + MARGIN:.2f}", "y": f"{y:.2f}"}
        )
        part.text = line
    ground = {"x": f"{box[0]:.2f}", "y": f"{box[1]:.2f}", "width": f"{box[2]:.2f}", "height": f"{box[3]:.2f}"}
    title = _element("title", {"id": "graph-title"}, f"{printable(content.title)}: state graph")
    words = _element("desc", {"id": "graph-words"}, printable(". ".join(sentences(content))))
    for place, element in enumerate((title, words, _element("rect", {**ground, "fill": PAPER}), heading)):
        root.insert(place, element)


def _element(name: str, attributes: dict[str, str], text: str | None = None) -> ElementTree.Element:
    element = ElementTree.Element(f"{{{SVG}}}{name}", attributes)
    element.text = text
    return element
