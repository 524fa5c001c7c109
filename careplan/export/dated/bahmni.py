"""Dated sessions for Bahmni (OpenMRS appointments): recurring requests where a series keeps to one weekly
pattern, single ones where it does not.

A pattern is written only if the dates that Bahmni makes of it are the series' own, day for day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from careplan.export.carried import Carried, json_text
from careplan.plan.words import counted
from careplan.stay.schedule.occurrence import Occurrence

WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
PATIENT = "PATIENT-UUID"
LONGEST_PERIOD = 8
"""Weeks between two sessions of a pattern; what comes less often is written date by date."""


def bahmni_json(found: Sequence[Occurrence], patient: str = PATIENT) -> Carried:
    """The requests as JSON: `recurring` for POST …/recurring-appointments, `single` for POST …/appointment.

    `patient`: the patient's UUID there. `serviceUuid` holds a service's name, for the clinic to replace.
    """
    timed = [each for each in found if each.kind == "session" and each.start and each.end]
    planned = [each for each in timed if each.status != "cancelled"]
    recurring: list[dict[str, Any]] = []
    single: list[dict[str, Any]] = []
    for series in _series(planned):
        pattern = weekly_pattern([each.date for each in series])
        if pattern is None:
            single += [_request(each, patient) for each in series]
        else:
            period, weekdays = pattern
            recurring.append(_recurring(series, period, weekdays, patient))
    document = {"recurring": recurring, "single": single}
    return Carried(json_text(document), tuple(_left_out(found, len(timed) - len(planned))))


def _series(found: Sequence[Occurrence]) -> Iterator[list[Occurrence]]:
    """Sessions of one line, visit and time of day; those that were moved stand alone."""
    series: dict[tuple[object, ...], list[Occurrence]] = {}
    for each in found:
        alone = each.uid if each.status == "moved" else None
        key = (each.uid.rsplit("/", 1)[0], each.start and each.start.timetz(), each.clock_minutes, alone)
        series.setdefault(key, []).append(each)
    yield from series.values()


def weekly_pattern(days: Sequence[date]) -> tuple[int, list[int]] | None:
    """The period in weeks and the weekdays (0 is Monday) that make just these days; None if none do."""
    if len(days) < 2:
        return None
    weekdays = sorted({day.weekday() for day in days})
    for period in range(1, LONGEST_PERIOD + 1):
        if dates_of(days[0], days[-1], period, weekdays) == list(days):
            return period, weekdays
    return None


def dates_of(first: date, last: date, period: int, weekdays: Sequence[int]) -> list[date]:
    """The dates that Bahmni makes of a weekly pattern: weeks are counted from the first day."""
    found = []
    week = first
    while week <= last:
        found += [week + timedelta(days=(weekday - week.weekday()) % 7) for weekday in weekdays]
        week += timedelta(weeks=period)
    return sorted(day for day in found if day <= last)


def _request(each: Occurrence, patient: str) -> dict[str, Any]:
    assert each.start is not None
    assert each.end is not None
    said = (each.topic, each.condition and f"only if {each.condition}", each.uid)
    return {
        "patientUuid": patient,
        "serviceUuid": each.name,
        "startDateTime": each.start.isoformat(),
        "endDateTime": each.end.isoformat(),
        "appointmentKind": "Virtual" if each.delivery[:1] in (("telehealth",), ("phone",)) else "Scheduled",
        "priority": "Routine" if each.owed else "AsNeeded",
        "providers": [],
        "comments": "; ".join(filter(None, said)),
    }


def _recurring(
    series: Sequence[Occurrence], period: int, weekdays: list[int], patient: str
) -> dict[str, Any]:
    last = series[-1]
    assert last.end is not None
    return {
        "appointmentRequest": _request(series[0], patient),
        "recurringPattern": {
            "type": "WEEK",
            "period": period,
            "daysOfWeek": [WEEKDAYS[day] for day in weekdays],
            "endDate": last.end.isoformat(),
        },
        "timeZone": last.zone,
    }


def _left_out(found: Sequence[Occurrence], cancelled: int) -> Iterator[str]:
    for kind in ("test", "dose"):
        count = sum(each.kind == kind for each in found)
        if count:
            yield f"{counted(count, kind)}: Bahmni's appointments are sessions only"
    untimed = [each for each in found if each.kind == "session" and each.start is None]
    if untimed:
        names = ", ".join(dict.fromkeys(each.name for each in untimed))
        yield (
            f"{counted(len(untimed), 'session')} without a time of day, which Bahmni needs: {names}; give "
            "the line a time with `at`, and the export a --zone"
        )
    endless = sum(each.kind == "session" and each.start is not None and each.end is None for each in found)
    if endless:
        yield f"{counted(endless, 'session')} without a length, which Bahmni needs"
    if cancelled:
        yield f"{counted(cancelled, 'cancelled session')}: left out"
    yield (
        "Bahmni knows services, patients and providers by UUID: `serviceUuid` holds the plan's name of the "
        "service, for the clinic to replace; phases, roles and group sizes have no place"
    )
