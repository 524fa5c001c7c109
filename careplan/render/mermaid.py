"""The state graph as Mermaid text, for pages and wikis that draw it themselves."""

from __future__ import annotations

import json
import re

from careplan.plan.model import Plan
from careplan.render.graph.content import Arrow, ArrowKind, Box, BoxKind, Detail, graph_content
from careplan.render.graph.sizes import printable

# Opening and closing signs of a box's shape, around its words in quotation marks.
SHAPES: dict[BoxKind, tuple[str, str]] = {
    "phase": ("(", ")"),
    "planned": ("([", "])"),
    "unplanned": ("{{", "}}"),
    "outcome": ("[", "]"),
    "door": (">", "]"),
    "anytime": ("[[", "]]"),
}
LINKS: dict[ArrowKind, str] = {
    "step down": "==>",
    "step up": "-.->",
    "move": "--o",
    "discharge": "-->",
    "door": "-->",
}
# ASCII signs that mean nothing to Mermaid within quotation marks; all the others go by their number.
SPECIAL = re.compile(r"[!-~](?<![A-Za-z0-9 ,.:()/+=%'-])")
BREAK = "<br/>"


def graph_mermaid(plan: Plan, detail: Detail = "summary") -> str:
    """The state graph as a Mermaid flowchart."""
    content = graph_content(plan, detail)
    title = json.dumps(printable(" ".join(content.title.split())), ensure_ascii=False)
    title = title.replace("%", "\\u0025")  # two of them would begin a directive
    lines = ["---", f"title: {title}", "---", "flowchart TB"]
    lines += (f"  {_box(box)}" for box in content.boxes)
    lines += (f"  {_arrow(arrow)}" for arrow in content.arrows)
    return "\n".join(lines) + "\n"


def _box(box: Box) -> str:
    opening, closing = SHAPES[box.kind]
    return f'{box.id}{opening}"{_words(box.heading, box.texts)}"{closing}'


def _arrow(arrow: Arrow) -> str:
    words = f'|"{_words(arrow.heading, arrow.texts)}"|' if arrow.heading else ""
    return f"{arrow.source} {LINKS[arrow.kind]}{words} {arrow.target}"


def _words(heading: str, texts: tuple[str, ...]) -> str:
    return BREAK.join(_escaped(text) for text in (heading, *texts)) or "–"


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda sign: f"#{ord(sign[0])};", " ".join(printable(text).split()))
