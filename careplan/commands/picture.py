"""Which picture was asked for, in which format, and drawing it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

if TYPE_CHECKING:
    from careplan.plan.facts import Facts
    from careplan.plan.model import Plan

FORMATS = ("svg", "png", "pdf", "html", "txt", "dot", "mmd")
MOST_LETTERS = 12  # that are named one by one
What = Literal["timeline", "graph", "week", "scenario", "document"]
_CAN: dict[What, tuple[str, ...]] = {
    "timeline": ("svg", "png", "pdf", "html", "txt"),
    "graph": ("svg", "png", "pdf", "html", "dot", "mmd"),
    "week": ("svg", "png", "pdf", "html", "txt"),
    "scenario": ("svg", "png", "pdf", "html"),
    "document": ("html",),
}


class Order(NamedTuple):
    """What to draw and as what: `phase` and `week` of a week, `detail` of a graph, `title` of a scenario."""

    what: What
    format: str
    phase: str = ""
    week: int = 0
    detail: Literal["summary", "full"] = "summary"
    title: str = ""


def choose(
    output: str | None,
    format_: str | None,
    *,
    timeline: bool,
    graph: bool,
    week: str | None,
    detail: Literal["summary", "full"] | None,
    scenario: str | None = None,
) -> Order:
    """The order that these options make; UsageError if they do not go together."""
    named: dict[What, object] = {"timeline": timeline, "graph": graph, "week": week, "scenario": scenario}
    asked = [what for what, on in named.items() if on]
    if len(asked) > 1:
        raise click.UsageError(f"--{asked[0]} and --{asked[1]} are two pictures; ask for one at a time")
    kind = format_ or _format_of(output, asked)
    if kind in ("png", "pdf") and output is None and sys.stdout.isatty():
        raise click.UsageError(
            f"a .{kind} is nothing for a terminal; name a file for it, such as -o plan.{kind}"
        )
    what = asked[0] if asked else _usual(kind)
    if detail and what != "graph":
        raise click.UsageError("--detail goes with --graph")
    if kind not in _CAN[what]:
        can = ", ".join(f".{c}" for c in _CAN[what])
        raise click.UsageError(f"a {what} cannot be written as .{kind}; it can be: {can}")
    phase, number = _week(week) if week else ("", 0)
    return Order(what, kind, phase, number, detail or "summary", scenario or "")


def _format_of(output: str | None, asked: list[What]) -> str:
    if output is None and asked == ["graph"]:
        raise click.UsageError("the graph needs a file, such as -o graph.svg, or --format dot or mmd")
    if output is None and asked == ["scenario"]:
        raise click.UsageError(
            "a scenario's picture needs a file, such as -o stay.svg; `careplan test --trace` tells it here"
        )
    if output is None or output == "-":
        return "txt"
    ending = Path(output).suffix.lower().lstrip(".")
    if ending not in FORMATS:
        has = f"`.{ending}` is no kind of picture" if ending else f"`{output}` does not say which kind it is"
        raise click.UsageError(f"{has}; a file can end in {', '.join(f'.{f}' for f in FORMATS)}")
    return ending


def _usual(kind: str) -> What:
    if kind == "html":
        return "document"
    return "graph" if kind in ("dot", "mmd") else "timeline"


def _week(text: str) -> tuple[str, int]:
    phase, _, number = text.rpartition(":")
    if not phase or not number.isdecimal() or int(number) < 1:
        raise click.UsageError(f"`--week {text}` needs a phase and a week, such as `--week iop:3`")
    return phase, int(number)


def drawn(plan: Plan, order: Order, facts: Facts | None) -> str | bytes:
    """What the order asks for: text, or the bytes of a .png or .pdf."""
    from careplan.render.errors import RenderError
    from careplan.render.week import WeekProblem

    try:
        return _drawn(plan, order, facts)
    except (RenderError, WeekProblem) as problem:
        raise click.ClickException(str(problem)) from problem


def _drawn(plan: Plan, order: Order, facts: Facts | None) -> str | bytes:
    if order.format == "txt":
        return _as_text(plan, order, facts)
    if order.format == "dot":
        from careplan.render.graph import graph_dot

        return graph_dot(plan, order.detail)
    if order.format == "mmd":
        from careplan.render.mermaid import graph_mermaid

        return graph_mermaid(plan, order.detail)
    if order.what == "document":
        from careplan.render.document import document_html

        return document_html(plan)
    svg = _as_svg(plan, order, facts)
    if order.format == "html":
        from careplan.render.page import picture_page

        return picture_page(svg, f"{plan.label}: {order.what}")
    return svg if order.format == "svg" else _as_pixels(svg, order.format)


def _as_pixels(svg: str, kind: str) -> bytes:
    """The picture as .png or .pdf; letters that may be missing from it are named on the standard error."""
    from careplan.render.raster import letters_not_shipped, svg_to_pdf, svg_to_png

    content = svg_to_png(svg) if kind == "png" else svg_to_pdf(svg)
    if lacking := letters_not_shipped(svg):
        some = " ".join(lacking[:MOST_LETTERS]) + (" …" if len(lacking) > MOST_LETTERS else "")
        click.echo(
            f"note: careplan's own font lacks {some}; where this machine has no font for them either, the "
            f".{kind} leaves them out: look at it, or write .svg or .html, which the reader's fonts draw",
            err=True,
        )
    return content


def _as_text(plan: Plan, order: Order, facts: Facts | None) -> str:
    from careplan.commands.output import columns, wants_colour

    width = columns(sys.stdout)
    if order.what == "week":
        from careplan.render.week import week_text

        return week_text(plan, order.phase, order.week, facts, width)
    from careplan.render.terminal import timeline_text

    return timeline_text(plan, width, wants_colour(sys.stdout))


def _as_svg(plan: Plan, order: Order, facts: Facts | None) -> str:
    if order.what == "graph":
        from careplan.render.graph import graph_svg

        return graph_svg(plan, order.detail)
    if order.what == "week":
        from careplan.render.week import week_svg

        return week_svg(plan, order.phase, order.week, facts)
    if order.what == "scenario":
        return _story_svg(plan, order.title)
    from careplan.render.timeline import timeline_svg

    return timeline_svg(plan, facts)


def _story_svg(plan: Plan, title: str) -> str:
    """The stay of the scenario of that title, or of the only one with these words in its title."""
    from careplan.commands.opening import scenario_of
    from careplan.render.story import story_picture
    from careplan.stay.scenario import run

    ran = run(plan, scenario_of(plan, title))
    if ran.story is None:
        raise click.ClickException(f"this scenario cannot be told: {ran.result.troubles[0].what}")
    for trouble in ran.result.troubles:
        click.echo(f"note: {trouble.what}", err=True)
    return story_picture(ran.story).svg
