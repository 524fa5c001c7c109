"""A real patient's stay: recording, closing days, what is due, why, amendments, and the same stay again."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import careplan
from careplan import PlanChanged, RecordError, Stay

MONDAY = date(2026, 3, 2)

TEXT = """\
plan p
  start in iop

fact track one of day, evening

measure uds one of negative, positive
  missing counts as positive
measure craving 0 to 10, lower is better

event relapse

therapy cbt
  format group of 6 to 12
  length 90 min
  missed make up within 7 days
  curriculum in order
  topic "Triggers"
  topic "Refusal skills"

therapy individual
  format individual
  length 50 min

support meeting
  length 60 min

medication bup
  drug buprenorphine-naloxone
  start in iop when craving >= 5
  maintenance 16 mg daily
  continue through iop
  on discharge as completed hand over
  on discharge as lost hand over

medication shot
  drug naltrexone-xr
  start in aftercare
  maintenance 380 mg every 4 weeks
  keep 26 to 42 days between doses
  monitor lft at start
  continue through aftercare
  on discharge as completed hand over
  on discharge as lost hand over

phase iop
  level 2.1
  lasts 4 to 8 weeks
  on return restart
  cbt 2 per week on mon and thu at 10:00
  individual weekly
  meeting weekly encouraged
  assess uds 2 per week on tue and fri
  assess craving weekly on mon
  step up to residential when uds is positive 2 times within 2 weeks
  step down to aftercare when uds is negative for 3 weeks and craving < 4
  at end step down to aftercare

phase residential
  level 3.5
  lasts 1 week
  on return restart
  cbt 2 per day if track is evening
  cbt daily if track is day
  at end step down to iop

phase aftercare
  level 1.5
  lasts 12 weeks
  on return restart
  cbt weekly on wed
  at end discharge as completed

anytime
  discharge as lost when missed sessions >= 3 in a row

outcome completed
  planned

outcome lost
  unplanned
"""
PLAN = careplan.loads(TEXT)


def day(number: int) -> date:
    return MONDAY + timedelta(number - 1)


def stay(track: str = "evening", zone: str | None = None) -> Stay:
    return Stay(PLAN, MONDAY, {"track": track}, zone, id="one")


def attend(one: Stay, until: int, uds: str = "negative") -> None:
    """Everything is attended and every test taken, up to a plan day."""
    while one.plan_day < until and one.outcome is None:
        for item in one.due(one.today):
            if item.recorded is not None:
                continue
            kind, name = item.what.kind, item.what.name
            if kind == "session" and item.what.owed:
                one.record("session", name, "attended", on=one.today, number=item.number)
            elif kind == "test":
                one.record("result", name, uds if name == "uds" else 2, on=one.today)
            elif kind == "dose":
                one.record("dose", name, "given", on=one.today)
        one.close(one.today)


def due_names(one: Stay, on: date) -> list[tuple[str, str, str | None]]:
    return [(item.what.kind, item.what.name, item.recorded) for item in one.due(on)]


def moved(one: Stay) -> list[tuple[int, str]]:
    return [(move.plan_day, move.line.split(" when ")[0]) for move in one.moves()]


def refused(one: Stay, kind: str, *record: object, **more: object) -> str:
    with pytest.raises(RecordError) as caught:
        one.record(*record, **more)  # type: ignore[arg-type]
    assert caught.value.kind == kind
    return str(caught.value)


# ---- what is due -------------------------------------------------------------------------------------


def test_what_is_due_has_the_schedule_s_uids_and_times() -> None:
    one = stay(zone="America/Chicago")
    session = next(item.what for item in one.due(MONDAY) if item.what.name == "cbt")
    planned = careplan.sessions(PLAN, MONDAY, {"track": "evening"}, "America/Chicago")
    same = next(o for o in planned if o.uid == session.uid)
    assert same.start == session.start
    assert session.start is not None
    assert session.topic == "Triggers"


def test_a_topic_comes_when_the_one_before_was_attended() -> None:
    one = stay()
    one.advance_to(day(4))  # the first group was missed
    assert next(i for i in one.due(day(4)) if i.what.name == "cbt").what.topic == "Triggers"


def test_a_course_that_starts_today_has_its_dose_due_today() -> None:
    one = stay()
    assert ("dose", "bup", None) not in due_names(one, MONDAY)
    one.record("result", "craving", 7, on=MONDAY)
    assert ("dose", "bup", None) in due_names(one, MONDAY)
    assert ("test", "craving", "result") in due_names(one, MONDAY)
    one.close(MONDAY)
    assert one.taking == {"bup": MONDAY}


def test_what_fell_due_on_a_day_that_is_over_and_what_became_of_it() -> None:
    one = stay()
    one.record("result", "craving", 7, on=MONDAY)
    one.record("dose", "bup", "missed", on=MONDAY)
    closed = one.close(MONDAY)
    assert closed.missed == ("cbt",)
    assert set(due_names(one, MONDAY)) == {
        ("session", "cbt", "missed"), ("test", "craving", "result"), ("dose", "bup", "missed"),
    }  # fmt: skip
    assert one.close(day(2)).missing == ("uds",)
    assert ("test", "uds", "missing") in due_names(one, day(2))


def test_days_to_come_are_known_as_far_as_the_visit_goes() -> None:
    one = stay()
    assert [name for _, name, _ in due_names(one, day(11))] == ["cbt"]
    assert [name for _, name, _ in due_names(one, day(54))] == ["uds"]
    assert due_names(one, day(56)) == []  # a Sunday
    with pytest.raises(RecordError, match="ends before that day") as caught:
        one.due(day(57))
    assert caught.value.kind == "not-yet-known"
    with pytest.raises(RecordError) as caught:
        one.due(day(0))
    assert caught.value.kind == "before-admission"


def test_a_movable_session_has_its_week_as_its_window() -> None:
    individual = next(i.what for i in stay().due(day(3)) if i.what.name == "individual")
    assert (individual.earliest, individual.latest) == (day(1), day(7))


# ---- recording ---------------------------------------------------------------------------------------


def test_what_is_not_recorded_by_the_end_of_the_day_did_not_happen() -> None:
    one = stay()
    attend(one, 9)
    assert one.phase == "iop"
    one.advance_to(day(10))  # the test of day 9 is missing, and counts as positive
    attend(one, 12)
    one.advance_to(day(13))  # and so is that of day 12
    assert moved(one) == [(12, "step up to residential")]
    because = one.why().moved
    assert because is not None
    assert because.because[0].value == "2 times (days 9 and 12)"


def test_a_result_since_the_last_due_day_stands_for_the_test() -> None:
    one = stay()
    attend(one, 3)
    one.record("result", "uds", "negative", on=day(3))  # a day on which none is due
    attend(one, 5)
    assert one.close(day(5)).missing == ()
    assert one.advance_to(day(10))[-1].missing == ("uds",)


def test_a_test_called_off_by_the_clinic_is_not_missing() -> None:
    one = stay()
    one.advance_to(day(2))
    one.record("result", "uds", "cancelled", on=day(2))
    assert one.close(day(2)).missing == ()


def test_sessions_called_off_by_the_clinic_are_not_missed() -> None:
    one = stay()
    while one.plan_day < 10:
        for item in one.due(one.today):
            one.record(
                "session" if item.what.kind == "session" else "result",
                item.what.name,
                "cancelled",
                on=one.today,
            )
        one.close(one.today)
    assert moved(one) == []
    one.advance_to(day(18))
    assert (one.outcome, moved(one)) == ("lost", [(15, "discharge as lost")])


def test_a_make_up_ends_a_row_of_missed_sessions() -> None:
    one = stay()
    one.advance_to(day(4))  # cbt and individual are missed
    assert [(i.what.name, i.what.date, i.what.latest) for i in one.to_make_up()] == [
        ("cbt", day(1), day(8)), ("individual", day(3), day(7)),
    ]  # fmt: skip
    one.record("session", "individual", "made up", on=day(4), due_on=day(3))
    one.close(day(4))
    assert one.outcome is None
    assert [(i.what.name, i.what.date) for i in one.to_make_up()] == [("cbt", day(1)), ("cbt", day(4))]


def test_a_make_up_needs_a_session_that_was_missed_and_its_time() -> None:
    one = stay()
    refused(one, "no-such-session", "session", "cbt", "made up", on=day(1))
    refused(one, "no-such-session", "session", "cbt", "attended", on=day(1), due_on=day(1))
    one.record("session", "cbt", "attended", on=day(1))
    one.advance_to(day(3))
    refused(one, "no-such-session", "session", "cbt", "made up", on=day(3), due_on=day(1))
    one.record("session", "individual", "attended", on=day(3))
    one.advance_to(day(5))
    attend(one, 12)
    refused(one, "too-late", "session", "cbt", "made up", on=day(12), due_on=day(4))


def test_a_session_is_made_up_once() -> None:
    one = stay()
    one.advance_to(day(2))
    one.record("session", "cbt", "made up", on=day(2), due_on=day(1))
    refused(one, "twice", "session", "cbt", "made up", on=day(2), due_on=day(1))
    one.close(day(2))
    refused(one, "no-such-session", "session", "cbt", "made up", on=day(3), due_on=day(1))


def test_a_movable_session_is_had_early() -> None:
    one = stay()
    wednesday = day(3)
    refused(
        one, "no-such-session", "session", "cbt", "early", on=day(1), due_on=day(4)
    )  # on Thursday, it says
    refused(one, "no-such-session", "session", "individual", "early", on=day(1), due_on=day(10))  # next week
    refused(one, "no-such-session", "session", "individual", "early", on=day(1))
    one.record("session", "individual", "early", on=day(1), due_on=wednesday)
    one.close(day(1))
    refused(one, "twice", "session", "individual", "early", on=day(2), due_on=wednesday)
    one.advance_to(wednesday)
    assert ("session", "individual", "early") in due_names(one, wednesday)
    assert one.close(wednesday).missed == ()
    assert ("session", "individual", "early") in due_names(one, wednesday)
    assert Stay.from_json(PLAN, one.to_json()).state == one.state


def test_a_session_had_early_that_never_fell_due_is_told() -> None:
    one = stay()
    one.record("session", "individual", "early", on=day(1), due_on=day(3))
    one.close(day(1))
    one.amend("result", "uds", "positive", on=day(1))
    one.record("result", "uds", "positive", on=day(2))
    one.advance_to(day(4))
    assert one.phase == "residential"
    assert [(unused.record.name, unused.kind) for unused in one.unused] == [("individual", "not-due")]


def test_of_several_sessions_it_says_which() -> None:
    one = stay()
    one.amend("result", "uds", "positive", on=day(1))
    attend(one, 3, "positive")
    assert one.phase == "residential"
    refused(one, "which-session", "session", "cbt", "missed", on=day(3))
    refused(one, "not-due", "session", "cbt", "missed", on=day(3), number=3)
    refused(one, "not-a-value", "session", "cbt", "missed", on=day(3), number=0)
    one.record("session", "cbt", "missed", on=day(3), number=1)
    one.record("session", "cbt", "attended", on=day(3), number=2)
    assert one.close(day(3)).missed == ("cbt",)


def test_seldom_doses_were_given_only_if_recorded() -> None:
    one = stay()
    attend(one, 23)
    assert (one.phase, one.day) == ("iop", 23)
    attend(one, 29)
    assert one.phase == "aftercare"
    assert ("dose", "shot", None) in due_names(one, one.today)
    one.close(one.today)
    assert ("dose", "shot", None) in due_names(one, one.today)  # it stays due
    one.record("dose", "shot", "given", on=one.today)
    one.close(one.today)
    assert ("dose", "shot", None) not in due_names(one, one.today)
    assert one.unused == ()


def test_a_dose_that_was_not_due_is_told_when_the_day_is_over() -> None:
    one = stay()
    one.record("dose", "shot", "given", on=MONDAY)
    closed = one.close(MONDAY)
    assert [(unused.record.name, unused.kind) for unused in closed.unused] == [("shot", "not-due")]
    assert one.unused == closed.unused


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("unknown-kind", ("score", "uds", "negative")),
        ("unknown-name", ("result", "udz", "negative")),
        ("unknown-name", ("session", "uds", "attended")),
        ("unknown-name", ("event", "overdose")),
        ("not-a-value", ("result", "uds", "clear")),
        ("not-a-value", ("result", "uds", 3)),
        ("not-a-value", ("result", "craving", "high")),
        ("not-a-value", ("result", "craving", True)),
        ("not-a-value", ("result", "craving", float("nan"))),
        ("not-a-value", ("result", "craving", None)),
        ("not-a-value", ("session", "cbt", "there")),
        ("not-a-value", ("dose", "bup", "attended")),
        ("not-a-value", ("event", "relapse", "no")),
        ("out-of-range", ("result", "craving", 11)),
        ("not-due", ("session", "individual", "attended")),
        ("not-due", ("result", "uds", "missing")),
    ],
)
def test_what_cannot_be_recorded(kind: str, record: tuple[object, ...]) -> None:
    one = stay()
    refused(one, kind, *record, on=MONDAY)
    assert len(one.events) == 1


def test_days_in_the_wrong_order() -> None:
    one = stay()
    refused(one, "before-admission", "event", "relapse", on=day(0))
    refused(one, "not-yet-come", "event", "relapse", on=day(2))
    refused(one, "not-a-date", "event", "relapse", on=datetime(2026, 3, 2, 9))
    refused(one, "not-a-date", "event", "relapse", on="2026-03-02")
    one.close(MONDAY)
    assert "`amend`" in refused(one, "day-closed", "event", "relapse", on=MONDAY)
    for wrong, on in (("day-closed", MONDAY), ("not-yet-come", day(3))):
        with pytest.raises(RecordError) as caught:
            one.close(on)
        assert caught.value.kind == wrong
    with pytest.raises(RecordError) as caught:
        one.advance_to(date.max)
    assert caught.value.kind == "too-far"


def test_nothing_is_recorded_after_the_end() -> None:
    one = stay()
    one.advance_to(day(30))
    assert (one.outcome, one.plan_day) == ("lost", 4)
    refused(one, "after-the-end", "event", "relapse", on=day(5))
    refused(one, "day-closed", "event", "relapse", on=day(4))
    assert one.due(day(9)) == one.to_make_up() == []
    assert one.why().ways == ()
    with pytest.raises(RecordError) as caught:
        one.advance_to(day(31))
    assert caught.value.kind == "after-the-end"


def test_twice_and_once_more_with_its_key() -> None:
    one = stay()
    assert one.record("result", "craving", 3, on=MONDAY, key="a")
    assert not one.record("result", "craving", 3, on=MONDAY, key="a")
    refused(one, "key-reused", "result", "craving", 4, on=MONDAY, key="a")
    refused(one, "twice", "result", "craving", 3, on=MONDAY)
    one.close(MONDAY)
    assert not one.record("result", "craving", 3, on=MONDAY, key="a")  # a retry that comes late
    assert len(one.events) == 3


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("fact-not-given", {}),
        ("unknown-fact", {"track": "day", "age": 30}),
        ("not-a-value", {"track": "night"}),
    ],
)
def test_facts_are_known_at_admission(kind: str, facts: dict[str, object]) -> None:
    with pytest.raises(RecordError) as caught:
        Stay(PLAN, MONDAY, facts)
    assert caught.value.kind == kind


def test_somebody_whom_the_plan_does_not_admit() -> None:
    plan = careplan.loads(TEXT.replace("start in iop\n\n", "start in iop\n  admit when track is day\n\n", 1))
    Stay(plan, MONDAY, {"track": "day"})
    with pytest.raises(RecordError) as caught:
        Stay(plan, MONDAY, {"track": "evening"})
    assert caught.value.kind == "not-admitted"


# ---- why ---------------------------------------------------------------------------------------------


def test_what_would_have_to_be_known() -> None:
    ways = {way.line.split(" when ")[0]: way for way in stay().why().ways}
    assert list(ways) == [
        "discharge as lost", "step up to residential", "step down to aftercare",
        "at end step down to aftercare",
    ]  # fmt: skip
    assert (ways["discharge as lost"].open, ways["discharge as lost"].truth) == (True, False)
    down = ways["step down to aftercare"]
    assert down.closed == "not before day 28 of the phase"
    assert down.unknown == ("uds is negative for 3 weeks", "craving < 4")
    assert ways["at end step down to aftercare"].closed == "only on the last day of the phase"


def test_today_s_results_are_seen_before_the_day_is_over() -> None:
    one = stay()
    attend(one, 28)
    one.record("result", "craving", 2, on=day(28))
    down = next(way for way in one.why().ways if way.to == "aftercare")
    assert (down.open, down.truth, down.unknown) == (True, True, ())
    assert "the latest is 2" in str(one.why())


# ---- amending ----------------------------------------------------------------------------------------


def test_a_late_result_changes_what_came_after() -> None:
    one = stay()
    attend(one, 19)
    changed = one.amend("result", "uds", "positive", on=day(9), key="late")
    assert (changed.changed, one.phase) == (False, "iop")
    changed = one.amend("result", "uds", "positive", on=day(12))
    assert (changed.since, changed.was.phase, changed.now.phase) == (day(12), "iop", "residential")
    assert [move.line for move in changed.instead] == [
        "step up to residential when uds is positive 2 times within 2 weeks"
    ]
    assert [(unused.record.name, unused.kind) for unused in changed.unused] == [("individual", "not-due")]
    assert due_names(one, day(13)) == [("session", "cbt", "cancelled")] * 2  # nobody knew of them
    assert not one.amend("result", "uds", "positive", on=day(9), key="late").changed
    back = one.amend("result", "uds", "negative", on=day(12))
    assert (back.now.phase, back.undone, back.unused) == ("iop", changed.instead, ())


def test_an_amendment_can_open_a_stay_that_had_ended() -> None:
    one = stay()
    one.advance_to(day(9))
    assert one.outcome == "lost"
    one.amend("session", "individual", "attended", on=day(3))
    assert (one.outcome, one.plan_day) == (None, 5)
    assert Stay.replay(PLAN, one.events).state == one.state


def test_what_was_recorded_by_mistake_is_taken_back() -> None:
    one = stay()
    one.record("event", "relapse", on=MONDAY)
    one.record("session", "meeting", "extra", on=MONDAY)
    one.amend("event", "relapse", on=MONDAY, withdraw=True)
    one.amend("session", "meeting", "extra", on=MONDAY, withdraw=True)
    assert one.record("event", "relapse", on=MONDAY)
    with pytest.raises(RecordError) as caught:
        one.amend("result", "uds", on=MONDAY, withdraw=True)
    assert caught.value.kind == "not-recorded"
    with pytest.raises(RecordError) as caught:
        one.amend("result", "uds", "positive", on=day(2))
    assert caught.value.kind == "not-yet-come"


# ---- out and in --------------------------------------------------------------------------------------


def test_a_plan_that_was_changed_is_told() -> None:
    one = stay()
    attend(one, 10)
    text = one.to_json()
    assert Stay.from_json(careplan.loads("# another comment\n" + TEXT), text).state == one.state
    other = careplan.loads(TEXT.replace("lasts 4 to 8 weeks", "lasts 5 to 8 weeks").replace(
        "individual weekly", "individual 2 per week on tue, wed"))  # fmt: skip
    with pytest.raises(PlanChanged, match="phase iop was changed") as caught:
        Stay.from_json(other, text)
    assert caught.value.changes == ("phase iop was changed",)
    gone_on = Stay.from_json(other, text, accept_changes=True)
    assert (gone_on.plan_day, gone_on.phase) == (10, "iop")
    assert Stay.from_json(other, gone_on.to_json()).state == gone_on.state


def test_a_plan_without_the_measure_any_more() -> None:
    one = stay()
    one.record("result", "craving", 2, on=MONDAY)
    one.close(MONDAY)
    other = careplan.loads(TEXT.replace("craving", "urges"))
    with pytest.raises(PlanChanged, match="measure craving is gone"):
        Stay.from_json(other, one.to_json())
    again = Stay.from_json(other, one.to_json(), accept_changes=True)
    assert [unused.kind for unused in again.unused] == ["unknown-name"]


def test_another_plan_is_told() -> None:
    other = careplan.load(Path(__file__).parents[1] / "examples/oud-step-down.careplan")
    with pytest.raises(PlanChanged, match="the plan is oud-step-down, and was p"):
        Stay.from_json(other, stay().to_json())


def test_a_stay_that_comes_out_otherwise_is_told() -> None:
    one = stay()
    one.record("session", "cbt", "attended", on=MONDAY)
    said = json.loads(one.to_json())
    moved_on = json.dumps({**said, "stands": {**said["stands"], "phase": "aftercare"}})
    twice = json.dumps({**said, "events": [*said["events"], said["events"][-1]]})
    for text in (moved_on, twice):
        with pytest.raises(PlanChanged, match="do not lead to where the stay stood"):
            Stay.from_json(PLAN, text)
        again = Stay.from_json(PLAN, text, accept_changes=True)
        assert again.state == one.state
        assert Stay.from_json(PLAN, again.to_json()).state == one.state


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[" * 100_000, '{"format": "careplan-stay"}', "5"])
def test_what_is_no_saved_stay(text: str) -> None:
    with pytest.raises(RecordError) as caught:
        Stay.from_json(PLAN, text)
    assert caught.value.kind == "unreadable"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("unreadable", lambda events: events[1:]),
        ("unreadable", lambda events: [*events, events[0]]),
        ("unreadable", lambda events: [events[0], {"what": "recorded"}]),
        ("unreadable", lambda events: [events[0], {**events[1], "value": [1]}]),
        ("unreadable", lambda events: [events[0], {**events[1], "colour": "red"}]),
        ("twice", lambda events: [events[0], events[1], events[1]]),
        ("day-closed", lambda events: [events[0], events[2], events[2]]),
        ("day-closed", lambda events: [events[0], events[2], events[1]]),
        ("before-admission", lambda events: [events[0], {**events[1], "on": "2026-03-01"}]),
    ],
)
def test_events_that_could_not_have_been_told(kind: str, change: object) -> None:
    one = stay()
    one.record("result", "craving", 3, on=MONDAY)
    one.close(MONDAY)
    events = [event.to_dict() for event in one.events]
    assert Stay.replay(PLAN, events).events == one.events
    with pytest.raises(RecordError) as caught:
        Stay.replay(PLAN, change(events))  # type: ignore[operator]
    assert caught.value.kind == kind
