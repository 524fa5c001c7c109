"""The weekly grid: every session on its day, all of it on the page, clear words for what is not there."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from made_plans import plans

from careplan.plan.facts import holds
from careplan.plan.model import Frequency, Lasts, Phase, Placement, Plan, Service, ServiceLine
from careplan.plan.weeks import horizon_weeks, line_weeks
from careplan.reading import read_file
from careplan.render.text import text_width
from careplan.render.timeline.picture import Box
from careplan.render.week import WeekProblem, week_svg, week_text
from careplan.render.week.content import week_sheet
from careplan.render.week.settled import is_settled
from careplan.render.week.slots import FLOATING, slots

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"


def example(name: str) -> Plan:
    reading = read_file(ROOT / "examples" / f"{name}.careplan")
    assert reading.plan is not None, reading.diagnostics
    return reading.plan


EXAMPLES = [path.stem for path in sorted((ROOT / "examples").glob("*.careplan"))]
OUD = example("oud-step-down")


def weeks_of(plan: Plan, phase: Phase) -> list[int]:
    last = horizon_weeks(plan, phase)
    return sorted({1, 2, (last + 1) // 2, last} & set(range(1, last + 1)))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_session_of_the_week_is_on_the_sheet(name: str) -> None:
    plan = example(name)
    for phase in plan.phases:
        for week in weeks_of(plan, phase):
            sheet = week_sheet(plan, phase.name, week)
            shown = sum(len(day.treatment) + len(day.support) for day in sheet.days)
            planned = [line for line in phase.services if is_settled(line)]
            counts = [line_weeks(plan, phase, line)[week - 1].high for line in planned]
            assert shown == sum(counts), (phase.name, week)


def faults(svg: str) -> list[str]:
    """Every text that leaves the page or touches another one, every card that covers another, and a sheet
    that is wider than paper.
    """
    root = ElementTree.fromstring(svg)
    _, _, width, height = (float(n) for n in root.attrib["viewBox"].split())
    found = [] if height / width >= 210 / 297 - 0.01 else ["wider than paper"]
    page, texts = Box(0, 0, width, height), []
    for text in root.iter(f"{SVG}text"):
        size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
        wide = text_width(text.text or "", size, text.attrib.get("font-weight") == "700")
        texts.append((text.text, Box(x, y - 0.75 * size, x + wide, y + 0.22 * size)))
    cards = []
    for box in root.findall(f"{SVG}rect[@rx]"):
        x, y, wide, high = (float(box.attrib[k]) for k in ("x", "y", "width", "height"))
        cards.append(("card", Box(x, y, x + wide, y + high)))
    for kind in (texts, cards):
        found += [f"off the page: {words}" for words, box in kind if not inside(page, box)]
        found += [
            f"{a} meets {b}" for (a, one), (b, other) in combinations(kind, 2) if one.overlaps(other, 0.01)
        ]
    crossing = (
        (w, b) for (_, c), (w, b) in product(cards, texts) if c.overlaps(b, 0.01) and not inside(c, b)
    )
    return found + [f"out of its card: {words}" for words, _ in crossing]


def inside(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_leaves_the_page_or_covers_something_else(name: str) -> None:
    plan = example(name)
    for phase in plan.phases:
        for week in weeks_of(plan, phase):
            assert faults(week_svg(plan, phase.name, week)) == [], (phase.name, week)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_any_week_is_whole(plan: Plan) -> None:
    for phase in plan.phases[:4]:
        assert faults(week_svg(plan, phase.name, 1)) == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [40, 100])
def test_text_keeps_to_the_width(name: str, width: int) -> None:
    plan = example(name)
    for phase in plan.phases:
        lines = week_text(plan, phase.name, 1, width=width).splitlines()
        assert max(map(len, lines)) <= width
        assert all(f"{day}day" in "\n".join(lines) for day in ("Mon", "Satur", "Sun"))


def test_facts_decide_the_track_and_what_is_not_given_is_told() -> None:
    either = " ".join(week_text(OUD, "iop", 1).split())
    assert "if Schedule track is evening" in either
    assert "if Schedule track is day" in either
    evening = week_text(OUD, "iop", 1, {"track": "evening"})
    assert "Schedule track: evening" in evening
    assert "18:00–21:30" in evening
    assert "09:30" not in evening
    assert "Schedule track is" not in evening


def test_facts_leave_out_exactly_the_lines_of_other_tracks() -> None:
    sheet = week_sheet(OUD, "iop", 1, {"track": "day", "co-occurring": "no"})
    phase = OUD.phase("iop")
    lines = [n for n in phase.services if holds(n.if_facts, {"track": "day", "co-occurring": "no"})]
    cards = sum(len(day.treatment) + len(day.support) for day in sheet.days)
    assert cards == sum(line_weeks(OUD, phase, line)[0].high for line in lines)
    assert not any(
        note.startswith("if ") for day in sheet.days for card in day.treatment for note in card.notes
    )


# ------------------------------------------------------------------------------------- placement


@pytest.mark.parametrize(("count", "days"), FLOATING.items())
def test_floating_sessions_sit_on_fixed_weekdays(count: int, days: tuple[int, ...]) -> None:
    placed = slots(count, Placement())
    assert tuple(slot.weekday for slot in placed) == days
    assert all(slot.movable == (count < 7) for slot in placed)


def test_named_weekdays_are_kept() -> None:
    placed = slots(3, Placement(weekdays=(0, 2, 4), times=("18:00",)))
    assert [(slot.weekday, slot.time, slot.movable) for slot in placed] == [
        (0, "18:00", False), (2, "18:00", False), (4, "18:00", False),
    ]  # fmt: skip


def test_two_a_day_stand_at_both_times() -> None:
    placed = slots(14, Placement(times=("09:00", "14:00")))
    assert [(slot.weekday, slot.time) for slot in placed][:3] == [(0, "09:00"), (0, "14:00"), (1, "09:00")]
    assert len(placed) == 14


def test_fewer_sessions_than_weekdays_may_move() -> None:
    placed = slots(1, Placement(weekdays=(1, 3)))
    assert [(slot.weekday, slot.movable) for slot in placed] == [(1, True)]


# ------------------------------------------------------------------------------- what is not there


@pytest.mark.parametrize(
    ("phase", "week", "facts", "words"),
    [
        ("ipo", 1, {}, "this plan has no phase `ipo`; did you mean `iop`?"),
        ("x", 1, {}, "this plan has no phase `x`; its phases are residential, iop and aftercare"),
        ("iop", 0, {}, "there is no week 0: the first week of `iop` is week 1"),
        ("iop", 17, {}, "there is no week 17 in `iop`: it lasts 16 weeks at most"),
        ("iop", 1, {"trak": "day"}, "this plan has no fact `trak`; did you mean `track`?"),
        ("iop", 1, {"track": "night"}, "`track` cannot be night: it is day or evening"),
    ],
)
def test_a_week_that_is_not_there_is_explained(
    phase: str, week: int, facts: dict[str, str], words: str
) -> None:
    with pytest.raises(WeekProblem) as problem:
        week_svg(OUD, phase, week, facts)
    assert str(problem.value) == words
    assert isinstance(problem.value, ValueError)


def test_what_people_wrote_is_escaped() -> None:
    service = Service(kind="therapy", name="a", title='<script>alert("1")</script> & more', minutes=60)
    line = ServiceLine(service="a", frequency=Frequency(kind="per", low=2, high=2, period_days=7))
    plan = Plan(name="p", services=(service,), phases=(Phase(name="only", title="<b>", services=(line,)),))
    svg = week_svg(plan, "only", 3)
    assert "<script>" not in svg
    assert "<b>" not in svg
    ElementTree.fromstring(svg)


def test_a_week_that_the_phase_cuts_off_says_so() -> None:
    phase = Phase(name="short", lasts=Lasts(low=10, high=10))
    text = week_text(Plan(name="p", phases=(phase,)), "short", 2)
    assert "This phase ends 3 days into this week at the latest." in text
    assert "ends" not in week_text(Plan(name="p", phases=(phase,)), "short", 1)


def test_a_full_week_still_fits_one_page() -> None:
    names = [f"service-{number}" for number in range(12)]
    each = Frequency(kind="per", low=7, high=7, period_days=7)
    plan = Plan(
        name="full",
        services=tuple(
            Service(kind="therapy", name=n, title="Psychotherapie " * 3, minutes=50) for n in names
        ),
        phases=(Phase(name="all", services=tuple(ServiceLine(service=n, frequency=each) for n in names)),),
    )
    root = ElementTree.fromstring(week_svg(plan, "all", 1))
    _, _, width, height = (float(n) for n in root.attrib["viewBox"].split())
    assert height / width == pytest.approx(210 / 297, rel=0.01)
