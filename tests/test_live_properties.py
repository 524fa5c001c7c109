"""Any stream of records gives a stay, and the same one again: from its events, from JSON, in any order.

Stays of the scenarios' stories, told record by record, come out as the scenario runner lives them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careplan
import careplan.stay.expected
from careplan import RecordError, Stay
from careplan.plan.model import Plan
from careplan.stay.day import Day, admit, due, live
from careplan.stay.live import StayEvent
from careplan.stay.live.closing import is_seldom
from careplan.stay.live.events import KINDS
from careplan.stay.program import Program
from careplan.stay.records import Due, Records, Status, Value
from careplan.stay.scenario import run
from careplan.stay.scenario.story import Story

ROOT = Path(__file__).parents[1]
NAMES = (
    "oud-step-down",
    "xbot-induction-fallback",
    "co-occurring-dbt-iop",
    "otp-methadone",
    "xr-buprenorphine",
)
START = date(2026, 3, 2)
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.careplan"))


@cache
def plan_of(name: str) -> Plan:
    return careplan.load(ROOT / f"examples/{name}.careplan")


@st.composite
def values(draw: st.DrawFn, plan: Plan, kind: str, name: str) -> object:
    if kind == "result":
        found = next((m for m in plan.measures if m.name == name), None)
        if found is not None and found.domain.kind == "number":
            low, high = int(found.domain.low or 0), int(found.domain.high or 50)
            return draw(st.integers(low, high) | st.sampled_from((-1, 1e9, "missing", "cancelled", None)))
        words = found.domain.values or ("yes", "no") if found else ()
        return draw(st.sampled_from((*words, "missing", "cancelled", "x")))
    if kind == "session":
        return draw(
            st.sampled_from(("attended", "attended", "missed", "cancelled", "extra", "made up", "early", "x"))
        )
    return draw(st.sampled_from(("given", "missed") if kind == "dose" else (None, "yes", 3)))


@st.composite
def records(draw: st.DrawFn, plan: Plan) -> dict[str, object]:
    kind = draw(st.sampled_from((*KINDS, "result", "session")))
    elements = {"result": plan.measures, "session": plan.services, "event": plan.events,
                "dose": plan.medications}[kind]  # fmt: skip
    name = draw(st.sampled_from([*(e.name for e in elements), "nobody"]))
    return {
        "kind": kind, "name": name, "value": draw(values(plan, kind, name)),
        "number": draw(st.sampled_from((None, None, None, 1, 2))),
        "missed": draw(st.none() | st.integers(-4, 9)),
        "key": draw(st.sampled_from((None, None, "a", "b"))),
    }  # fmt: skip


def steps(plan: Plan) -> st.SearchStrategy[list[tuple[str, dict[str, object], int]]]:
    """Verbs with a record and how many days ahead, or for `amend` back."""
    verbs = st.sampled_from(("record", "record", "record", "close", "advance", "amend", "withdraw"))
    return st.lists(st.tuples(verbs, records(plan), st.sampled_from((0, 0, 0, 0, 1, 2, 7, 20))), max_size=40)


def admitted(plan: Plan) -> Stay:
    facts = {f.name: f.domain.values[0] if f.domain.values else f.domain.low for f in plan.facts}
    return Stay(plan, START, {**facts, **({"age": 30} if "age" in facts else {})}, id="one")


def play(stay: Stay, verb: str, record: dict[str, object], days: int) -> None:
    if verb in ("close", "advance"):
        stay.close(stay.today) if verb == "close" else stay.advance_to(stay.today + timedelta(days))
        return
    on = stay.today + timedelta(days) * (1 if verb == "record" else -1)
    missed = record["missed"]
    more = {
        "on": on, "number": record["number"], "key": record["key"],
        "due_on": on - timedelta(missed) if isinstance(missed, int) else None,
    }  # fmt: skip
    said = (record["kind"], record["name"], record["value"])
    if verb == "record":
        stay.record(*said, **more)  # type: ignore[arg-type]
    else:
        stay.amend(*said, **more, withdraw=verb == "withdraw")  # type: ignore[arg-type]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_stream_gives_a_stay_and_the_same_again(data: st.DataObject) -> None:
    plan = plan_of(data.draw(st.sampled_from(NAMES)))
    stay = admitted(plan)
    for verb, record, days in data.draw(steps(plan)):
        before = (stay.state, stay.events)
        try:
            play(stay, verb, record, days)
        except RecordError:
            assert (stay.state, stay.events) == before, "a refusal changes nothing"
    for again in (
        Stay.replay(plan, stay.events),
        Stay.replay(plan, [event.to_dict() for event in stay.events]),
        Stay.from_json(plan, stay.to_json()),
    ):
        assert (again.state, again.events, again.unused) == (stay.state, stay.events, stay.unused)
        assert (str(again.why()), again.due(again.today)) == (str(stay.why()), stay.due(stay.today))
        assert again.to_json() == stay.to_json()
    if stay.outcome is None:
        stay.close(stay.today)
        assert str(stay.why()) or stay.outcome is None


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_a_day_s_records_makes_no_difference(data: st.DataObject) -> None:
    plan = plan_of(data.draw(st.sampled_from(NAMES)))
    one, other = admitted(plan), admitted(plan)
    for _day in range(data.draw(st.integers(1, 12))):
        said = []
        for record in data.draw(st.lists(records(plan), max_size=8)):
            try:
                play(one, "record", {**record, "key": None}, 0)
                said.append(record)
            except RecordError:
                continue
        for record in data.draw(st.permutations(said)):
            play(other, "record", {**record, "key": None}, 0)
        assert str(one.why()) == str(other.why())
        assert one.close(one.today) == other.close(other.today)
        assert one.state == other.state
        if one.outcome is not None:
            return


SECRETS = re.compile(r"4711|Jane|1987|-06-|evening|-1|1e9|1000000000|residential|nobody")


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_errors_say_nothing_of_the_patient(data: st.DataObject) -> None:
    plan = plan_of("oud-step-down")
    stay = Stay(plan, date(1987, 6, 5), {"track": "evening", "co-occurring": "yes"}, id="Jane-4711")
    refusals: list[RecordError] = []
    for verb, record, days in data.draw(steps(plan)):
        try:
            play(stay, verb, record, days)
        except RecordError as error:
            refusals.append(error)
    for refusal in refusals:
        assert not SECRETS.search(str(refusal)), str(refusal)
        assert refusal.__cause__ is None
        assert refusal.__suppress_context__ or refusal.__context__ is None
    assert not SECRETS.search(repr(stay))


def test_what_cannot_be_read_is_not_repeated() -> None:
    plan = plan_of("oud-step-down")
    stay = Stay(plan, date(1987, 6, 5), {"track": "evening", "co-occurring": "yes"}, id="Jane-4711")
    broken = stay.to_json().replace('"what": "admitted"', '"what": "evening"')
    for facts in ({"track": "Jane"}, {"Jane": "evening"}, {"track": "evening", "co-occurring": 4711}):
        with pytest.raises(RecordError) as caught:
            Stay(plan, date(1987, 6, 5), facts)
        assert not re.search("Jane|4711|1987", str(caught.value))
    with pytest.raises(RecordError) as caught:
        Stay.from_json(plan, broken)
    assert not SECRETS.search(str(caught.value))
    assert caught.value.__suppress_context__


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(0)
    plan = plan_of("oud-step-down")
    stay = admitted(plan)
    stay.record("result", "cows", 14, on=START)
    stay.advance_to(START + timedelta(40))
    Stay.from_json(plan, stay.to_json()).why()
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


# ---- the scenario runner lives the same stay ---------------------------------------------------------


def stories() -> Iterator[tuple[str, Plan, int]]:
    corpus = sorted((ROOT / "tests/corpus/scenarios").glob("*.careplan"))
    for path in [ROOT / f"examples/{name}.careplan" for name in EXAMPLES] + corpus:
        plan = careplan.load(path)
        for number, scenario in enumerate(plan.scenarios):
            yield f"{path.stem}: {scenario.title}", plan, number


def told(plan: Plan, day: Day, stay: Stay) -> Iterator[tuple[str, str, object, dict[str, object]]]:
    """The records that say what the day of a story was."""
    counts: Counter[str] = Counter()
    for place, session in enumerate(day.due.sessions):
        counts[session.service] += 1
        known = day.records.attendance
        status = known[place] if place < len(known) else ("attended" if session.owed else "cancelled")
        yield "session", session.service, status, {"number": counts[session.service]}
    for made_up in day.records.made_up:
        due_on = stay.start + timedelta(made_up.missed_on - 1)
        yield "session", made_up.service, "made up", {"due_on": due_on}
    for number, service in enumerate(day.records.extra):
        yield "session", service, "extra", {"number": number + 1}
    results = dict(day.records.results)
    for test in stay._path.due().tests:  # without those that are due only on leaving
        if test.measure not in results:
            yield "result", test.measure, "cancelled", {}
    for measure, value in results.items():
        yield "result", measure, value, {}
    for event in day.records.events:
        yield "event", event, None, {}
    for dose in day.doses:
        seldom = is_seldom(plan.medication(dose.medication).steps[dose.step])
        if seldom or not dose.given:
            yield "dose", dose.medication, "given" if dose.given else "missed", {}


def live_along(plan: Plan, story: Story) -> tuple[Stay, Story]:
    scenario = story.scenario
    start = START + timedelta(scenario.admitted_on or 0)
    stay = Stay(plan, start, {g.fact: g.value for g in scenario.given}, id=story.draw)
    for day in story.days:
        seen: set[tuple[str, ...]] = set()
        for kind, name, value, more in told(plan, day, stay):
            event = StayEvent("recorded", stay.today, kind, name, value, **more)  # type: ignore[arg-type]
            if event.slot not in seen:
                seen.add(event.slot)
                stay.record(kind, name, value, on=stay.today, **more)  # type: ignore[arg-type]
        closed = stay.close(stay.today)
        assert closed.unused == (), closed
    return stay, story


def _stays() -> list[object]:
    return [pytest.param(plan, number, id=name) for name, plan, number in stories()]


@pytest.mark.parametrize(("plan", "number"), _stays())
def test_scenarios_and_real_stays_agree(plan: Plan, number: int) -> None:
    story = run(plan, plan.scenarios[number]).story
    if story is None:
        return  # the scenario could not begin
    for _day in story.every_day(200):
        pass
    missing = [name for name in careplan.stay.expected.deciding_facts(plan)
               if name not in {g.fact for g in story.scenario.given}]  # fmt: skip
    if missing:
        return  # a real patient is not admitted without them
    if any(day.records.if_left for day in story.days):
        return  # a real result is one of the day, and counts before the ways out
    stay, _story = live_along(plan, story)
    assert stay.state == story.state


@given(st.data())
@settings(max_examples=12, deadline=None)
def test_the_core_lives_the_same_stay(data: st.DataObject) -> None:
    """Days made up at random, lived by the core, and told to a stay record by record."""
    plan = plan_of(data.draw(st.sampled_from(NAMES)))
    stay, chance = admitted(plan), data.draw(st.randoms(use_true_random=False))
    program = Program(plan, stay.facts)
    state = admit(program, START.weekday())
    for _day in range(80):
        fallen_due = due(program, state, stay.id)
        known = at_random(plan, fallen_due, chance)
        state, day = live(program, state, known, stay.id, fallen_due=fallen_due)
        for kind, name, value, more in told(plan, day, stay):
            stay.record(kind, name, value, on=stay.today, **more)  # type: ignore[arg-type]
        assert stay.close(stay.today).unused == ()
        assert stay.state == state
        if state.outcome is not None:
            return


def at_random(plan: Plan, fallen_due: Due, chance: Random) -> Records:
    statuses: list[Status] = ["attended"] * 8 + ["missed", "cancelled"]
    results: dict[str, Value] = {}
    for test in fallen_due.tests:
        domain = plan.measure(test.measure).domain
        if chance.random() < 0.9:
            number = float(chance.randint(int(domain.low or 0), int(domain.high or 50)))
            words = domain.values or ("yes", "no")
            results[test.measure] = number if domain.kind == "number" else chance.choice(words)
    return Records(
        tuple(chance.choice(statuses) for _session in fallen_due.sessions),
        results,
        frozenset(event.name for event in plan.events if chance.random() < 0.01),
        doses_missed=frozenset(m.name for m in plan.medications if chance.random() < 0.05),
    )
