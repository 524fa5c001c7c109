"""What a state graph shows, before anything is drawn: boxes, arrows and the rows of the phases."""

from __future__ import annotations

from typing import Literal, NamedTuple

from careplan.plan.model import Phase, Plan

Detail = Literal["summary", "full"]
BoxKind = Literal["phase", "planned", "unplanned", "outcome", "door", "anytime"]
ArrowKind = Literal["step down", "step up", "move", "discharge", "door"]


class Box(NamedTuple):
    """A phase, an outcome, a front door, or `At any time`: a heading and texts, not yet broken into lines."""

    id: str
    kind: BoxKind
    heading: str
    texts: tuple[str, ...] = ()
    level: str | None = None

    @property
    def said(self) -> str:
        """The box in a sentence, for a pointer that rests on it and for readers of the screen."""
        return ". ".join((self.heading, *self.texts))


class Arrow(NamedTuple):
    """A way from box to box, with a heading and texts; `at_end`: only the end of the phase opens it."""

    id: str
    kind: ArrowKind
    source: str
    target: str
    heading: str = ""
    texts: tuple[str, ...] = ()
    at_end: bool = False


class GraphContent(NamedTuple):
    """Everything that a state graph shows. `rows`: ids of phases side by side, the highest level first."""

    name: str
    title: str
    detail: Detail
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    rows: tuple[tuple[str, ...], ...]


def graph_content(plan: Plan, detail: Detail = "summary") -> GraphContent:
    """The boxes and arrows of a plan; in a summary, exits between the same two phases are one arrow."""
    from careplan.render.graph.arrows import arrows_of
    from careplan.render.graph.boxes import boxes_of
    from careplan.render.graph.identity import Ids
    from careplan.render.graph.rows import rows_of

    ids = Ids(plan)
    rows = tuple(tuple(ids.of(phase.name) for phase in row) for row in rows_of(plan))
    boxes, arrows = boxes_of(plan, ids, detail), arrows_of(plan, ids, detail)
    return GraphContent(plan.name, plan.label, detail, boxes, arrows, rows)


def phase_titles(plan: Plan) -> dict[str, str]:
    """The title of every phase and outcome by its name."""
    elements: tuple[Phase, ...] = plan.phases
    return {e.name: e.label for e in (*elements, *plan.outcomes)}
