"""The phases: what happens in a week, how many hours, when you move on, and a week as an example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from careplan.plan.model import Exit, Phase, Plan, ServiceLine
from careplan.plan.stretches import OtherWeeks, Stretch, hours_stretches
from careplan.plan.words import listed, range_words
from careplan.render.document.html import Child, Html, bullets, join, link, paragraphs, picture, table, tag
from careplan.render.document.parts import notes_of, section
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.exits import WayOut, ways_out, ways_out_anytime
from careplan.render.plain.lines import plain_assessment, plain_formats, plain_length, plain_service_line
from careplan.render.plain.words import capital, plain_hours, plain_lasts, plain_level, plain_period, sentence

OPEN = 52  # weeks that a stretch without an end counts for
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
        said.append(sentence(f"The level of care is {plain_level(phase.level)}"))
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
    title = link(f"#service-{service.name}", service.label)
    words = (plain_service_line(plan, line), plain_length(service, line), plain_formats(service))
    return title, *(capital(each) for each in words)


def _tests(plan: Plan, phase: Phase) -> Html:
    rows = []
    for line in phase.assessments:
        titles = join([(", " if n else "", _measure_link(plan, m)) for n, m in enumerate(line.measures)])
        rows.append((titles, capital(plain_assessment(plan, line))))
    return table(("What", "When"), rows, "Tests and questionnaires")


def _measure_link(plan: Plan, name: str) -> Html:
    return link(f"#measure-{name}", title_of(plan, name))


def _hours(plan: Plan, phase: Phase) -> Html:
    stretches = hours_stretches(plan, phase)
    if not any(each.high or any(other.high for other in each.others) for each in stretches):
        return Html("")
    heading = tag("h4", "Treatment hours a week, breaks and support not counted")
    return join([heading, bullets((_stretch_words(each) for each in stretches), class_="hours")])


def _stretch_words(stretch: Stretch) -> str:
    """`Weeks 1 to 8: 12.8 hours; in weeks 2 and 6: 13.8 hours`."""
    if stretch.last is None:
        weeks = f"From week {stretch.first}"
    else:
        weeks = "Week" if stretch.first == stretch.last else "Weeks"
        weeks += f" {range_words(stretch.first, stretch.last)}"
    others = "".join(f"; {_other_weeks(each)}: {plain_hours(each.low, each.high)}" for each in stretch.others)
    return f"{weeks}: {plain_hours(stretch.low, stretch.high)}{others}"


def _other_weeks(other: OtherWeeks) -> str:
    if other.every is not None:
        return f"{plain_period(7 * other.every)}, in weeks {other.weeks[0]} to {other.weeks[-1]}"
    return f"in {'week' if len(other.weeks) == 1 else 'weeks'} {listed(str(week) for week in other.weeks)}"


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
    """A usual week of the longest stretch of weeks, as a picture."""
    from careplan.render.week import week_svg

    if not phase.services and not phase.assessments:
        return Html("")
    week = _usual_week(hours_stretches(plan, phase))
    title = f"{phase.label}: a typical week (week {week})"
    return picture(week_svg(plan, phase.name, week), f"week-{phase.name}", title, "wide week")


def _usual_week(stretches: tuple[Stretch, ...]) -> int:
    """The first usual week of the longest stretch; a week with treatment rather than one without."""
    longest = max(stretches, key=lambda s: (s.last or s.first + OPEN) - s.first)
    if longest.high == 0 and longest.others:
        return longest.others[0].weeks[0]
    unusual = {week for other in longest.others for week in other.weeks}
    weeks = range(longest.first, (longest.last or longest.first + OPEN) + 1)
    return next((week for week in weeks if week not in unusual), longest.first)
