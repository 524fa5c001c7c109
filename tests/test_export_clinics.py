"""A dated stay for Frappe Health and for Bahmni."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dated_plans import EXAMPLES, stay
from jsonschema import Draft202012Validator, FormatChecker

from careplan.export.dated.bahmni import WEEKDAYS, bahmni_json, dates_of, weekly_pattern
from careplan.export.dated.frappe import frappe_json

rules = pytest.importorskip("dateutil.rrule")  # of the extra `dev`

SCHEMAS = Path(__file__).with_name("schemas")


def faults(name: str, document: dict[str, Any]) -> list[str]:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return [
        e.message for e in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(document)
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_frappe_documents(name: str) -> None:
    plan, found = stay(name)
    document = json.loads(frappe_json(plan, found, "PAT-0001").content)
    assert faults("frappe", document) == []
    template, own, *appointments = document["documents"]
    sessions = [each for each in found if each.kind == "session"]
    assert len(appointments) == own["total_sessions"] == template["total_sessions"] == len(sessions)
    counts = Counter(each.title for each in sessions)
    assert {row["therapy_type"]: row["no_of_sessions"] for row in own["therapy_plan_details"]} == counts


@pytest.mark.parametrize("name", EXAMPLES)
def test_bahmni_requests_give_just_the_timed_sessions(name: str) -> None:
    _, found = stay(name)
    document = json.loads(bahmni_json(found).content)
    assert faults("bahmni", document) == []
    have = Counter(
        (r["serviceUuid"], datetime.fromisoformat(r["startDateTime"]).date()) for r in document["single"]
    )
    for each in document["recurring"]:
        request, pattern = each["appointmentRequest"], each["recurringPattern"]
        have.update((request["serviceUuid"], day) for day in expanded(request, pattern))
    timed = [each for each in found if each.kind == "session" and each.start and each.end]
    assert have == Counter((each.name, each.date) for each in timed)


def expanded(request: dict[str, Any], pattern: dict[str, Any]) -> list[date]:
    """The days of a recurring request, by dateutil; Bahmni's weeks begin on the weekday of the first day."""
    first = datetime.fromisoformat(request["startDateTime"]).date()
    weekdays = [WEEKDAYS.index(day) for day in pattern["daysOfWeek"]]
    until = datetime.fromisoformat(pattern["endDate"]).date()
    rule = rules.rrule(
        rules.WEEKLY,
        datetime(first.year, first.month, first.day),
        interval=pattern["period"],
        byweekday=weekdays,
        wkst=first.weekday(),
        until=datetime(until.year, until.month, until.day),
    )
    return [moment.date() for moment in rule]


def test_a_series_with_a_gap_has_no_pattern() -> None:
    monday = date(2026, 3, 2)
    weekly = [monday + timedelta(weeks=n) for n in range(6)]
    assert weekly_pattern(weekly) == (1, [0])
    assert weekly_pattern(weekly[::2]) == (2, [0])
    assert weekly_pattern([*weekly[:2], *weekly[3:]]) is None
    assert weekly_pattern(weekly[:1]) is None
    assert dates_of(monday, monday + timedelta(days=9), 1, [0, 2]) == [
        monday, monday + timedelta(2), monday + timedelta(7), monday + timedelta(9),
    ]  # fmt: skip


def test_moved_and_cancelled_sessions_leave_the_pattern() -> None:
    _, found = stay(holidays=True)
    document = json.loads(bahmni_json(found).content)
    assert faults("bahmni", document) == []
    days = [datetime.fromisoformat(r["startDateTime"]).date() for r in document["single"]]
    moved = [each.date for each in found if each.status == "moved" and each.start]
    assert set(moved) <= set(days)


def test_what_they_cannot_carry_is_said() -> None:
    plan, found = stay()
    assert "40 tests" in "\n".join(frappe_json(plan, found).left_out)
    assert "without a time of day" in "\n".join(bahmni_json(found).left_out)


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("frappe", {"documents": [{"doctype": "Therapy Plan"}, {"doctype": "Therapy Plan"}]}),
        ("bahmni", {"recurring": [], "single": [{"patientUuid": "1"}]}),
        ("bahmni", {"recurring": [{"recurringPattern": {"type": "MONTH"}}], "single": []}),
    ],
)
def test_the_schemas_refuse_what_is_wrong(name: str, document: dict[str, Any]) -> None:
    assert faults(name, document)
