"""From the words of one sentence to its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from careplan.language import nodes
from careplan.language.nodes import Node
from careplan.language.parser import Sentence, leads
from careplan.language.scan import Comment

WIDTH = 100
CONTINUED = 4


class Remark(NamedTuple):
    """A comment within a sentence: it follows the token number `after`."""

    after: int
    comment: Comment


class Line(NamedTuple):
    """A line to write: its indent in columns, and its text."""

    indent: int
    text: str


Joint = tuple[int, int]
"""Where a condition may be broken: before which token, and how deep in the condition."""


def spaced(texts: Sequence[str]) -> str:
    """The words of a sentence with the blanks that belong between them."""
    parts: list[str] = []
    tight = True
    for text in texts:
        if not tight and text not in (",", ")", "%"):
            parts.append(" ")
        parts.append(text)
        tight = text == "("
    return "".join(parts)


def broken(sentence: Sentence, texts: list[str], remarks: Sequence[Remark], indent: int) -> list[Line]:
    """The sentence over as many lines as it needs, with the comments within it where they were."""
    joints = _joints(sentence)
    lines: list[Line] = []
    start = 0
    for number, remark in enumerate(remarks):
        if start <= remark.after:
            here = CONTINUED if start else indent
            lines += _fit(texts, start, remark.after + 1, here, joints, apart=True)
            start = remark.after + 1
        first = not number or remarks[number - 1].after != remark.after
        if first and not remark.comment.alone:
            lines[-1] = Line(lines[-1].indent, f"{lines[-1].text}  {remark.comment.text}")
        else:
            lines.append(Line(CONTINUED, remark.comment.text))
    here = CONTINUED if start else indent
    return lines + _fit(texts, start, len(texts), here, joints, apart=bool(remarks))


def _joints(sentence: Sentence) -> list[Joint]:
    if sentence.node is None:
        return []
    places = {token.start: index for index, token in enumerate(sentence.tokens)}
    joints: list[Joint] = []
    _collect(sentence.node, 0, places, joints)
    return joints


def _collect(node: Node, depth: int, places: dict[int, int], joints: list[Joint]) -> None:
    inner = depth
    if isinstance(node, (nodes.AnyOfNode, nodes.AllOfNode)):
        inner += 1
        # The word `and` or `or` stands right before each part but the first.
        joints += [(places[part.start] - 1, depth) for part in node.parts[1:]]
    for child in node.children:
        if isinstance(child, Node):
            _collect(child, inner, places, joints)


def _fit(
    texts: list[str], start: int, end: int, indent: int, joints: list[Joint], *, apart: bool = False
) -> list[Line]:
    """Tokens `start` up to `end`, broken at the outermost joints if too long (or to be kept `apart`)."""
    inside = [joint for joint in joints if start < joint[0] < end]
    whole = spaced(texts[start:end])
    depth = min((depth for _, depth in inside), default=-1)
    if (indent + len(whole) <= WIDTH and not (apart and depth == 0)) or depth < 0:
        return _fill(texts, start, end, indent)
    cuts = [start, *sorted(at for at, level in inside if level == depth), end]
    deeper = [joint for joint in inside if joint[1] > depth]
    lines: list[Line] = []
    for first, last in pairwise(cuts):
        here = indent if first == start else CONTINUED + 2 * depth
        lines += _fit(texts, first, last, here, deeper)
    return lines


def _fill(texts: list[str], start: int, end: int, indent: int) -> list[Line]:
    """As many tokens on each line as fit; a line can end after a comma, or before `and` or `or`."""
    lines: list[Line] = []
    while indent + len(spaced(texts[start:end])) > WIDTH:
        cuts = [at for at in range(start + 1, end) if _may_break(texts, at)]
        if not cuts:
            break
        fitting = [at for at in cuts if indent + len(spaced(texts[start:at])) <= WIDTH]
        cut = fitting[-1] if fitting else cuts[0]
        lines.append(Line(indent, spaced(texts[start:cut])))
        start, indent = cut, CONTINUED
    return [*lines, Line(indent, spaced(texts[start:end]))]


def _may_break(texts: list[str], at: int) -> bool:
    return texts[at] in ("and", "or") or (texts[at - 1] == "," and texts[at] not in leads())
