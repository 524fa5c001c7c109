"""A stay as JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import careplan
from careplan.plan.model import Plan
from careplan.plan.words import listed
from careplan.stay.live.amended import Standing
from careplan.stay.live.changes import differences, parts_of
from careplan.stay.live.events import StayEvent
from careplan.stay.live.trouble import PlanChanged, RecordError

FORMAT = "careplan-stay"
FORMAT_VERSION = 1
MOST_CHANGES = 5  # named one by one


class Saved(NamedTuple):
    """What a text holds: the plan's name and the hashes of its parts, the log, and where the stay stood."""

    plan: str
    parts: dict[str, str]
    events: list[Any]
    stands: dict[str, Any]
    by: str


def to_json(plan: Plan, events: Iterable[StayEvent], stands: Standing) -> str:
    """The text of a stay."""
    return json.dumps({
        "format": FORMAT, "format_version": FORMAT_VERSION, "careplan": careplan.__version__,
        "plan": {"name": plan.name, "version": plan.version, "parts": parts_of(plan)},
        "events": [event.to_dict() for event in events], "stands": stands._asdict(),
    }, ensure_ascii=False)  # fmt: skip


def from_json(text: str) -> Saved:
    """What the text holds; RecordError (unreadable) if it is no saved stay."""
    try:
        said = json.loads(text)
        if said["format"] != FORMAT or said["format_version"] != FORMAT_VERSION:
            raise ValueError
        found = Saved(
            str(said["plan"]["name"]), dict(said["plan"]["parts"]), list(said["events"]),
            dict(said["stands"]), str(said["careplan"]),
        )  # fmt: skip
    except (TypeError, ValueError, KeyError, RecursionError):
        # `from None`: the reason would repeat what was recorded.
        raise RecordError("unreadable", "this is no saved stay that can be read") from None
    return found


def check_plan(plan: Plan, found: Saved, accept_changes: bool) -> bool:
    """Whether the plan is another than the stay was saved under; PlanChanged where that is not accepted."""
    changes = differences(found.parts, plan)
    if found.plan != plan.name:
        changes = (f"the plan is {plan.name}, and was {found.plan}", *changes)
    if changes and not accept_changes:
        more = [f"{len(changes) - MOST_CHANGES} other parts differ"] if len(changes) > MOST_CHANGES else []
        what = listed([*changes[:MOST_CHANGES], *more])
        raise PlanChanged(f"the stay was saved under another plan: {what}", changes)
    return bool(changes)


def leads_elsewhere(found: Saved) -> PlanChanged:
    """The same events under the same plan do not lead to where the stay stood."""
    what = (
        f"the events do not lead to where the stay stood: they were changed, or careplan {found.by}, "
        f"which saved it, counts otherwise than careplan {careplan.__version__}"
    )
    return PlanChanged(what, (what,))
