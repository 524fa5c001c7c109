"""Dated sessions: against another recurrence engine, in odd zones and years, around holidays, as typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import DAILY, WEEKLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

import careplan
from careplan.commands.main import main
from careplan.plan.facts import assignments
from careplan.plan.places import places_of
from careplan.plan.totals import line_total
from careplan.stay.expected import deciding_facts

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.careplan"))
Run = Callable[..., tuple[int, str]]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE = """
plan one
  start in a
therapy group-a
  length 90 min
therapy talk
  length 50 min
  missed make up within 7 days
measure mood 0 to 10, lower is better
phase a
  lasts 8 weeks
  {line}
  at end discharge as done
outcome done
  planned
"""


def plan_with(line: str) -> careplan.Plan:
    return careplan.loads(ONE.format(line=line))


# ------------------------------------------------------------------- against dateutil, a recurrence engine


@settings(max_examples=60, deadline=None)
@given(
    start=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    days=st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(sorted),
    every=st.sampled_from([1, 2, 3]),
)
def test_named_weekdays_fall_where_dateutil_puts_them(start: date, days: list[int], every: int) -> None:
    """Every week on named weekdays is WEEKLY;BYDAY; every n weeks counts phase weeks from the first day."""
    days = days if every == 1 else days[:1]
    names = ", ".join(DAYS[d] for d in days)
    often = f"{len(days)} per week" if every == 1 else f"every {every} weeks"
    plan = plan_with(f"group-a {often} on {names} at 18:00")
    ours = [o.start for o in careplan.sessions(plan, start, zone="America/Chicago")]
    zone = ZoneInfo("America/Chicago")
    begin = datetime(start.year, start.month, start.day, 18, tzinfo=zone)
    until = begin + timedelta(days=55)
    week = start.weekday()
    theirs = rrule(WEEKLY, dtstart=begin, until=until, byweekday=days, wkst=week, interval=every)
    assert ours == list(theirs)


@settings(max_examples=30, deadline=None)
@given(
    start=st.dates(date(2020, 1, 1), date(2090, 1, 1)), first=st.integers(1, 20), length=st.integers(0, 20)
)
def test_daily_lines_fall_where_dateutil_puts_them(start: date, first: int, length: int) -> None:
    plan = plan_with(f"group-a daily in days {first} to {first + length}")
    ours = [o.date for o in careplan.sessions(plan, start)]
    begin = datetime.combine(start, datetime.min.time()) + timedelta(days=first - 1)
    theirs = [d.date() for d in rrule(DAILY, dtstart=begin, count=length + 1)]
    assert ours == theirs


# ------------------------------------------------------------------------------ against the plan's totals


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_sessions_agree_with_the_totals_that_show_prints(path: Path) -> None:
    """For every weekday of admission and every set of facts, each line has as many as `show` allows."""
    plan = careplan.load(path)
    conditions = [p.condition for p in places_of(plan) if p.role in ("if", "door", "start", "exit", "at end")]
    for weekday, facts in product(range(7), assignments(plan, conditions)[:4]):
        found = careplan.sessions(plan, date(2026, 3, 2) + timedelta(weekday), _complete(plan, facts))
        days: dict[tuple[str, int], int] = {}
        counts: dict[tuple[str, int], dict[int, int]] = {}
        for each in found:
            visit = (each.phase, each.visit)
            days[visit] = max(days.get(visit, 0), each.phase_day)
            if each.kind == "session":
                lines = counts.setdefault(visit, {})
                lines[each.line] = lines.get(each.line, 0) + 1
        for (name, _visit), lines in counts.items():
            phase = plan.phase(name)
            stayed = max(days[name, _visit], phase.lasts.low if phase.lasts else 1)
            for line in phase.services:
                total = line_total(plan, phase, line, stayed)
                assert lines.get(line.span.line, 0) <= total.high, (path.stem, line)


def _complete(plan: careplan.Plan, facts: dict[str, str | float]) -> dict[str, str | float]:
    """The facts, and any value for those that decide and are not among them."""
    found = dict(facts)
    for fact in plan.facts:
        if fact.name in deciding_facts(plan) and fact.name not in found:
            domain = fact.domain
            found[fact.name] = (domain.values or (domain.low or 0,))[0]
    return found


def test_matrix_sessions_are_the_manuals() -> None:
    plan = careplan.load(ROOT / "examples" / "matrix-iop.careplan")
    facts = _complete(plan, {})
    found = [o for o in careplan.sessions(plan, date(2026, 3, 2), facts) if o.kind == "session" and o.owed]
    counts: dict[str, int] = {}
    for each in found:
        counts[each.name] = counts.get(each.name, 0) + 1
    assert sorted(counts.values()) == [3, 8, 12, 32, 36]


# ----------------------------------------------------------------------------------- zones and far years


def test_a_time_that_the_clock_leaves_out_is_moved_forward_and_says_so() -> None:
    plan = plan_with("group-a daily at 02:30 in days 1 to 3")
    found = careplan.sessions(plan, date(2026, 3, 7), zone="America/Chicago")
    gap = found[1]
    assert (gap.start, gap.status) == (
        datetime(2026, 3, 8, 3, 30, tzinfo=ZoneInfo("America/Chicago")),
        "moved",
    )
    assert gap.moved_because is not None
    assert "does not exist" in gap.moved_because


def test_a_time_that_comes_twice_is_the_first() -> None:
    plan = plan_with("group-a daily at 01:30 in days 1 to 2")
    found = careplan.sessions(plan, date(2026, 11, 1), zone="America/Chicago")
    assert found[0].start is not None
    assert found[0].start.utcoffset() == timedelta(hours=-5)
    assert found[0].status == "planned"
    assert "comes twice" in str(found[0].moved_because)


def test_wall_time_stays_over_the_change() -> None:
    plan = plan_with("group-a daily at 18:00")
    found = careplan.sessions(plan, date(2026, 3, 2), zone="America/Chicago")
    assert {o.start.hour for o in found if o.start} == {18}
    assert {o.start.utcoffset() for o in found if o.start} == {timedelta(hours=-6), timedelta(hours=-5)}


def test_dates_far_past_2038() -> None:
    plan = plan_with("group-a weekly on mon at 18:00")
    found = careplan.sessions(plan, date(2199, 12, 30), zone="America/Chicago")
    assert found[-1].date.year == 2200
    assert all(o.date.weekday() == 0 for o in found)


# -------------------------------------------------------------------------- identity, windows and changes


def test_a_uid_is_the_same_each_time_and_its_own() -> None:
    plan = careplan.load(EXAMPLES[0])
    facts = _complete(plan, {})
    first = [o.uid for o in careplan.sessions(plan, date(2026, 3, 2), facts)]
    assert first == [o.uid for o in careplan.sessions(careplan.load(EXAMPLES[0]), date(2026, 3, 2), facts)]
    assert len(set(first)) == len(first)


def test_a_timing_hash_changes_with_the_timing_alone() -> None:
    before = careplan.sessions(plan_with("group-a weekly on mon"), date(2026, 3, 2))[0]
    moved = careplan.sessions(plan_with("# a remark\n  group-a weekly on mon"), date(2026, 3, 2))[0]
    other = careplan.sessions(plan_with("group-a weekly on tue"), date(2026, 3, 2))[0]
    assert before.timing_hash == moved.timing_hash != other.timing_hash
    assert before.uid == moved.uid == other.uid
    assert moved.line == before.line + 1


def test_floating_sessions_may_move_within_their_week_and_the_visit() -> None:
    found = careplan.sessions(plan_with("group-a 2 per week"), date(2026, 3, 4))
    assert [o.date.weekday() for o in found[:2]] == [3, 1]
    for each in found:
        assert each.movable
        assert each.earliest <= each.date <= each.latest
        assert (each.latest - each.earliest).days == 6
        assert (each.earliest - date(2026, 3, 4)).days % 7 == 0


def test_holidays_follow_the_plans_own_policy() -> None:
    closed = {date(2026, 5, 25): "Memorial Day"}
    made_up = careplan.sessions(plan_with("talk weekly on mon"), date(2026, 5, 18), holidays=closed)[1]
    assert (made_up.status, made_up.date, made_up.moved_from) == (
        "moved",
        date(2026, 5, 26),
        date(2026, 5, 25),
    )
    assert made_up.moved_because == "Memorial Day on 2026-05-25"
    fixed = careplan.sessions(plan_with("group-a weekly on mon"), date(2026, 5, 18), holidays=closed)[1]
    assert (fixed.status, fixed.moved_because) == ("cancelled", "Memorial Day")
    kept = careplan.sessions(
        plan_with("group-a weekly on mon"), date(2026, 5, 18), holidays=closed, on_holiday="keep"
    )[1]
    assert (kept.status, kept.date) == ("planned", date(2026, 5, 25))


def test_sessions_before_admission_are_cancelled() -> None:
    from datetime import time

    plan = plan_with("group-a daily at 09:00")
    found = careplan.sessions(plan, date(2026, 3, 2), admitted_at=time(15))
    assert (found[0].status, found[1].status) == ("cancelled", "planned")


# --------------------------------------------------------------------------------------------- as typed


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Types the verb; gives the exit code and all that is printed."""

    def typed(*args: str) -> tuple[int, str]:
        code = main(["schedule", *args])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return typed


OUD = str(ROOT / "examples" / "oud-step-down.careplan")
FACTS = ("--fact", "track=evening", "--fact", "co-occurring=no")


def test_schedule_prints_json_of_every_field(run: Run) -> None:
    code, printed = run(OUD, "--start", "2026-03-02", *FACTS, "--zone", "America/Chicago", "--format", "json")
    assert code == 0
    rows = json.loads(printed)
    assert {"uid", "timing_hash", "number", "of", "earliest", "latest", "seats", "file", "line"} <= rows[
        0
    ].keys()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ((OUD, "--start", "2026-02-30", *FACTS), "`2026-02-30` is no date; write it as 2026-03-02"),
        ((OUD, "--start", "2026-03-02"), "for example `--fact track=day`"),
        (
            (OUD, "--start", "2026-03-02", *FACTS, "--zone", "America/Chicgo"),
            "did you mean `America/Chicago`?",
        ),
        ((OUD, "--start", "2026-03-02", *FACTS, "--holidays", "US-ZZ"), "`US` has no part `ZZ`"),
        ((OUD, "--start", "2026-03-02", *FACTS, "--stay", "iop"), "needs a name and a value"),
        ((OUD, "--start", "2026-03-02", *FACTS, "--stay", "detox=3"), "the plan has no phase `detox`"),
        ((OUD, "--start", "2026-03-02", *FACTS, "-o", "x.docx"), "does not say what to write"),
    ],
)
def test_what_is_wrong_is_said(run: Run, args: tuple[str, ...], says: str) -> None:
    code, printed = run(*args)
    assert code == 2
    assert says in printed


def test_the_table_names_holidays_and_windows(run: Run) -> None:
    code, printed = run(OUD, "--start", "2026-11-02", *FACTS, "--holidays", "US-IL", "--format", "table")
    assert code == 0
    assert "Veterans Day" in printed
    assert "any day 11-02 to 11-08" in printed


def test_a_scenarios_stay_is_put_on_the_calendar(run: Run) -> None:
    title = careplan.load(OUD).scenarios[0].title
    code, printed = run(OUD, "--start", "2026-03-02", "--scenario", title, "--format", "json")
    assert code == 0
    rows = json.loads(printed)
    assert rows[0]["date"] == "2026-03-02"
    assert len({row["uid"] for row in rows}) == len(rows)
    code, printed = run(OUD, "--start", "2026-03-02", "--scenario", "no such story")
    assert (code, "no scenario is called" in printed) == (2, True)


def test_a_plan_dates_its_own_sessions() -> None:
    plan = plan_with("group-a weekly on mon at 18:00")
    assert plan.sessions(date(2026, 3, 2), zone="UTC") == careplan.sessions(
        plan, date(2026, 3, 2), zone="UTC"
    )
