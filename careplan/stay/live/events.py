"""The log of a stay: everything that was told to it, in the order in which it was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from careplan.stay.live.trouble import RecordError
from careplan.stay.records import Value

What = Literal["admitted", "recorded", "amended", "withdrawn", "closed", "replanned"]
"""`closed`: all days up to that one; `replanned`: the stay goes on under a plan that was changed."""

RecordKind = Literal["result", "session", "event", "dose"]
KINDS: tuple[RecordKind, ...] = get_args(RecordKind)


class StayEvent(NamedTuple):
    """One thing that was told to a stay.

    `on`: the date of which it speaks; of an admission its first day. Records have a `kind`, the `name` of the
    measure, service, event or medication, and a `value`: the result; `attended`, `missed`, `cancelled`,
    `extra`, `made up` or `early` (for the session of `due_on`); `given` or `missed`. `number`: the how
    manieth of the service's sessions of its day. `key`: the caller's idempotency key. `facts`, `zone` and
    `id` belong to an admission.
    """

    what: What
    on: date
    kind: RecordKind | None = None
    name: str | None = None
    value: Value | None = None
    number: int | None = None
    due_on: date | None = None
    key: str | None = None
    facts: tuple[tuple[str, Value], ...] = ()
    zone: str | None = None
    id: str | None = None

    @property
    def slot(self) -> tuple[str, ...]:
        """What it speaks of, on its day: only one record of a slot can be true."""
        apart = self.value if self.value in ("extra", "made up", "early") else "due"
        due_on = self.due_on.isoformat() if self.due_on else ""
        if self.kind != "session":
            return (self.kind or "", self.name or "")
        return (self.kind, self.name or "", str(apart), due_on, str(self.number or 1))

    def to_dict(self) -> dict[str, Any]:
        """As JSON values; what is not said is left out."""
        found: dict[str, Any] = {k: v for k, v in self._asdict().items() if v not in (None, ())}
        for name in ("on", "due_on"):
            if name in found:
                found[name] = found[name].isoformat()
        if self.what == "admitted":
            found["facts"] = dict(self.facts)
        return found


def event_from(said: object) -> StayEvent:
    """The event that `to_dict` wrote; RecordError (`unreadable`) for anything else."""
    if isinstance(said, StayEvent):
        return said
    try:
        return _event(said)
    except (TypeError, ValueError, KeyError, AttributeError):
        # `from None`: the reason would repeat what was recorded.
        raise RecordError("unreadable", "a saved event of the stay cannot be read") from None


def _event(said: object) -> StayEvent:
    if not isinstance(said, Mapping) or said["what"] not in get_args(What):
        raise TypeError
    known: dict[str, Any] = dict(said)
    known["on"] = date.fromisoformat(known["on"])
    if known.get("due_on") is not None:
        known["due_on"] = date.fromisoformat(known["due_on"])
    if "facts" in known:
        known["facts"] = tuple(known["facts"].items())
    if known.get("kind") is not None and known["kind"] not in KINDS:
        raise TypeError
    for name, kinds in _TYPES.items():
        if known.get(name) is not None and not isinstance(known[name], kinds):
            raise TypeError
    return StayEvent(**known)


_TYPES: dict[str, tuple[type, ...]] = {
    "name": (str,), "value": (str, int, float), "number": (int,), "key": (str,), "zone": (str,), "id": (str,),
}  # fmt: skip
