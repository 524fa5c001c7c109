"""What the service answers: stays as JSON values."""

from __future__ import annotations

from typing import Any

from careplan import Stay
from careplan.stay.live import Amended, Closed, DueItem, Move, Unused, Way
from careplan.stay.why import Because

Json = dict[str, Any]


def standing(stay: Stay) -> Json:
    """Where a patient stands."""
    return {
        "plan": stay.plan.name, "start": stay.start.isoformat(), "today": stay.today.isoformat(),
        "phase": stay.phase, "visit": stay.visit, "day": stay.day, "plan_day": stay.plan_day,
        "outcome": stay.outcome,
        "taking": {name: since.isoformat() for name, since in stay.taking.items()},
    }  # fmt: skip


def due(items: list[DueItem]) -> list[Json]:
    """Sessions, tests and doses with all that careplan knows of each."""
    return [
        item.what.to_dict()
        | {
            "session_of_day": item.number, "recorded": item.recorded, "only_if_left": item.only_if_left,
            "to_make_up": item.to_make_up,
        }
        for item in items
    ]  # fmt: skip


def closed(days: tuple[Closed, ...]) -> list[Json]:
    """Days that are over."""
    return [
        {
            "date": day.date.isoformat(), "phase": day.phase, "day": day.day, "missed": list(day.missed),
            "missing": list(day.missing), "unused": [unused(each) for each in day.unused],
        }
        for day in days
    ]  # fmt: skip


def unused(each: Unused) -> Json:
    """A record that has no place in the stay."""
    return each.record.to_dict() | {"why": each.kind}


def move(found: Move) -> Json:
    """Why a patient was moved."""
    return {
        "date": found.date.isoformat(), "from": found.phase, "to": found.to, "line": found.line,
        "because": [because(each) for each in found.because],
    }  # fmt: skip


def way(found: Way) -> Json:
    """What would move a patient now."""
    return {
        "to": found.to, "line": found.line, "open": found.open, "closed": found.closed, "holds": found.truth,
        "unknown": list(found.unknown), "because": [because(each) for each in found.because],
    }  # fmt: skip


def because(each: Because) -> Json:
    """A test of a condition, and what it saw."""
    return {"test": each.words, "holds": each.truth, "saw": each.value}


def amended(found: Amended) -> Json:
    """What a late record changed."""
    return {
        "changed": found.changed, "since": found.since.isoformat() if found.since else None,
        "was": found.was._asdict(), "now": found.now._asdict(),
        "undone": [move(each) for each in found.undone], "instead": [move(each) for each in found.instead],
        "unused": [unused(each) for each in found.unused],
    }  # fmt: skip
