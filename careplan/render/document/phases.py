"""The phases: what happens in a week, how many hours, when you move on, and a week as an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careplan.plan.model import Exit, Phase, Plan, ServiceLine
from careplan.plan.weeks import HoursSpan, phase_hours
from careplan.plan.words import listed
from careplan.render.document.html import Child, Html, bullets, join, link, paragraphs, picture, table, tag
from careplan.render.document.parts import notes_of, section
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.exits import WayOut, ways_out, ways_out_anytime
from careplan.render.plain.lines import plain_assessment, plain_formats, plain_length, plain_service_line
from careplan.render.plain.words import plain_hours, plain_lasts, plain_level, plain_period, sentence

MOST_SPANS = 6  # more runs of weeks than this are told as one range
ARROWS = {"step down": "↓", "step up": "↑", "move": "→", "discharge": "■", "extend": "↻"}


def phases(plan: Plan) -> Html:
    """A part for every phase, then what can happen in any of them."""
    parts: list[Child] = [_phase(plan, phase) for phase in plan.phases]
    return section("phases", "Phase by phase", parts, _anytime(plan))


def _phase(plan: Plan, phase: Phase) -> Html:
    anchor = f"phase-{phase.name}"
    return tag(
        "article",
        tag("h3", phase.label, id=f"{anchor}-title"),
        paragraphs(_intro(plan, phase)),
        notes_of(plan, phase),
        _services(plan, phase, "therapy", "Treatment"),
        _hours(plan, phase),
        _services(plan, phase, "support", "Support, beside treatment"),
        _tests(plan, phase),
        tag("h4", "How this phase ends"),
        _ways(ways_out(plan, phase)) or tag("p", "The plan names no end of this phase."),
        _week(plan, phase),
        id=anchor,
        aria_labelledby=f"{anchor}-title",
    )


def _intro(plan: Plan, phase: Phase) -> Iterator[str]:
    said = []
    if phase.lasts is not None:
        said.append(sentence(f"This phase lasts {plain_lasts(phase.lasts)}"))
        if phase.lasts.until is not None:
            said.append(sentence(f"It is over as soon as {plain_condition(plan, phase.lasts.until)}"))
    if phase.level is not None:
        said.append(sentence(f"It is care of {plain_level(phase.level)}"))
    if phase.settings:
        said.append(sentence(f"It takes place in {listed(phase.settings)}"))
    if phase.review_days is not None:
        said.append(sentence(f"{plain_period(phase.review_days)} your team looks at the next step with you"))
    yield " ".join(said)
    for back in phase.returns:
        after = f" from {listed(title_of(plan, name) for name in back.after)}" if back.after else ""
        way = (
            "it starts again from its first day" if back.way == "restart" else "it goes on where you left it"
        )
        yield sentence(f"If you come back to this phase{after}, {way}")


def _services(plan: Plan, phase: Phase, kind: str, caption: str) -> Html:
    lines = [line for line in phase.services if plan.service(line.service).kind == kind]
    heads = ("What", "How often", "Each time", "How")
    return table(heads, (_service_row(plan, line) for line in lines), caption)


def _service_row(plan: Plan, line: ServiceLine) -> tuple[Child, ...]:
    service = plan.service(line.service)
    often = plain_service_line(plan, line)
    title = link(f"#service-{service.name}", service.label)
    return title, often[:1].upper() + often[1:], plain_length(service, line), plain_formats(service)


def _tests(plan: Plan, phase: Phase) -> Html:
    rows = []
    for line in phase.assessments:
        often = plain_assessment(plan, line)
        titles = join([(", " if n else "", _measure_link(plan, m)) for n, m in enumerate(line.measures)])
        rows.append((titles, often[:1].upper() + often[1:]))
    return table(("What", "When"), rows, "Tests and questionnaires")


def _measure_link(plan: Plan, name: str) -> Html:
    return link(f"#measure-{name}", title_of(plan, name))


def _hours(plan: Plan, phase: Phase) -> Html:
    spans = [span for span in phase_hours(plan, phase) if span.high]
    if not spans:
        return Html("")
    if 1 < len(spans) <= MOST_SPANS:
        lead = tag("p", "Treatment hours a week, breaks and support not counted:")
        return join([lead, bullets((_span_words(span) for span in spans), class_="hours")])
    hours = plain_hours(min(s.low for s in spans), max(s.high for s in spans))
    return tag("p", f"Treatment takes {hours} a week, breaks and support not counted.")


def _span_words(span: HoursSpan) -> str:
    if span.last_week is None:
        weeks = f"From week {span.first_week}"
    elif span.first_week == span.last_week:
        weeks = f"Week {span.first_week}"
    else:
        weeks = f"Weeks {span.first_week} to {span.last_week}"
    return f"{weeks}: {plain_hours(span.low, span.high)}"


def _ways(ways: Iterable[WayOut]) -> Html:
    return bullets(
        (
            join([
                tag("span", ARROWS[way.exit.direction], class_="arrow", aria_hidden="true"),
                tag("div", way.lead, bullets(way.points)),
            ])
            for way in ways
        ),
        class_="ways",
    )  # fmt: skip


def _anytime(plan: Plan) -> Html:
    parts: list[Child] = []
    for block in plan.anytime:
        exits: tuple[Exit, ...] = block.exits
        ways = _ways(ways_out_anytime(plan, exits))
        if ways and block.excepted:
            names = listed(title_of(plan, name) for name in block.excepted)
            parts.append(tag("p", f"In every phase but {names}:"))
        parts.append(ways)
    if not join(parts):
        return Html("")
    title = tag("h3", "In any phase", id="anytime-title")
    return tag("article", title, parts, id="anytime", aria_labelledby="anytime-title")


def _week(plan: Plan, phase: Phase) -> Html:
    """A typical week as a picture: the first of the longest run of equal weeks."""
    from careplan.render.week import week_svg

    if not phase.services and not phase.assessments:
        return Html("")
    spans = phase_hours(plan, phase)
    week = max(spans, key=_length).first_week if spans else 1
    svg = week_svg(plan, phase.name, week)
    return picture(svg, f"week-{phase.name}", f"{phase.label}: a typical week (week {week})", "wide week")


def _length(span: HoursSpan) -> int:
    return (span.last_week or span.first_week + 52) - span.first_week + 1
