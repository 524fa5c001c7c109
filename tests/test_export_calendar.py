"""Occurrences as iCalendar: valid, the same bytes each time, and the same dates in other programs."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dated_plans import EXAMPLES, stay

from careplan.export.dated import calendar_file

icalendar = pytest.importorskip("icalendar")  # of the extra `dev`, as all of these
recurring_ical_events = pytest.importorskip("recurring_ical_events")
vobject = pytest.importorskip("vobject")


def components(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_vobject_and_icalendar_find_nothing_wrong(name: str) -> None:
    data = calendar_file(*stay(name))
    assert vobject.readOne(data.decode()).validate(raiseException=True)
    calendar = icalendar.Calendar.from_ical(data)
    assert [part.errors for part in calendar.walk() if part.errors] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("zone", ["America/Chicago", None])
def test_expanded_by_another_program_it_has_each_occurrence_at_its_time(name: str, zone: str | None) -> None:
    plan, found = stay(name, zone)
    calendar = icalendar.Calendar.from_ical(calendar_file(plan, found))
    first, last = found[0].date, max(each.date for each in found)
    expanded = recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
    want = Counter((each.title, each.start or each.date) for each in found)
    have = Counter((str(e["summary"]), e["dtstart"].dt) for e in expanded)
    titles = {each.title for each in found}
    said = Counter()
    for (summary, moment), count in have.items():
        title = summary if summary in titles else summary.rsplit(": ", 1)[0]
        said[title, moment] += count
    assert said == want


def test_traps() -> None:
    plan, found = stay()
    data = calendar_file(plan, found)
    assert data == calendar_file(plan, found)
    assert data.count(b"\r\n") == data.count(b"\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for unwanted in (b"METHOD", b"ORGANIZER", b"COMMENT"):
        assert unwanted not in data
    zones = data[data.index(b"BEGIN:VTIMEZONE") : data.rindex(b"END:VTIMEZONE")]
    assert b"1970" not in zones
    assert b"2038" not in zones
    assert len(zones) < 1000


def test_uids_are_the_plan_s_own_and_differ_by_patient() -> None:
    plan, found = stay()
    uids = [str(event["uid"]) for event in components(calendar_file(plan, found))]
    assert len(uids) == len(set(uids))
    assert f"{found[0].uid}@careplan" in uids
    others = {str(event["uid"]) for event in components(calendar_file(plan, found, "MRN-7"))}
    assert not others & set(uids)


def test_daily_doses_are_one_event_that_recurs() -> None:
    events = components(calendar_file(*stay()))
    doses = [event for event in events if "dose" in [str(c) for c in event["categories"].cats]]
    counts = [event["rrule"]["COUNT"][0] for event in doses if "rrule" in event]
    assert sum(counts) + sum("rrule" not in event for event in doses) == sum(
        each.kind == "dose" for each in stay().found
    )
    assert max(counts) > 50


def test_what_was_moved_or_cancelled_says_so() -> None:
    plan, found = stay(holidays=True)
    moved = [each for each in found if each.status != "planned"]
    assert moved
    text = calendar_file(plan, found).replace(b"\r\n ", b"").decode()
    for each in moved:
        assert each.moved_because is not None
        assert each.moved_because.split(",")[0].replace(";", "\\;") in text.replace("\\,", ",")


def test_far_past_2038_the_zone_is_right() -> None:
    from careplan.stay.schedule.sessions import sessions

    plan, _ = stay()
    facts = {"track": "evening", "co-occurring": "no"}
    found = sessions(plan, date(2061, 3, 7), facts, "America/Chicago")
    event = next(e for e in components(calendar_file(plan, found)) if isinstance(e["dtstart"].dt, datetime))
    assert event["dtstart"].dt == next(each.start for each in found if each.start)


def test_nothing_to_write_is_an_empty_calendar() -> None:
    assert components(calendar_file(stay().plan, [])) == []
